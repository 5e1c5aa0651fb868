import type { IConstruct } from 'constructs';
import { formatText } from '../compiler/diagnostics';
import { documentFromData, type SpecDocument } from '../compiler/spec/document';
import { DiagnosticsError } from './diagnostics-error';
import { declare } from './warnings';

/** What a construct declares as a document of a fleet; its problems are placed at the construct. */
export function plainDocument(construct: IConstruct, content: object): SpecDocument {
  const document = documentFromData(construct.node.path, withoutUndefined(content));
  declare(construct, document);
  return document;
}

/** What is wrong with a construct, as cdk8s shows it at synth. */
export function plainProblems(check: () => unknown): string[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!(error instanceof DiagnosticsError)) throw error;
    return error.diagnostics.map((diagnostic) => formatText([diagnostic]).trimEnd());
  }
}

/** Plain data as YAML would have it: no fields that are undefined, at any depth. */
function withoutUndefined<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutUndefined) as T;
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(fields.map(([name, field]) => [name, withoutUndefined(field)])) as T;
}
