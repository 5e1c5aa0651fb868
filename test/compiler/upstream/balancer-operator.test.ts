/**
 * Profile upstream of BalancerOperator against 001. The document names the objects, shows the markers of their permissions and the
 * log of the image build, and no YAML: what cannot be compared is listed in docs/balancer-operator.md.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { compileAll } from '../../../compiler';
import type { ConfigMap, Deployment, KubernetesObject } from '../../../compiler/manifest/k8s';
import { operatorManifests } from '../../../compiler/manifest/operator/balancer-operator';
import { type AccessRule, mergeRules } from '../../../compiler/model/access';
import type { BalancerOperatorModel } from '../../../compiler/model/operator/balancer-operator';
import { resolveBalancerOperator } from '../../../compiler/model/operator/resolve-balancer-operator';
import { documentFromData } from '../../../compiler/spec/document';
import type { BalancerOperatorSpec } from '../../../compiler/spec/generated/balancer-operator';

const SOURCE = join(__dirname, '../../source-documents/001');
const source = (name: string): string => readFileSync(join(SOURCE, name), 'utf8');

const IMAGE = /kustomize edit set image controller=(\S+)/.exec(source('make-deploy.txt'))![1]!;

function modelOf(spec: Partial<BalancerOperatorSpec>): BalancerOperatorModel {
  const metadata = { name: 'balancer' };
  const content = {
    apiVersion: 'cdk8s-balancer.dev/v1alpha1',
    kind: 'BalancerOperator',
    metadata,
    spec: { image: IMAGE, ...spec },
  } as const;
  return resolveBalancerOperator(content, documentFromData('test', content), ({ message }) =>
    expect.unreachable(message),
  )!;
}

const objects = operatorManifests(modelOf({ profile: 'upstream' }));

/** The same image under a tag that does not move. */
const PINNED = IMAGE.replace(':latest', ':v0.1.0');

/** The kinds as kubectl prints them. */
const resourceOf = ({ apiVersion, kind, metadata }: KubernetesObject): string => {
  const group = apiVersion.includes('/') ? `.${apiVersion.split('/')[0]}` : '';
  return `${kind.toLowerCase()}${group}/${metadata.name}`;
};

describe('make deploy', () => {
  const printed = [...source('make-deploy.txt').matchAll(/^(\S+\/\S+) created$/gm)].map(([, name]) => name!);

  test('prints thirteen objects', () => {
    expect(printed).toHaveLength(13);
  });

  test('is what profile upstream prints: no object is missing, none is added', () => {
    expect(objects.map(resourceOf).sort()).toEqual([...printed].sort());
  });

  test('puts them where kustomize does', () => {
    const kustomization = source('config/default/kustomization.yaml');
    const namespace = /^namespace: (\S+)$/m.exec(kustomization)![1];
    const prefix = /^namePrefix: (\S+)$/m.exec(kustomization)![1]!;
    const inNamespace = ['ServiceAccount', 'Role', 'RoleBinding', 'ConfigMap', 'Service', 'Deployment'];
    for (const { kind, metadata } of objects) {
      expect(metadata.namespace).toBe(inNamespace.includes(kind) ? namespace : undefined);
      if (kind !== 'CustomResourceDefinition') expect(metadata.name).toMatch(new RegExp(`^${prefix}`));
    }
  });

  test('has the same names in profile hardened, but for the configuration that was removed from controller-runtime', () => {
    const hardened = operatorManifests(
      modelOf({ image: PINNED, metrics: { authentication: 'kube-rbac-proxy' }, replicas: 1 }),
    );
    const kept = printed.filter((name) => name !== 'configmap/balancer-manager-config');
    expect(hardened.map(resourceOf).sort()).toEqual(kept.sort());
  });
});

