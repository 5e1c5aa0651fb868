import { type Diagnostic, severityOf } from '../compiler/diagnostics';
import { visible } from '../compiler/diagnostics/show-controls';
import { type ExplainedLine, lineExplainer, type NoLine } from '../compiler/provenance/explain-line';
import { explainSpecLine, type MadeLines } from '../compiler/provenance/explain-spec-line';
import type { FieldPlace } from '../compiler/provenance/traced-field';
import { load } from '../compiler/spec/load';
import { readFleet } from '../synth/read-fleet';
import { CLEAN, PROBLEMS, USAGE } from './exit-codes';
import { schemaOf } from './explain-kind-field';
import { tellFirstSteps } from './first-steps';
import { withProgress } from './progress';
import { refuse } from './refuse';
import { sourceLines } from './source-lines';
import { tellProblems } from './tell-problems';
import { writeOut } from './write-out';

/** Fields that are shown for one line, and lines that are shown for one field. */
const MOST = 12;
const MOST_LINES = 40;

/** Prints where a line of an artefact comes from, or what a line of a spec makes. Answers the exit code. */
export function explainPlace(path: string, line: number, paths: readonly string[], output: string): number {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => void diagnostics.push(diagnostic);
  const lines = sourceLines();
  const sources = [...lines.watch(readFleet(paths, report))];
  const fleet = [...withProgress(load(sources, report), 'documents')];
  if (diagnostics.some(({ code }) => severityOf(code) === 'error')) {
    tellProblems(diagnostics, lines);
    tellFirstSteps(paths, diagnostics);
    return PROBLEMS;
  }
  const spec = sources.find(({ file }) => trimmed(file) === trimmed(path));
  if (spec !== undefined) {
    const made = explainSpecLine(fleet, spec.file, line, schemaOf);
    if (made === undefined) return noLine('broken', path, line);
    if (made.fields.length === 0) return noLine('no line', path, line);
    writeOut(madeText(made));
    return CLEAN;
  }
  const artefact = trimmed(path).replace(new RegExp(`^${escaped(trimmed(output))}/`), '');
  const found = lineExplainer(fleet, schemaOf)(artefact, line);
  if (typeof found === 'string') return noLine(found, artefact, line);
  writeOut(lineText(`${artefact}:${line}`, found));
  return CLEAN;
}

function trimmed(path: string): string {
  return path.replace(/^(\.\/)+/, '').replace(/\/+$/, '');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

const REFUSALS: Readonly<Record<NoLine, (path: string, line: number) => string>> = {
  broken: () => 'the specs do not compile: run "balancer check" first',
  'no artefact': (path) => `"${path}" is neither a spec that was read nor an artefact of the specs`,
  'no line': (path, line) => `"${path}" has nothing on line ${line}`,
};

function noLine(why: NoLine, path: string, line: number): number {
  return refuse(REFUSALS[why](path, line), why === 'broken' ? PROBLEMS : USAGE);
}

function lineText(place: string, { text, field, template, origins, defaults, unknown }: ExplainedLine): string {
  const from = origins.slice(0, MOST).map(({ lines, isOnlyValue, ...origin }) => {
    const reach = lines === 1 ? 'this line only' : `${lines} lines`;
    return `${placeText(origin)}  (${reach}${isOnlyValue ? '; with the rest as it is, no other value is accepted' : ''})\n`;
  });
  const more = origins.length > MOST ? [`  and ${origins.length - MOST} more\n`] : [];
  const left = defaults.slice(0, MOST).map(({ kind, pointer }) => `  ${kind}${pointer.replaceAll('/', '.')}\n`);
  return visible(
    [
      `${place}\n  ${text}\n`,
      ...(field === undefined ? [] : [`\nfield of a manifest:\n  ${field.object} ${field.pointer}\n`]),
      ...(template === undefined ? [] : [`\nline of a template:\n  ${template.template}:${template.line}\n`]),
      ...(from.length === 0
        ? ['\nno field of a spec changes this line\n']
        : ['\nfields of specs that make it:\n', ...from, ...more]),
      ...(left.length === 0 ? [] : ['\nfields that would change it, left to their defaults:\n', ...left]),
      ...unknownText(unknown),
    ].join(''),
  );
}

function placeText({ location, pointer, value }: FieldPlace): string {
  const where = [location.file, location.line, location.column].filter((part) => part !== undefined).join(':');
  return `  ${where}  ${pointer}: ${JSON.stringify(value)}`;
}

/** What was not found out: silence would say that nothing depends on it. */
function unknownText(unknown: readonly FieldPlace[]): string[] {
  if (unknown.length === 0) return [];
  return [
    '\nnot known of these fields, every other value is refused:\n',
    ...unknown.map((place) => `${placeText(place)}\n`),
  ];
}

function madeText({ lines, effects, unknown }: MadeLines): string {
  const nothing = effects.size === 0 && unknown.length === 0 ? ['no line of the output depends on it\n'] : [];
  const parts = [...effects].map(([path, numbers]) => {
    const shown = numbers.slice(0, MOST_LINES).map((number) => `${path}:${number}  ${lines.get(path)![number - 1]}\n`);
    const more = numbers.length > MOST_LINES ? [`${path}: and ${numbers.length - MOST_LINES} more lines\n`] : [];
    return [...shown, ...more].join('');
  });
  return visible([...nothing, ...parts, ...unknownText(unknown)].join(''));
}
