/** Handlers that JavaScript allows and TypeScript does not: none leads out of the table, none makes a step throw. */
import { describe, expect, test } from 'vitest';
import { type Handler, type Resource, serial, step } from '../../../compiler/runtime';
import { WORK_MACHINE } from './work-machine';

interface Job extends Resource {
  readonly status?: { readonly phase?: string | null; readonly count?: number };
}

async function run(work: unknown, job: Job = { status: { phase: 'Work', count: 1 } }) {
  return await step(WORK_MACHINE, job, { work: work as Handler<Job> });
}

describe('a handler that writes into the resource', () => {
  test.each([
    ['the phase', (job: object) => Reflect.set(Reflect.get(job, 'status'), 'phase', 'Failed')],
    ['the status', (job: object) => Reflect.set(job, 'status', { phase: 'Failed' })],
  ])('%s: the machine goes its own way', async (_, write) => {
    const work = (job: never) => {
      write(job);
      return { done: true };
    };
    expect(await run(work)).toMatchObject({
      kind: 'stepped',
      from: 'Work',
      to: 'Done',
      status: { phase: 'Done', count: 1 },
    });
  });

  test('a field that it also answers is written', async () => {
    const work = (job: { status: { count: number } }) => {
      job.status.count = 2;
      return { done: false, status: { count: 2 } };
    };
    expect(await run(work)).toMatchObject({ to: 'Work', status: { count: 2 }, persist: true });
  });
});

test.each([
  ['null', { done: true, error: null }, 'Done', []],
  ['a text', { done: true, error: 'boom' }, 'Work', ['boom']],
  ['an Error', { done: true, error: new Error('boom') }, 'Work', ['boom']],
  ['a list of anything', { done: true, error: [null, 'a'] }, 'Work', ['null', 'a']],
  ['no boolean', { done: 'no' }, 'Work', []],
])('an error or an end that is %s', async (_, outcome, to, messages) => {
  const stepped = await run(() => outcome);
  expect(stepped).toMatchObject({
    kind: 'stepped',
    to,
    errors: messages.map((message) => ({ message, fatal: false })),
  });
  expect(typeof stepped.persist).toBe('boolean');
});

test('what is thrown and has no text', async () => {
  const work = () => {
    throw Object.create(null);
  };
  expect(await run(work)).toMatchObject({ to: 'Work', errors: [{ fatal: false }] });
  expect(await run(serial(work))).toMatchObject({ to: 'Work', errors: [{ fatal: false }] });
});

test('a phase that is null is none', async () => {
  expect(await run(() => ({ done: true }), { status: { phase: null } })).toMatchObject({ to: 'Work', persist: true });
});
