/** The RAM policies of every golden: valid, no wider than the operations that are known, and small enough to be saved. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ramPolicy } from '../../../compiler/model/alibaba-controllers/ram-policy';

const CASES = join(__dirname, '../../cases');

/** Characters of a custom policy: https://www.alibabacloud.com/help/en/ram/product-overview/limits */
const LONGEST = 6144;

const POLICIES = readdirSync(CASES, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.name === 'ram.policy')
  .map((entry) => join(entry.parentPath, entry.name))
  .sort();

describe.each(POLICIES.map((path) => [path.slice(CASES.length + 1), path]))('%s', (_, path) => {
  const text = readFileSync(path, 'utf8');
  const policy = JSON.parse(text);
  const actions: string[] = policy.Statement.flatMap((statement: { Action: string[] }) => statement.Action);

  test('is a policy: one statement per service, each action once and in order', () => {
    expect(policy.Version).toBe('1');
    const services = policy.Statement.map(({ Action }: { Action: string[] }) => {
      expect(new Set(Action.map((action) => action.split(':')[0])).size).toBe(1);
      expect(Action).toEqual([...Action].sort());
      return Action[0]?.split(':')[0];
    });
    expect(new Set(services).size).toBe(services.length);
    expect(new Set(actions).size).toBe(actions.length);
    for (const action of actions) expect(action).toMatch(/^(ecs|vpc|slb|nlb):(\*|[A-Z][A-Za-z0-9]+\*?)$/);
  });

  test('can be saved', () => {
    expect(text.length).toBeLessThanOrEqual(LONGEST);
  });
});

describe('what is asked for', () => {
  type Asking = Parameters<typeof ramPolicy>[0];
  const actionsOf = (model: Asking) => ramPolicy(model).Statement.flatMap(({ Action }) => Action);
  const controllers: Asking['controllers'] = new Set(['node', 'route', 'service', 'nlb']);
  const all: Asking = { version: 'v2', controllers, features: new Set(['route']), flags: {} };

  test('today’s program gets no wildcard, and changes no disk, image or log', () => {
    const actions = actionsOf(all);
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
    expect(
      actions.filter((action) => /Disk|Snapshot|Image|DeleteInstance|^(log|nas|cms|cr|oss):/.test(action)),
    ).toEqual([]);
  });

  test('a dry run changes nothing', () => {
    const actions = actionsOf({ ...all, flags: { dryRun: true } });
    for (const action of actions) expect(action).toMatch(/:(Describe|Get|List)/);
    expect(actions).not.toEqual([]);
  });

  test('without routes and NLBs there is nothing for them', () => {
    const actions = actionsOf({ ...all, controllers: new Set(['node', 'service']), features: new Set() });
    expect(actions.filter((action) => /Route|^nlb:|SecurityGroup/.test(action))).toEqual([]);
  });

  test('interfaces are left alone where their source check is not to be turned off', () => {
    const alone: Asking = { ...all, controllers: new Set(['node']), features: new Set() };
    expect(actionsOf(alone)).toContain('ecs:ModifyNetworkInterfaceAttribute');
    expect(actionsOf({ ...alone, flags: { skipDisableSourceDestCheck: true } })).toEqual(['ecs:DescribeInstances']);
  });
});
