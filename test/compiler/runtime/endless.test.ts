/** What never ends: a handler that does not answer, and a status that contains itself. */
import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import {
  type Handler,
  type HandlerPart,
  type Outcome,
  parallel,
  proceed,
  type Resource,
  serial,
  step,
} from '../../../compiler/runtime';
import { WORK_MACHINE } from './work-machine';

interface Job extends Resource {
  readonly status?: { readonly phase?: string; readonly tree?: unknown };
}

const JOB: Job = { status: { phase: 'Work', tree: 1 } };

const never: HandlerPart<Job> = () => new Promise(() => {});

const LATE = {
  kind: 'stepped',
  from: 'Work',
  to: 'Work',
  status: { phase: 'Work', tree: 1 },
  persist: false,
  requeueAfterSeconds: 5,
  errors: [
    {
      message: 'the handler "work" did not answer before the signal was aborted',
      fatal: false,
      cause: expect.objectContaining({ name: 'AbortError' }),
    },
  ],
};

describe('a handler that never answers', () => {
  test.each([
    ['alone', never],
    ['in series', serial<Job>(never, () => ({ done: true }))],
    ['at the same time', parallel<Job>(() => ({ done: true }), never)],
  ])('%s: the step ends when the caller says so', async (_, work) => {
    const controller = new AbortController();
    const stepped = step(WORK_MACHINE, JOB, { work }, { signal: controller.signal });
    controller.abort();
    expect(await stepped).toEqual(LATE);
  });

  test('is not called where the signal was aborted before', async () => {
    const work = () => expect.unreachable();
    expect(await step(WORK_MACHINE, JOB, { work }, { signal: AbortSignal.abort() })).toEqual(LATE);
  });

  test('what it answers or throws later is dropped', async () => {
    const controller = new AbortController();
    let fail: (cause: Error) => void = () => {};
    const work: Handler<Job> = () =>
      new Promise((_, reject) => {
        fail = reject;
      });
    const stepped = step(WORK_MACHINE, JOB, { work }, { signal: controller.signal });
    controller.abort();
    fail(new Error('too late'));
    expect(await stepped).toEqual(LATE);
  });

  test('a signal that lives on keeps no listeners of steps that have ended', async () => {
    const { signal } = new AbortController();
    for (let count = 0; count < 20; count += 1) {
      await step(WORK_MACHINE, JOB, { work: () => ({ done: false }) }, { signal });
    }
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

describe('a status that contains itself', () => {
  const tree: { name: string; below: unknown[] } = { name: 'root', below: [] };
  tree.below.push({ name: 'leaf', up: tree });

  test('is refused when the resource has it', async () => {
    const job: Job = { status: { phase: 'Work', tree } };
    const work = () => expect.unreachable();
    expect(await step(WORK_MACHINE, job, { work })).toEqual({
      kind: 'refused',
      reason: 'endless-status',
      message: 'the status contains itself or is nested too deeply, at "tree.below.0.up": it cannot be written',
      status: job.status,
      persist: false,
      requeueAfterSeconds: 5,
    });
  });

  test('is refused when a handler answers it, and the resource stays as it is', async () => {
    const refused = {
      kind: 'refused',
      reason: 'endless-status',
      message:
        'the status from the handler "work" contains itself or is nested too deeply, at "tree.below.0.up": it cannot be written',
      status: JOB.status,
      persist: false,
    };
    const outcome: Outcome<Job> = { done: true, status: { tree } };
    expect(await step(WORK_MACHINE, JOB, { work: () => outcome })).toMatchObject(refused);
    expect(await step(WORK_MACHINE, JOB, { work: serial<Job>(() => outcome as never) })).toMatchObject(refused);
    expect(proceed(WORK_MACHINE, JOB, outcome)).toMatchObject(refused);
  });

  test('one that is only deep is refused, and one that names a value twice is not', async () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level += 1) deep = { deep };
    const answer = (value: unknown) =>
      step(WORK_MACHINE, JOB, { work: () => ({ done: true, status: { tree: value } }) });
    expect(await answer(deep)).toMatchObject({ kind: 'refused', reason: 'endless-status' });
    const twice = { a: 1 };
    expect(await answer([twice, twice, { twice }])).toMatchObject({ kind: 'stepped', to: 'Done' });
  });
});
