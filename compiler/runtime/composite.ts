import {
  errorsOf,
  fatalError,
  type HandlerError,
  type HandlerPart,
  outcomeOf,
  type PartOutcome,
  type Resource,
} from './machine';
import { fieldsOf, patched } from './status';

/** At least one part: a composite without any would be done before it began. */
type Parts<R extends Resource, Phase extends string> = readonly [HandlerPart<R, Phase>, ...HandlerPart<R, Phase>[]];

/**
 * A handler of parts that work one after the other, each on what those before it have made of the status. The first that
 * fails or is not done is the last: rebirthmonkey/k8s-dev@6b40f61:pkg/pm/handler.go, HandleSerially.
 */
export function serial<R extends Resource, Phase extends string = string>(
  ...parts: Parts<R, Phase>
): HandlerPart<R, Phase> {
  return async (resource, context) => {
    const outcomes: PartOutcome<R>[] = [];
    let present = resource;
    for (const part of parts) {
      const outcome = await outcomeOf(() => part(present, context));
      outcomes.push(outcome);
      present = {
        ...present,
        status: patched(fieldsOf(present.status), { ...fieldsOf(outcome.status), phase: context.phase }),
      };
      if (!outcome.done || errorsOf(outcome).length > 0) break;
    }
    return joined(outcomes);
  };
}

/**
 * A handler of parts that work at the same time, each on the status as it was. The first error aborts the signal of the
 * others, and all are waited for; a field that two of them write is the later part's: rebirthmonkey/k8s-dev@6b40f61:pkg/pm/handler.go, HandleParallelly.
 */
export function parallel<R extends Resource, Phase extends string = string>(
  ...parts: Parts<R, Phase>
): HandlerPart<R, Phase> {
  return async (resource, { phase, signal }) => {
    const siblings = new AbortController();
    const context = { phase, signal: AbortSignal.any([signal, siblings.signal]) };
    const outcomes = await Promise.all(
      parts.map(async (part) => {
        const outcome = await outcomeOf(() => part(resource, context));
        if (errorsOf(outcome).length > 0) siblings.abort();
        return outcome;
      }),
    );
    return joined(outcomes);
  };
}

/** Done if all are, updated if any is, all errors in the order of the parts. */
function joined<R extends Resource>(outcomes: readonly PartOutcome<R>[]): PartOutcome<R> {
  if (outcomes.length === 0) return { done: false, error: fatalError('a composite handler has no parts') };
  const errors: readonly HandlerError[] = outcomes.flatMap(errorsOf);
  const changes = Object.fromEntries(outcomes.flatMap(({ status }) => Object.entries(fieldsOf(status))));
  return {
    done: outcomes.every(({ done }) => done),
    ...(errors.length > 0 && { error: errors }),
    status: changes as PartOutcome<R>['status'],
    updated: outcomes.some(({ updated }) => updated === true),
  };
}
