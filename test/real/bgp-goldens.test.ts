/** Every configuration that is committed for the path of a BgpLoadBalancer is read by the program that it is for. */
import { basename } from 'node:path';
import { expect, it, test } from 'vitest';
import { judgeBirdConf } from '../../judge/bird';
import { judgeFrrConf } from '../../judge/frr';
import { judgeGobgpConfig } from '../../judge/gobgp';
import { runInSandbox } from '../../judge/sandbox';
import { bgpGoldenFiles, type GoldenFile } from './bgp-golden-files';
import type { ProgramName } from './real-programs';
import { describeReal, programPath } from './switch-programs';

const FILES = bgpGoldenFiles();

/** A program and the files that it reads. */
interface Judge {
  readonly needs: readonly ProgramName[];
  readonly reads: (file: GoldenFile) => boolean;
  /** What it says against a file. */
  readonly problems: (file: GoldenFile) => readonly string[];
  /** A file as it would refuse it. */
  readonly spoil: (text: string) => string;
}

type Judgement =
  | { readonly ok: true }
  | { readonly ok: false; readonly problems: readonly { readonly message: string }[] };

function messages(judgement: Judgement): readonly string[] {
  return judgement.ok ? [] : judgement.problems.map(({ message }) => message);
}

/** Runs a script in a sandbox with the files beside a golden; answers what went wrong, or what it said. */
function said(script: string, { text, beside, name }: GoldenFile, ...args: readonly string[]): string[] {
  const files = Object.entries({ ...beside, [basename(name)]: text });
  const { status, stdout, stderr } = runInSandbox(['/bin/sh', '-c', script, 'judge', basename(name), ...args], {
    files: Object.fromEntries(files.map(([file, content]) => [`/run/judge/${file}`, content])),
  });
  return status === 0 && `${stdout}${stderr}` === '' ? [] : [`status ${status}: ${stdout}${stderr}`];
}

function bird(name: 'bird1' | 'bird2'): Judge {
  return {
    needs: [name, 'unshare'],
    reads: ({ name: path, dialect }) => dialect === name && path.endsWith('.conf'),
    problems({ text, name: path }) {
      // What is on the switch, and never among the artefacts.
      const included = [...text.matchAll(/^\s*include "([^"]+)"/gm)].map(([, file]) => [file, 'password "secret";\n']);
      const own = name === 'bird1' && path.endsWith('6.conf') ? `${programPath(name)}6` : programPath(name);
      return messages(judgeBirdConf({ path: own }, text, Object.fromEntries(included)));
    },
    spoil: (text) => `${text}protocol nonsense {\n}\n`,
  };
}

/**
 * The rules of a worker are applied by the script beside them; after that nothing is left to do, and after `remove` nothing
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

const JUDGES: Readonly<Record<string, Judge>> = {
  gobgpd: {
    needs: ['gobgpd', 'gobgp', 'unshare', 'ip'],
    reads: ({ name }) => name.endsWith('.toml'),
    problems: ({ text }) => messages(judgeGobgpConfig(programPath('gobgpd'), text)),
    spoil: (text) => text.replace('peer-as', 'peer-asn'),
  },
  bird1: bird('bird1'),
  bird2: bird('bird2'),
  vtysh: {
    needs: ['vtysh', 'unshare'],
    reads: ({ name, dialect }) => dialect === 'frr' && name.endsWith('.conf'),
    problems: ({ text }) => messages(judgeFrrConf(programPath('vtysh'), text)),
    spoil: (text) => `${text}router bpg 65001\n`,
  },
  'sh and bash': {
    needs: ['unshare'],
    reads: ({ name }) => name.endsWith('.sh'),
    problems: (file) => said('cd /run/judge && sh -n "$1" && bash -n "$1" && bash --posix -n "$1"', file),
    spoil: (text) => `${text}if true; then\n`,
  },
  'steer.sh and ip': {
    needs: ['unshare', 'ip'],
    reads: ({ name }) => /\/nodes\/rules\.[^/]+$/.test(name),
    problems: (file) => said(APPLY_RULES, file),
    spoil: (text) => `${text}ip -4 rule priority 1000 form all lookup 254 protocol 202\n`,
  },
};

/** Files that no program reads here, and why. */
const UNJUDGED: readonly (readonly [files: RegExp, reason: string])[] = [
  [/\/nginx\.conf$/, 'nginx reads it in nginx-conf.test.ts'],
  [/\/switches\/[^/]+\/(switch|remove)\.cfg$/, 'Comware runs on switches of H3C only'],
  [/\/switches\/[^/]+\/verify\.txt$/, 'commands for people, with words between them'],
  [/\/speakers\/announcements$/, 'gobgpd announces it in gobgp-start.test.ts, by the script that reads it'],
  [/\/Dockerfile$/, 'an image build needs a daemon and a network'],
  [/\/ram\.policy$/, 'Alibaba Cloud reads it'],
  [/\/20-cloud-provider\.conf$/, 'systemd is not on every machine; compared with 003 line by line'],
  [/\/nodes\/loadbalancer-steering\.service$/, 'systemd is not on every machine; its ExecStart is judged'],
];

test('every file has one judge, or a reason', () => {
  expect(FILES.filter(({ name }) => /\.(toml|conf|sh)$/.test(name)).length).toBeGreaterThan(80);
  const judged = FILES.map((file) => [
    file.name,
    Object.values(JUDGES).filter(({ reads }) => reads(file)).length +
      UNJUDGED.filter(([files]) => files.test(file.name)).length,
  ]);
  expect(judged.filter(([, count]) => count !== 1)).toEqual([]);
});

test('the folder of the fleet is among them, and no reason is without a file', () => {
  expect(FILES.filter(({ name }) => name.startsWith('dist/')).length).toBeGreaterThan(10);
  expect(UNJUDGED.filter(([files]) => !FILES.some(({ name }) => files.test(name)))).toEqual([]);
});

/** Many cases have the same file: one text is judged once. */
function judgedOnce({ problems }: Judge): Judge['problems'] {
  const known = new Map<string, readonly string[]>();
  return (file) => {
    const key = JSON.stringify([basename(file.name), file.text]);
    const found = known.get(key) ?? problems(file);
    known.set(key, found);
    return found;
  };
}

for (const [name, judge] of Object.entries(JUDGES)) {
  const files = FILES.filter(judge.reads);
  const problems = judgedOnce(judge);

  test(`there is something for ${name}`, () => {
    expect(files).not.toEqual([]);
  });

  describeReal(`golden files for ${name}`, judge.needs, () => {
    it.each(files.map((file) => [file.name, file] as const))('%s', (_, file) => {
      expect(problems(file)).toEqual([]);
    });

    it('refuses one that is spoilt', () => {
      const [first] = files;
      expect(judge.problems({ ...first!, text: judge.spoil(first!.text) })).not.toEqual([]);
    });
  });
}
