/** Machines for tests: those of the cases and of the fleet, and some at random. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { type Code, type Diagnostic, severityOf } from '../../compiler/diagnostics';
import type { PhaseMachineModel } from '../../compiler/model/phase-machine/phase-machine';
import { resolvePhaseMachine } from '../../compiler/model/phase-machine/resolve-phase-machine';
import { phaseTableJson } from '../../compiler/render/phase-table';
import type { MachineTable } from '../../compiler/runtime';
import { documentFromData } from '../../compiler/spec/document';
import type { MachinePhase, PhaseMachine, PhaseMachineSpec } from '../../compiler/spec/generated/phase-machine';

const ROOT = join(__dirname, '../..');

/** A document of a machine. */
export function machineDocument(spec: PhaseMachineSpec, name = 'machine'): PhaseMachine {
  return { apiVersion: 'cdk8s-balancer.dev/v1alpha1', kind: 'PhaseMachine', metadata: { name }, spec };
}

/** What `resolve` makes of a spec, and the codes of its errors. */
export function proven(document: PhaseMachine): {
  readonly model: PhaseMachineModel | undefined;
  readonly errors: readonly Code[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const model = resolvePhaseMachine(document, documentFromData('spec.yaml', document), (one) => diagnostics.push(one));
  const errors = diagnostics.map(({ code }) => code).filter((code) => severityOf(code) === 'error');
  return { model, errors, diagnostics };
}

/** Every machine of the cases and of the fleet. */
export function knownMachines(): readonly PhaseMachineModel[] {
  const cases = readdirSync(join(ROOT, 'test/cases')).map((name) => join(ROOT, 'test/cases', name, 'spec.yaml'));
  const fleet = readdirSync(join(ROOT, 'fleet')).map((name) => join(ROOT, 'fleet', name));
  const texts = [...cases, ...fleet]
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'utf8'))
    .filter((text) => /^kind: PhaseMachine$/m.test(text));
  const documents = texts.flatMap((text) => parseAllDocuments(text).map((one) => one.toJS() as PhaseMachine));
  return documents.filter(({ kind }) => kind === 'PhaseMachine').map((document) => proven(document).model!);
}

/** The table of a machine, as a controller reads it. */
export function tableOf(model: PhaseMachineModel): MachineTable {
  return JSON.parse(phaseTableJson(model)) as MachineTable;
}

const NAMES = ['Pending', 'Precheck', 'Migrate', 'Verify', 'Done', 'Failed', 'PreFailed'];

/** Any spec that the schema admits, with few phases: right ones and wrong ones. */
export const anyMachine: fc.Arbitrary<PhaseMachineSpec> = fc.integer({ min: 2, max: NAMES.length }).chain((count) => {
  const names = NAMES.slice(0, count);
  const target = fc.oneof({ weight: 60, arbitrary: fc.constantFrom(...names) }, fc.constant('Nowhere'));
  const phases = names.map((name) =>
    fc.oneof(
      { weight: 3, arbitrary: workingPhase(name, target) },
      {
        weight: 2,
        arbitrary: fc.constantFrom('succeeded', 'failed').map((outcome) => ({ name, outcome }) as MachinePhase),
      },
      {
        weight: 1,
        arbitrary: fc.record(
          {
            name: fc.constant(name),
            outcome: fc.constantFrom('succeeded', 'failed'),
            next: target,
            handler: fc.constant('work'),
          },
          { requiredKeys: ['name'] },
        ) as fc.Arbitrary<MachinePhase>,
      },
    ),
  );
  return fc.record(
    {
      phases: fc.tuple(...phases),
      initialPhase: target,
      resettable: fc.boolean(),
      profile: fc.constantFrom('hardened', 'upstream'),
    },
    { requiredKeys: ['phases'] },
  );
});

function workingPhase(name: string, target: fc.Arbitrary<string>): fc.Arbitrary<MachinePhase> {
  return fc.record(
    {
      name: fc.constant(name),
      handler: fc.constant(`handle${name}`),
      next: target,
      onError: target,
      alternatives: fc.uniqueArray(target, { minLength: 1, maxLength: 3 }),
    },
    { requiredKeys: ['name', 'handler', 'next'] },
  );
}

/** Machines that the proofs accept: forward to some phase, with errors, detours and ways back. */
export const provenMachine: fc.Arbitrary<PhaseMachineModel> = fc
  .oneof(anyMachine, likelyMachine())
  .map((spec) => proven(machineDocument(spec)).model)
  .filter((model) => model !== undefined);

/** A chain of phases with additional arrows: most of them hold. */
function likelyMachine(): fc.Arbitrary<PhaseMachineSpec> {
  const others = fc.uniqueArray(fc.constantFrom('Work0', 'Work1', 'Work2', 'Work3', 'Failed0', 'Failed1'), {
    maxLength: 3,
  });
  return fc
    .record({
      length: fc.integer({ min: 2, max: 4 }),
      extra: fc.array(others, { minLength: 4, maxLength: 4 }),
      resettable: fc.boolean(),
      profile: fc.constantFrom('hardened', 'upstream'),
    })
    .map(({ length, extra, resettable, profile }) => {
      const names = [...Array.from({ length }, (_, index) => `Work${index}`), 'Failed0', 'Failed1', 'Done'];
      const working = Array.from({ length }, (_, index): MachinePhase => {
        const alternatives = (extra[index] ?? []).filter((name) => names.includes(name));
        return {
          name: `Work${index}`,
          handler: `work${index}`,
          next: index === length - 1 ? 'Done' : `Work${index + 1}`,
          ...(index < 2 && { onError: `Failed${index}` }),
          ...(alternatives.length > 0 && { alternatives }),
        };
      });
      const ends: MachinePhase[] = [
        { name: 'Failed0', outcome: 'failed' },
        { name: 'Failed1', outcome: 'failed' },
        { name: 'Done', outcome: 'succeeded' },
      ];
      return { profile, resettable, phases: [...working, ...ends] };
    });
}
