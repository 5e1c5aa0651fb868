import { basename } from 'node:path';
import type { Dialect } from '../compiler/model/bgp/bgp-load-balancer';
import { judgeBirdConf } from './bird';
import { judgeFrrConf } from './frr';
import { judgeGobgpConfig } from './gobgp';
import { judgeManifest } from './kubectl';
import { judgeNginxConf, type NginxBinary } from './nginx';
import { withoutNewerWords } from './nginx-words';
import type { ProgramName } from './real-programs';
import type { ArtefactProblem, Said } from './said';
import { runInSandbox } from './sandbox';

/** An artefact with what a judge has to know of it. */
export interface JudgedFile {
  readonly path: string;
  readonly text: string;
  /** Of the switch that it is for. */
  readonly dialect?: Dialect;
  /** The script that applies it, as we make it: one from a folder may be a stranger's, and is never run. */
  readonly script?: string;
  /** The nginx that it is for, such as "1.29.3". */
  readonly nginxVersion?: string;
}

/** The programs of this machine. */
export interface Programs {
  readonly path: (name: ProgramName) => string;
  readonly nginxes: readonly NginxBinary[];
}

/** A program and the files that it reads. */
export interface ArtefactJudge {
  readonly needs: readonly ProgramName[];
  readonly reads: (file: JudgedFile) => boolean;
  readonly judge: (file: JudgedFile, programs: Programs) => Said;
}

type Judgement = { readonly ok: true } | { readonly ok: false; readonly problems: readonly ArtefactProblem[] };

function said(judgement: Judgement): Said {
  return { problems: judgement.ok ? [] : judgement.problems };
}

/** gobgpd names the keys that it does not know, and no lines. */
function withKeyLines({ problems }: Said, text: string): Said {
  const lines = text.split('\n');
  return {
    problems: problems.map(({ message }) => {
      const key = /has invalid keys: ([\w-]+)/.exec(message)?.[1];
      const line = lines.findIndex((own) => own.trim().startsWith(`${key} =`)) + 1;
      return line === 0 ? { message } : { line, message };
    }),
  };
}

/** Runs a script of ours in a sandbox with a file. What it prints is a problem, and so is its failure. */
function scriptSays(script: string, { path, text, script: own }: JudgedFile): Said {
  const files = Object.entries({ ...(own !== undefined && { 'steer.sh': own }), [basename(path)]: text });
  const { status, stdout, stderr } = runInSandbox(['/bin/sh', '-c', script, 'judge', basename(path)], {
    files: Object.fromEntries(files.map(([file, content]) => [`/run/judge/${file}`, content])),
  });
  if (status === 0 && `${stdout}${stderr}` === '') return { problems: [] };
  const line = /(?:^|[:,] )(?:line )?(\d+): /m.exec(stderr)?.[1];
  const message = `${stdout}${stderr}`.trim() || `status ${status}`;
  return { problems: [{ ...(line !== undefined && { line: Number(line) }), message }] };
}

/** Every nginx of the machine; each without the words that it is too old for. */
function judgeNginx({ text, nginxVersion }: JudgedFile, { nginxes }: Programs): Said {
  const all = nginxes.map((binary) => {
    const { version } = binary;
    const known = withoutNewerWords(text, { version, target: nginxVersion ?? version });
    const { problems } = said(judgeNginxConf(binary, known.text));
    return { problems, leftOut: known.leftOut.map((word) => `${word} (nginx ${version} is too old for it)`) };
  });
  return { problems: all.flatMap(({ problems }) => problems), leftOut: all.flatMap(({ leftOut }) => leftOut) };
}

/** The password file that a configuration of BIRD includes is on the switch, and never among the artefacts. */
function judgeBird(name: 'bird1' | 'bird2'): ArtefactJudge {
  return {
    needs: [name, 'unshare'],
    reads: ({ path, dialect }) => dialect === name && path.endsWith('.conf'),
    judge({ path, text }, programs) {
      const included = [...text.matchAll(/^\s*include "([^"]+)"/gm)].map(([, file]) => [file, 'password "secret";\n']);
      const program = programs.path(name);
      const own = name === 'bird1' && path.endsWith('6.conf') ? `${program}6` : program;
      return said(judgeBirdConf({ path: own }, text, Object.fromEntries(included)));
    },
  };
}

/**
 * The rules of a worker are applied by the script that comes with them; after that nothing is left to do, and after `remove` nothing
 * is there. The gateways are on a link of the sandbox.
 */
const APPLY_RULES = `set -eu
cd /run/judge
ip link add link-a type veth peer name link-b
for link in lo link-a link-b; do ip link set "$link" up; done
grep -o 'via [^ ]*' "$1" | sort -u > gateways
while read -r _ gateway; do ip route add "$gateway" dev link-a; done < gateways
export NODE_NAME="\${1#rules.}" RULES_DIR=/run/judge
sh steer.sh apply
sh steer.sh plan
for family in -4 -6; do ip "$family" rule; ip "$family" route show table all; done | grep -c 'proto 202' > count || :
[ "$(cat count)" -eq "$(grep -c '^ip' "$1")" ]
sh steer.sh remove
for family in -4 -6; do ip "$family" rule; ip "$family" route show table all; done | grep 'proto 202' || :
`;

const NO_SCRIPT: ArtefactProblem = { message: 'no load balancer of the specs has such a file' };

/** The programs that read artefacts. */
export const ARTEFACT_JUDGES: Readonly<Record<string, ArtefactJudge>> = {
  kubectl: {
    needs: ['kubectl', 'unshare'],
    reads: ({ path }) => path.endsWith('.k8s.yaml'),
    judge: ({ text }, { path }) => judgeManifest(path('kubectl'), text),
  },
  nginx: {
    needs: ['nginx', 'unshare'],
    reads: ({ path }) => path.endsWith('/nginx.conf'),
    judge: judgeNginx,
  },
  gobgpd: {
    needs: ['gobgpd', 'gobgp', 'unshare', 'ip'],
    reads: ({ path }) => path.endsWith('.toml'),
    judge: ({ text }, { path }) => withKeyLines(said(judgeGobgpConfig(path('gobgpd'), text)), text),
  },
  bird1: judgeBird('bird1'),
  bird2: judgeBird('bird2'),
  vtysh: {
    needs: ['vtysh', 'unshare'],
    reads: ({ path, dialect }) => dialect === 'frr' && path.endsWith('.conf'),
    judge: ({ text }, { path }) => said(judgeFrrConf(path('vtysh'), text)),
  },
  'sh and bash': {
    needs: ['unshare'],
    reads: ({ path }) => path.endsWith('.sh'),
    judge: (file) =>
      scriptSays(
        'cd /run/judge && sh -n "$1" && { ! command -v bash > /dev/null || { bash -n "$1" && bash --posix -n "$1"; }; }',
        file,
      ),
  },
  'steer.sh and ip': {
    needs: ['unshare', 'ip'],
    reads: ({ path }) => /\/nodes\/rules\.[^/]+$/.test(path),
    judge: (file) => (file.script === undefined ? { problems: [NO_SCRIPT] } : scriptSays(APPLY_RULES, file)),
  },
};
