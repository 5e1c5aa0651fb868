/** What comes out of ApiResources, in the hands of those who use it: the API server, TypeScript, an editor, cdk8s. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { compileAll } from '../../../compiler/compile';
import { renderApiResource } from '../../../compiler/manifest/api-resource/api-resource';
import type { Output } from '../../../compiler/manifest/artefact';
import { printYaml } from '../../../compiler/manifest/yaml/yaml-writer';
import type { ApiResourceModel } from '../../../compiler/model/api-resource/api-resource';
import type { PhaseMachineModel } from '../../../compiler/model/phase-machine/phase-machine';
import { celProblems } from '../../kubernetes/cel';
import { type Schema, structureProblems } from '../../kubernetes/crd-structure';
import { schemaProblems } from '../../kubernetes-schema';
import { folderWithPackages, runNodeProgram } from '../../run-node-program';

const ROOT = join(__dirname, '..', '..', '..');
const CASES = join(ROOT, 'test', 'cases');

interface Version {
  readonly name: string;
  readonly served: boolean;
  readonly schema: { readonly openAPIV3Schema: Schema };
}

interface Definition {
  readonly metadata: { readonly name: string; readonly labels?: object };
  readonly spec: { readonly versions: readonly Version[] };
}

/** What one ApiResource became. */
interface Made {
  readonly name: string;
  readonly definition: Definition;
  readonly files: Readonly<Record<string, string>>;
}

/** The ApiResources of a folder, compiled with everything else in it. */
function madeOf(folder: string): Made[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  const sources = files.map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
  const { artefacts, diagnostics } = compileAll(sources);
  expect(diagnostics).toEqual([]);
  const manifests = artefacts.filter(({ path }) => /^apiresource\..*\.k8s\.yaml$/.test(path));
  return manifests.map(({ path, text }) => {
    const stem = path.slice(0, -'.k8s.yaml'.length);
    const own = artefacts.filter((artefact) => artefact.path.startsWith(`config/${stem}/`));
    const entries = own.map((file) => [file.path.slice(`config/${stem}/`.length), file.text] as const);
    return { name: stem, definition: parse(text, { version: '1.1' }), files: Object.fromEntries(entries) };
  });
}

const cases = readdirSync(CASES).filter((name) => name.startsWith('api-resource-'));
const MADE = [...cases.map((name) => join(CASES, name)), join(ROOT, 'fleet')].flatMap(madeOf);

describe.each(MADE.map((made) => [made.name, made] as const))('%s', (_, { definition, files }) => {
  test('is a definition that the API server takes', () => {
    expect(schemaProblems(definition)).toEqual([]);
    const isUpstream = definition.metadata.labels === undefined;
    for (const { schema } of definition.spec.versions) {
      const problems = structureProblems(schema.openAPIV3Schema);
      expect(problems.filter((problem) => !(isUpstream && problem.includes(' without max')))).toEqual([]);
    }
  });

  test('has an editor schema that takes the sample, and refuses a spoilt one', () => {
    const check = new Ajv({
      strict: true,
      strictRequired: false,
      allowUnionTypes: true,
      validateFormats: false,
    }).compile(JSON.parse(files['schema.json.conf']!));
    const sample = parseAllDocuments(files['sample.yaml.conf'] ?? '').map((document) => document.toJS())[0];
    if (sample === undefined || sample === null) return;
    expect(check(sample), JSON.stringify(check.errors)).toBe(true);
    const spoilt = [
      { ...sample, spec: { ...sample.spec, unknown: 1 } },
      { ...sample, apiVersion: 'v1' },
      { ...sample, spec: [] },
    ];
    for (const one of spoilt) expect(check(one)).toBe(false);
    const version = definition.spec.versions.find(({ name }) => sample.apiVersion.endsWith(`/${name}`))!;
    expect(celProblems(forNewObjects(version.schema.openAPIV3Schema), sample)).toEqual([]);
  });
});

/** The API server asks rules about the old value only when there is one. */
function forNewObjects(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema), (key, value) => {
    if (key !== 'x-kubernetes-validations') return value;
    return (value as readonly { readonly rule: string }[]).filter(({ rule }) => !rule.includes('oldSelf'));
  });
}

