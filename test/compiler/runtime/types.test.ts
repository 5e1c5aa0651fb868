/** What TypeScript knows of a machine whose table is a constant, and that every emitted table is one. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, expectTypeOf, test } from 'vitest';
import type { Handler, HandlerNameOf, HandlersOf, MachineTable, PhaseOf, Resource } from '../../../compiler/runtime';
import { serial, step } from '../../../compiler/runtime';
import {
  machine,
  type Phase,
} from '../../cases/phase-machine-recommended/expected/config/phasemachine.recommended-migration.cluster/transitions';

interface Migration extends Resource {
  readonly spec: { readonly source: string };
  readonly status?: { readonly phase?: Phase; readonly moved?: number };
}

const handler: Handler<Migration, Phase> = () => ({ done: false });

const others = { collect: handler, precheck: handler };

/** Never called: what the compiler says of it is the test. */
const checkedByTypeScript = (migration: Migration): readonly unknown[] => [
  step(machine, migration, { ...others, migrate: handler }),
  // @ts-expect-error: "migrate" is missing
  step(machine, migration, others),
  // @ts-expect-error: no handler is called "migrated"
  step(machine, migration, { ...others, migrated: handler }),
  // @ts-expect-error: no phase is called "Migrated"
  step(machine, migration, { ...others, migrate: () => ({ done: true, next: 'Migrated' }) }),
  // @ts-expect-error: no field of the status is called "movd"
  step(machine, migration, { ...others, migrate: () => ({ done: true, status: { movd: 1 } }) }),
  // @ts-expect-error: the phase belongs to the machine
  step(machine, migration, { ...others, migrate: () => ({ done: true, status: { phase: 'Failed' } }) }),
  // A part of a composite handler cannot choose.
  step(machine, migration, { ...others, migrate: serial<Migration, Phase>(() => ({ done: true })) }),
  // @ts-expect-error: so a choice is an error
  step(machine, migration, { ...others, migrate: serial<Migration, Phase>(() => ({ done: true, next: 'Failed' })) }),
  // A table that was read at run time: any name may be a handler.
  step(machine as MachineTable, migration, { anything: () => ({ done: true, next: 'Anywhere' }) }),
];

test('phases and handlers are literal types', () => {
  expectTypeOf(checkedByTypeScript).toBeFunction();
  expectTypeOf<PhaseOf<typeof machine>>().toEqualTypeOf<Phase>();
  expectTypeOf<Phase>().toEqualTypeOf<'Pending' | 'Precheck' | 'Migrate' | 'PreFailed' | 'Failed' | 'Succeeded'>();
  expectTypeOf<HandlerNameOf<typeof machine>>().toEqualTypeOf<'collect' | 'precheck' | 'migrate'>();
  expectTypeOf<keyof HandlersOf<typeof machine, Migration>>().toEqualTypeOf<'collect' | 'precheck' | 'migrate'>();
  expectTypeOf<HandlerNameOf<MachineTable>>().toEqualTypeOf<string>();
});

describe('the compiler', () => {
  const cases = join(__dirname, '../../cases');
  const tables = readdirSync(cases, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('/transitions.ts'),
  );

  test('takes every emitted table, and this file, in its strictest mode', () => {
    expect(tables.length).toBeGreaterThan(4);
    const files = [...tables.map((file) => join(cases, file)), __filename];
    const program = ts.createProgram(files, {
      strict: true,
      noUncheckedIndexedAccess: true,
      noEmit: true,
      skipLibCheck: true,
      types: ['node'],
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.Node20,
    });
    const problems = ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText, file }) => [file?.fileName, ts.flattenDiagnosticMessageText(messageText, '\n')]);
    expect(problems).toEqual([]);
  });
});
