/** Handlers of several parts. */
import { describe, expect, test } from 'vitest';
import {
  fatalError,
  type HandlerContext,
  type HandlerPart,
  parallel,
  type Resource,
  retriableError,
  serial,
  step,
} from '../../../compiler/runtime';

interface Job extends Resource {
  readonly status?: { readonly phase?: string; readonly a?: number; readonly b?: number };
}

const JOB: Job = { status: { phase: 'Work', a: 1 } };
const context = (signal = new AbortController().signal): HandlerContext => ({ phase: 'Work', signal });
const fatal = fatalError('broken');
const passing = retriableError('busy');

describe('serial', () => {
  test('each part sees what those before it have done', async () => {
    const seen: unknown[] = [];
    const add: HandlerPart<Job> = ({ status }) => {
      seen.push(status);
      return { done: true, status: { a: (status?.a ?? 0) + 1 } };
    };
    const outcome = await serial<Job>(add, async (job, told) => add(job, told))(JOB, context());
    expect(seen).toEqual([
      { phase: 'Work', a: 1 },
      { phase: 'Work', a: 2 },
    ]);
    expect(outcome).toEqual({ done: true, status: { a: 3 }, updated: false });
  });

  test.each([
    ['not done', { done: false, status: { b: 1 } }, { done: false, status: { b: 1 }, updated: false }],
    ['a fatal error', { done: true, error: fatal }, { done: true, error: [fatal], status: {}, updated: false }],
    ['an error', { done: false, error: [passing] }, { done: false, error: [passing], status: {}, updated: false }],
  ])('stops at the first that is %s', async (_, first, expected) => {
    expect(
      await serial<Job>(
        () => first,
        () => expect.unreachable(),
      )(JOB, context()),
    ).toEqual(expected);
  });

  test('what is thrown is an error of its part', async () => {
    const outcome = await serial<Job>(() => {
      throw new Error('gone');
    })(JOB, context());
    expect(outcome).toMatchObject({ done: false, error: [{ message: 'gone', fatal: false }] });
  });
});

describe('parallel', () => {
  test('done if all are, updated if any is, the status of all', async () => {
    const parts = [
      () => ({ done: true, status: { a: 2 } }),
      () => ({ done: true, status: { b: 3 }, updated: true }),
    ] as const;
    expect(await parallel<Job>(...parts)(JOB, context())).toEqual({
      done: true,
      status: { a: 2, b: 3 },
      updated: true,
    });
    expect(await parallel<Job>(...parts, () => ({ done: false }))(JOB, context())).toMatchObject({ done: false });
  });

  test('an error cancels the others, which are waited for; errors come in the order of the parts', async () => {
    const waits: HandlerPart<Job> = (_, { signal }) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve({ done: false, error: passing, status: { b: 4 } }));
      });
    const outcome = await parallel<Job>(waits, () => ({ done: false, error: fatal }))(JOB, context());
    expect(outcome).toEqual({ done: false, error: [passing, fatal], status: { b: 4 }, updated: false });
  });

  test('the signal from outside reaches every part', async () => {
    const controller = new AbortController();
    const waits: HandlerPart<Job> = (_, { signal }) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve({ done: false })));
    const outcome = parallel<Job>(waits, serial<Job>(waits))(JOB, context(controller.signal));
    controller.abort();
    expect(await outcome).toMatchObject({ done: false });
  });
});

test('without parts nothing is done', async () => {
  for (const composite of [serial, parallel]) {
    const none = composite as unknown as () => HandlerPart<Job>;
    expect(await none()(JOB, context())).toMatchObject({ done: false, error: { fatal: true } });
  }
});

test('in a step', async () => {
  const table = {
    initialPhase: 'Work',
    requeueAfterSeconds: 5,
    resettable: false,
    phases: {
      Work: { handler: 'work', next: 'Done', onError: 'Failed' },
      Done: { outcome: 'succeeded' },
      Failed: { outcome: 'failed' },
    },
  } as const;
  const good: HandlerPart<Job> = () => ({ done: true, status: { b: 1 } });
  const work = serial<Job>(
    good,
    parallel<Job>(good, () => ({ done: false, error: [passing, fatal] })),
  );
  const result = await step(table, JOB, { work });
  expect(result).toEqual({
    kind: 'stepped',
    from: 'Work',
    to: 'Failed',
    status: { phase: 'Failed', a: 1, b: 1 },
    persist: true,
    errors: [passing, fatal],
  });
});