/** A program that has the sample as a value of its type; a field too many must not compile. */
function useOf({ files }: Made, file: string): string {
  const name = /export interface (\w+)/.exec(files[file] ?? '')![1];
  const sample = parse(files['sample.yaml.conf']!) as { readonly spec: object };
  const spoilt = { ...sample, spec: { ...sample.spec, unknown: 1 } };
  return [
    `import type { ${name} } from './${file.slice(0, -3)}';`,
    `export const sample: ${name} = ${JSON.stringify(sample)};`,
    '// @ts-expect-error',
    `export const spoilt: ${name} = ${JSON.stringify(spoilt)};`,
    '',
  ].join('\n');
}

test('the TypeScript types compile, take the sample, and cdk8s import makes constructs of all definitions', {
  timeout: 180_000,
}, () => {
  const folder = folderWithPackages();
  const programs = MADE.flatMap((made, index) => {
    const types = Object.keys(made.files).filter((file) => file.endsWith('.ts'));
    return types.map((file) => {
      const program = `use-${index}.ts`;
      writeFileSync(join(folder, file), made.files[file]!);
      const sampled = made.files['sample.yaml.conf'] !== undefined;
      writeFileSync(join(folder, program), sampled ? useOf(made, file) : `import './${file.slice(0, -3)}';\n`);
      return program;
    });
  });
  writeFileSync(join(folder, 'crds.yaml'), MADE.map(({ definition }) => printYaml(definition)).join('---\n'));
  runNodeProgram(folder, 'cdk8s', ['import', 'crds.yaml', '--language', 'typescript']);
  const imports = readdirSync(join(folder, 'imports')).map((file) => join('imports', file));
  const flags = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'node20', '--moduleDetection', 'force'];
  runNodeProgram(folder, 'tsc', [...flags, '--types', 'node', ...programs, ...imports]);
  expect(imports.length).toBeGreaterThan(3);
});

const MACHINE: PhaseMachineModel = {
  profile: 'hardened',
  name: 'machine',
  initialPhase: 'Begin',
  phases: [
    { name: 'Begin', handler: 'begin', next: 'End', alternatives: [], terminal: false, failed: false },
    { name: 'End', alternatives: [], terminal: true, failed: false },
  ],
  pauseField: 'spec.paused',
  requeueAfterSeconds: 5,
  resettable: false,
};

const spec = { type: 'object', properties: { paused: { type: 'boolean' } } };

function modelOf(profile: 'hardened' | 'upstream'): ApiResourceModel {
  return {
    profile,
    name: 'task',
    group: 'demo.example.com',
    ...{ kind: 'Task', listKind: 'TaskList', plural: 'tasks', singular: 'task', shortNames: [], categories: [] },
    scope: 'Namespaced',
    description: 'A task.',
    versions: [
      { name: 'v1', served: true, storage: true, deprecated: false, spec, subresources: {}, printerColumns: [] },
    ],
    phaseMachine: MACHINE,
    labels: {},
    annotations: {},
  };
}

function phaseOf({ objects }: Output): unknown {
  const [definition] = objects as unknown as readonly Definition[];
  return definition!.spec.versions[0]!.schema.openAPIV3Schema.properties!.status!.properties!.phase;
}

describe('a resource with a machine', () => {
  test('has the phases in its definition, its types and its editor schema, without a status of its own', () => {
    const output = renderApiResource(modelOf('hardened'));
    expect(phaseOf(output)).toMatchObject({ type: 'string', enum: ['Begin', 'End'] });
    expect(output.files['task.ts']).toMatch(/readonly phase\?: 'Begin' \| 'End';/);
    const editor = JSON.parse(output.files['schema.json.conf']!);
    expect(editor.properties.status.properties.phase.enum).toEqual(['Begin', 'End']);
  });

  test('has a phase of any text in profile upstream, as 004 has it', () => {
    expect(phaseOf(renderApiResource(modelOf('upstream')))).toEqual({ type: 'string' });
  });
});
