import { runInSandbox } from './sandbox';

/** What FRR says about a configuration. */
type FrrJudgement = { readonly ok: true } | { readonly ok: false; readonly problems: readonly FrrProblem[] };

/** Why FRR refuses a configuration. */
interface FrrProblem {
  /** Line of the configuration, from 1; absent where FRR names none. */
  readonly line?: number;
  readonly message: string;
}

const CONF = '/run/judge/frr.conf';

/**
 * Asks FRR (`vtysh -C`) whether it knows every command of a configuration; no daemon is needed. `bgpd -C` is no judge: it
 * prints errors and exits with 0. https://docs.frrouting.org/en/latest/vtysh.html Throws where there is no sandbox.
 */
export function judgeFrrConf(vtyshPath: string, conf: string): FrrJudgement {
  const { status, stdout, stderr } = runInSandbox([vtyshPath, '-C', '-f', CONF], { files: { [CONF]: conf } });
  if (status === 0) return { ok: true };
  const problems = [...`${stdout}\n${stderr}`.matchAll(/^line (\d+): (.*)$/gm)].map(([, line, message = '']) => ({
    line: Number(line),
    message,
  }));
  return { ok: false, problems: problems.length > 0 ? problems : [{ message: stderr.trim() || `status ${status}` }] };
}
