import { lstatSync, readdirSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { Report } from '../compiler/diagnostics';
import type { Source } from '../compiler/spec/document';
import { leavesWorkingFolder } from './working-folder';

/** The endings of files that hold specs; JSON is YAML. */
const SPEC_FILE = /\.(ya?ml|json)$/i;

/** What to do with a file of a folder whose ending is not that of a spec: it is taken if this says so. */
export type TakesOther = (source: Source) => boolean;

const NO_FILE = 'it is neither a file nor a folder';

const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The name under which standard input appears in messages. */
const STANDARD_INPUT = '<stdin>';

/**
 * The sources that paths name, one at a time: files as they are, folders with every spec file below them in the order
 * of their names, `-` for standard input. What cannot be read is reported.
 */
export function* readFleet(paths: readonly string[], report: Report, takesOther?: TakesOther): Generator<Source> {
  for (const path of paths) {
    if (path === '-') yield* readFile(0, STANDARD_INPUT, report);
    else for (const file of specFiles(path, report, takesOther)) yield* readFile(file, file, report);
  }
}

function* readFile(file: string | number, name: string, report: Report): Generator<Source> {
  const bytes = attempt(() => readFileSync(file), name, report);
  if (bytes === undefined) return;
  if (bytes.length === 0 && file === 0) reportNothing('standard input is empty', name, report);
  try {
    yield { file: name, text: UTF_8.decode(bytes) };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    report({ code: 'BAL1002', message: 'the file is not UTF-8 text', location: { file: name, pointer: '' } });
  }
}

function* specFiles(path: string, report: Report, takesOther?: TakesOther): Generator<string> {
  const stats = attempt(() => statSync(path), path, report);
  if (stats === undefined) return;
  const refusal = attempt(() => refusalOf(path, stats), path, report);
  if (refusal !== undefined) {
    report({ code: 'BAL1001', message: refusal, location: { file: path, pointer: '' } });
    return;
  }
  if (!stats.isDirectory()) {
    yield path;
    return;
  }
  let found = false;
  const noted: Report = (diagnostic) => {
    found = true;
    report(diagnostic);
  };
  for (const file of filesBelow(path, realpathSync(path), noted)) {
    if (!SPEC_FILE.test(file) && !isTaken(file, takesOther)) continue;
    found = true;
    yield file;
  }
  if (!found) reportNothing('the folder holds no spec', path, report);
}

/** A file that cannot be read as text is not asked about twice: it is offered without its text. */
function isTaken(file: string, takesOther: TakesOther | undefined): boolean {
  if (takesOther === undefined) return false;
  const small = attempt(
    () => statSync(file).size <= OTHER_BYTES,
    file,
    () => {},
  );
  const bytes =
    small === true
      ? attempt(
          () => readFileSync(file),
          file,
          () => {},
        )
      : undefined;
  return takesOther({ file, text: bytes === undefined ? '' : bytes.toString('utf8') });
}

/** A configuration that somebody wrote is no longer than this. */
const OTHER_BYTES = 1024 * 1024;

/** A pipe that nobody writes to would keep us waiting; those of the shell, such as `<(...)`, are below /dev. */
function refusalOf(path: string, stats: Stats): string | undefined {
  if (leavesWorkingFolder(path)) return 'the symbolic link leaves the working folder; name the place that it leads to';
  if (stats.isFile() || stats.isDirectory() || path.startsWith('/dev/')) return undefined;
  return NO_FILE;
}

function reportNothing(message: string, file: string, report: Report): void {
  report({ code: 'BAL1009', message, location: { file, pointer: '' } });
}

/** Symbolic links are followed inside of the folder only: a fleet from a pull request must not read elsewhere. */
function* filesBelow(folder: string, root: string, report: Report): Generator<string> {
  const names = attempt(() => readdirSync(folder), folder, report) ?? [];
  for (const name of names.sort()) {
    const path = join(folder, name);
    const linked = attempt(() => lstatSync(path).isSymbolicLink(), path, report);
    if (linked && !isInside(path, root, report)) continue;
    const stats = attempt(() => statSync(path), path, report);
    if (stats?.isDirectory()) {
      if (!linked) yield* filesBelow(path, root, report);
    } else if (stats?.isFile()) yield path;
    else if (stats !== undefined && SPEC_FILE.test(name)) {
      report({ code: 'BAL1001', message: NO_FILE, location: { file: path, pointer: '' } });
    }
  }
}

function isInside(path: string, root: string, report: Report): boolean {
  const target = attempt(() => realpathSync(path), path, report);
  if (target === undefined) return false;
  const isLoop = `${realpathSync(dirname(path))}${sep}`.startsWith(`${target}${sep}`);
  if (target.startsWith(root + sep) && !isLoop) return true;
  const message = isLoop ? 'the symbolic link leads back to a folder around it' : 'the symbolic link leaves the folder';
  report({ code: 'BAL1001', message, location: { file: path, pointer: '' } });
  return false;
}

function attempt<T>(read: () => T, path: string, report: Report): T | undefined {
  try {
    return read();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    report({
      code: 'BAL1001',
      message: `cannot be read: ${REASONS[code] ?? code}`,
      location: { file: path, pointer: '' },
    });
    return undefined;
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  ELOOP: 'the symbolic link points at itself',
};