describe('permissions', () => {
  /** One marker is one rule; "core" is the group without a name. */
  const markers = [
    ...source('go/reconcile.go').matchAll(/\+kubebuilder:rbac:groups=(\S+?),resources=(\S+?),verbs=(\S+)/g),
  ].map(([, group, resource, verbs]): AccessRule => {
    const apiGroups = [group === 'core' ? '' : group!];
    return { apiGroups, resources: [resource!], verbs: verbs!.split(';').filter(Boolean) };
  });
  const bySubject = (rules: readonly AccessRule[]): AccessRule[] =>
    mergeRules(rules).sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
  const roleOf = (all: readonly KubernetesObject[]): readonly AccessRule[] => {
    const found = all.find(({ metadata }) => metadata.name === 'balancer-manager-role');
    return (found as unknown as { readonly rules: readonly AccessRule[] }).rules;
  };

  test('are those of the markers', () => {
    expect(markers).toHaveLength(9);
    expect(bySubject(roleOf(objects))).toEqual(bySubject(markers));
  });

  test('are fewer in profile hardened, but for the finalizers that owners need', () => {
    const verbsOf = (rules: readonly AccessRule[]): string[] =>
      rules.flatMap(({ apiGroups, resources, verbs }) =>
        verbs.map((verb) => `${apiGroups.join()}/${resources.join()} ${verb}`),
      );
    const original = new Set(verbsOf(markers));
    const hardened = verbsOf(roleOf(operatorManifests(modelOf({ image: PINNED, metrics: { enabled: false } }))));
    expect(hardened.length).toBeLessThan(original.size);
    expect(hardened.filter((verb) => !original.has(verb))).toEqual([
      'exposer.hliangzhao.io/balancers/finalizers update',
    ]);
  });
});

describe('the manager', () => {
  const deployment = objects.find(({ kind }) => kind === 'Deployment') as Deployment;
  const manager = deployment.spec?.template.spec?.containers.find(({ name }) => name === 'manager');

  test('is the image that make deploy sets', () => {
    expect(manager?.image).toBe(IMAGE);
  });

  test('has flags for exactly the options that the document leaves open', () => {
    const options = [
      ...source('go/manager.go').matchAll(/^\s+(\w+): +(metricsAddr|probeAddr|enableLeaderElection),$/gm),
    ];
    expect(options.map(([, name]) => name)).toEqual(['MetricsBindAddress', 'HealthProbeBindAddress', 'LeaderElection']);
    expect(manager?.args?.map((flag) => flag.split('=')[0]).sort()).toEqual([
      '--health-probe-bind-address',
      '--leader-elect',
      '--metrics-bind-address',
    ]);
  });

  test('is configured by a file with the fixed ones', () => {
    const config = objects.find(({ kind }) => kind === 'ConfigMap') as ConfigMap;
    const file = parse(config.data!['controller_manager_config.yaml']!);
    expect(source('go/manager.go')).toContain(`Port:                   ${file.webhook.port},`);
    expect(source('go/manager.go')).toContain(`LeaderElectionID:       "${file.leaderElection.resourceName}",`);
    expect(source('config-tree.txt')).toContain('controller_manager_config.yaml');
  });
});

describe('the Dockerfile', () => {
  const text = `apiVersion: cdk8s-balancer.dev/v1alpha1
kind: BalancerOperator
metadata: {name: balancer}
spec: {profile: upstream, image: "${IMAGE}"}
`;
  const { artefacts } = compileAll([{ file: 'test', text }]);
  const dockerfile = artefacts.find(({ path }) => path.endsWith('/Dockerfile'))!.text;
  const instructions = dockerfile.split('\n').filter(Boolean);

  /** Docker shows its own registry and what a tag meant on that day. */
  const steps = [...source('docker-build.txt').matchAll(/\[(?:builder|stage-1) \d\/\d\] (.+?) +[\d.]+s$/gm)].map(
    ([, step]) => step!.replace('docker.io/library/', '').replace(/@sha256:[0-9a-f]+/, ''),
  );
  const at = (step: string): number => instructions.findIndex((line) => line.replace(/ as builder$/, '') === step);

  test('has every step of the log', () => {
    expect(steps).toHaveLength(10);
    expect(steps.filter((step) => at(step) === -1)).toEqual([]);
  });

  test('has nothing else but what the log does not show: the folder, the user and the program', () => {
    const others = instructions.filter((_, index) => !steps.some((step) => at(step) === index));
    expect(others).toEqual(['WORKDIR /', 'USER 65532:65532', 'ENTRYPOINT ["/manager"]']);
  });

  test('has the steps of a stage in the order of the log', () => {
    const order = (wanted: 'builder' | 'stage-1'): number[] =>
      [...source('docker-build.txt').matchAll(/\[(builder|stage-1) (\d)\/\d\] (.+?) +[\d.]+s$/gm)]
        .filter(([, stage]) => stage === wanted)
        .sort(([, , one], [, , other]) => Number(one) - Number(other))
        .map(([, , , step]) => at(step!.replace('docker.io/library/', '').replace(/@sha256:[0-9a-f]+/, '')));
    for (const stage of ['builder', 'stage-1'] as const) {
      expect(order(stage)).toEqual([...order(stage)].sort((one, other) => one - other));
    }
  });
});
