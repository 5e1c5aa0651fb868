/** The flags of 004's API server, what counts as a token, and what both profiles must have alike. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { compileAll } from '../../../compiler/compile';
import { API_SERVER_FLAGS } from '../../../compiler/model/api-server/custom-api-server-flags';
import { isTokenName, staticTokenIn } from '../../../compiler/spec/literal';

interface Printed {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  // biome-ignore lint/suspicious/noExplicitAny: whatever a manifest holds
  readonly spec?: any;
}

function compiled(spec: string) {
  const text = `apiVersion: cdk8s-balancer.dev/v1alpha1\nkind: CustomApiServer\nmetadata: {name: teleport}\nspec:\n  image: registry.example.com/apiserver:v1\n  tokenAuthFile: {secretName: tokens}\n${spec}`;
  const { artefacts, diagnostics } = compileAll([{ file: 'spec.yaml', text }]);
  const manifest = artefacts.find(({ path }) => path.endsWith('.k8s.yaml'))?.text ?? '';
  const objects = parseAllDocuments(manifest).map((document) => document.toJS() as Printed);
  const workload = objects.find(({ kind }) => ['StatefulSet', 'Deployment'].includes(kind));
  const args: readonly string[] = workload?.spec.template.spec.containers[0].args ?? [];
  return { objects, workload, args, codes: diagnostics.map(({ code }) => code), artefacts };
}

const FILE = '  backend: {file: {}}\n';
const TLS = '  tls: {secretName: serving}\n';

describe('flags', () => {
  test('each has one row, and is explained', () => {
    const names = API_SERVER_FLAGS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const page = readFileSync(join(__dirname, '../../../docs/custom-api-server.md'), 'utf8');
    for (const name of names) expect(page).toContain(`\`${name.length === 1 ? '-' : '--'}${name}\``);
  });

  test("profile upstream starts what 004's command line starts", () => {
    const { args } = compiled(`  profile: upstream\n  backend: {etcd: {servers: ["http://etcd.gmem.cc:2379"]}}\n`);
    const documented = [
      '--backend=etcd',
      '--etcd-servers=http://etcd.gmem.cc:2379',
      '--request-timeout=60m',
      '--unrestricted-update=true',
      '-v=10',
      '--kubectl-disabled=false',
      '--kubectl-ephemeral-token=false',
      '--authn-allow-localhost=true',
    ];
    expect(args.filter((flag) => documented.includes(flag))).toEqual(documented);
    const own = args.filter((flag) => !documented.includes(flag));
    expect(own).toEqual([
      '--token-auth-file=/etc/custom-api-server/tokens/token.csv',
      '--insecure-addr=0.0.0.0',
      '--insecure-port=6080',
    ]);
  });

  test('profile upstream prints no flag that the original does not know, whatever is set', () => {
    const etcd = '{servers: ["https://etcd:2379"], prefix: /x, tls: {secretName: etcd}}';
    const { args, codes } = compiled(
      `  profile: upstream\n  backend: {etcd: ${etcd}}\n${TLS}  secure: {port: 6443}\n  networkPolicy: {}\n`,
    );
    const known = API_SERVER_FLAGS.filter(({ program }) => program === 'original').map(({ name }) => name);
    for (const flag of args) expect(known).toContain(/^--?([a-z-]+)=/.exec(flag)?.[1]);
    expect(codes.filter((code) => code === 'BAL3026')).toHaveLength(5);
  });
});

describe('profiles', () => {
  test('agree on what cannot be changed', () => {
    const immutable = (spec: string) => {
      const { objects, workload } = compiled(`${FILE}${spec}`);
      const { serviceName, selector, volumeClaimTemplates, podManagementPolicy } = workload?.spec ?? {};
      const services = objects.filter(({ kind }) => kind === 'Service');
      return {
        serviceName,
        selector,
        volumeClaimTemplates,
        podManagementPolicy,
        names: services.map(({ metadata, spec: { clusterIP } }) => [metadata.name, clusterIP]),
      };
    };
    expect(immutable('  profile: upstream\n')).toEqual(immutable(TLS));
    expect(immutable(TLS).volumeClaimTemplates).toHaveLength(1);
  });

  test('the tokens of a server are in none of its artefacts', () => {
    const { artefacts } = compiled(`${FILE}${TLS}`);
    for (const { path, text } of artefacts) expect(text, path).not.toMatch(/token:|BpLnf|admin:teleport/);
  });

  test('plain HTTP at loopback is no port for others', () => {
    const { objects } = compiled(`${FILE}${TLS}`);
    expect(JSON.stringify(objects)).not.toMatch(/[^=]6080(?!")/);
  });
});

describe('staticTokenIn', () => {
  test.each([
    'BpLnfgDsc2WD8F2qNfHK5a84,teleport,0',
    '31ada4fd-adec-460c-809a-9e56ceb75269,admin,uid1,"group1,group2"',
    'abcdef,admin,0',
    'token,user,uid\nabcdefgh,admin,0',
    'admin:teleport',
    'Bearer abc',
    'https://root:hunter2@etcd.example.com:2379',
    '--token=abc',
    'password=abc',
    'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJrdWJlcm5ldGVz.c2lnbmF0dXJl',
  ])('%s', (text) => {
    expect(staticTokenIn(text)).toBeDefined();
  });

  test.each([
    'Databases, caches, and queues',
    'Databases: all',
    'a,b,c',
    'teleport-tokens',
    'token.csv',
    '-field=token',
    '/etc/custom-api-server/token',
    'https://etcd.example.com:2379',
    'platform@example.com',
    'registry.example.com/apiserver:v1',
  ])('not %s', (text) => {
    expect(staticTokenIn(text)).toBeUndefined();
  });

  test.each(['token', 'tokens', 'password', 'staticTokens', 'bearerToken', 'token-csv', 'credentials'])(
    'a field %s',
    (field) => {
      expect(isTokenName(field)).toBe(true);
    },
  );

  test.each(['tokenAuthFile', 'tokenFile', 'team', 'secretName'])('no field %s', (field) => {
    expect(isTokenName(field)).toBe(false);
  });
});
