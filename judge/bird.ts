import { runInSandbox } from './sandbox';

/** What BIRD says about a configuration. */
type BirdJudgement = { readonly ok: true } | { readonly ok: false; readonly problems: readonly BirdProblem[] };

/** Why BIRD refuses a configuration. */
interface BirdProblem {
  /** Line of the configuration, from 1; absent where BIRD names none, or another file. */
  readonly line?: number;
  /** Column, from 1; BIRD 1.5 and older name none. */
  readonly column?: number;
  readonly message: string;
}

const FOLDER = '/run/judge';
const CONF = `${FOLDER}/bird.conf`;

/**
 * Asks BIRD (`bird -p`) whether it can read a configuration; nothing is started. https://bird.network.cz/?get_doc&f=bird-1.html
 * It does not find a router id or a channel that is missing. `files` are the files that it includes, by absolute path:
 * they are read from a folder of the sandbox instead. Throws where there is no sandbox.
 */
export function judgeBirdConf(
  { path }: { readonly path: string },
  conf: string,
  files: Readonly<Record<string, string>> = {},
): BirdJudgement {
  const moved = conf.replace(/^(\s*include\s+")(?=\/)/gm, `$1${FOLDER}/files`);
  const included = Object.fromEntries(Object.entries(files).map(([name, text]) => [`${FOLDER}/files${name}`, text]));
  const { status, stdout, stderr } = runInSandbox([path, '-p', '-c', CONF], { files: { ...included, [CONF]: moved } });
  if (status === 0) return { ok: true };
  return { ok: false, problems: problemsIn(`${stderr}${stdout}`.trim() || `status ${status}`) };
}

function problemsIn(said: string): BirdProblem[] {
  return said.split('\n').map((text) => {
    const [, file, line, column, message] = /^bird6?: (\S+?)[:,] ?(?:line )?(\d+)(?::(\d+))?:? (.*)$/.exec(text) ?? [];
    if (message === undefined || file !== CONF) return { message: text.replaceAll(`${FOLDER}/files`, '') };
    return {
      line: Number(line),
      ...(column !== undefined && { column: Number(column) }),
      message: message.replaceAll(`${FOLDER}/files`, ''),
    };
  });
}
