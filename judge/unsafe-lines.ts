import type { JudgedFile } from './artefact-judges';
import type { ArtefactProblem } from './said';

/** What some artefacts may not hold: the output folder may be a stranger's, and a program does as its file says. */
interface Rule {
  readonly files: (file: JudgedFile) => boolean;
  readonly isUnsafe: (line: string) => boolean;
  readonly reason: string;
}

/** The only files that ours read, both put into the sandbox: what find-resolver writes, and the passwords of BIRD. */
const RESOLVER = /^\s*include \/run\/nginx\/resolver\.conf;$/;
const PASSWORDS = /^\s*include "\/(?!.*\.\.)[^";]+";$/;

const RULES: readonly Rule[] = [
  {
    // https://nginx.org/en/docs/ngx_core_module.html#include, #load_module: names may stand in quotes, values on the next line.
    files: ({ path }) => path.endsWith('/nginx.conf'),
    isUnsafe: (line) => /(?:^|[;{}\s"'])(?:include|load_module)(?=["'\s]|$)/.test(line) && !RESOLVER.test(line),
    reason: 'it would read or load another file',
  },
  {
    // https://bird.network.cz/?get_doc&v=20&f=bird-3.html
    files: ({ path, dialect }) => (dialect === 'bird1' || dialect === 'bird2') && path.endsWith('.conf'),
    isUnsafe: (line) => /(?:^|[;{}\s])include(?=["\s]|$)/.test(line) && !PASSWORDS.test(line),
    reason: 'it would read another file',
  },
  {
    // Others write dumps, or connect. https://github.com/osrg/gobgp/blob/v3.10.0/docs/sources/configuration.md
    files: ({ path }) => path.endsWith('.toml'),
    isUnsafe: (line) =>
      /^\s*\[/.test(line) &&
      !/^\s*\[{1,2}(?:global|neighbors|defined-sets|policy-definitions)(?:\.[a-z-]+)*\]{1,2}\s*$/.test(line),
    reason: 'it is no table of ours',
  },
  {
    // What steer.sh would write below /proc/sys, or hand to ip.
    files: ({ path }) => /\/nodes\/rules\.[^/]+$/.test(path),
    isUnsafe: (line) =>
      !/^(?:|#.*|ip -[46] (?:rule|route) [0-9a-z ./:]+|sysctl net\/(?!.*\.\.)[\w/.-]+ \d+)$/.test(line),
    reason: 'it is no line that steer.sh knows',
  },
];

/** The lines for which a file is shown to no program. */
export function unsafeLines(file: JudgedFile): ArtefactProblem[] {
  const rules = RULES.filter(({ files }) => files(file));
  if (rules.length === 0) return [];
  return file.text
    .split('\n')
    .flatMap((line, index) =>
      rules
        .filter(({ isUnsafe }) => isUnsafe(line))
        .map(({ reason }) => ({ line: index + 1, message: `"${line.trim().slice(0, 80)}" is not tried: ${reason}` })),
    );
}
