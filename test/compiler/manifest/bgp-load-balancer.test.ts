/** Whole objects of load balancers, as files beside this one; each set is judged by Kubernetes' schemas and by our rules. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { artefactsOf } from '../../../compiler/manifest/artefact';
import { type BgpFiles, bgpLoadBalancerManifests } from '../../../compiler/manifest/bgp/bgp-load-balancer';
import { loadBalancerServiceManifest } from '../../../compiler/manifest/bgp/load-balancer-service';
import type { DaemonSet, KubernetesObject, Service, StatefulSet } from '../../../compiler/manifest/k8s';
import type { BgpLoadBalancerModel, LoadBalancerServiceModel } from '../../../compiler/model/bgp/bgp-load-balancer';
import { ruleProblems } from '../../kubernetes-rules';
import { schemaProblems } from '../../kubernetes-schema';
import { sampleBgpModel } from '../../sample-bgp-model';

/** Stand-ins: what is in the files is the affair of those who render them. */
const FILES: BgpFiles = {
  speaker: { 'config_bgp.toml': '[global.config]\n', 'start-speaker.sh': '#!/bin/sh\nset -eu\n' },
  steering: { 'rules.i-rnqf0xcu': '# none\n', 'steer.sh': '#!/bin/sh\nset -eu\n' },
  switches: {},
};

const SAMPLE = sampleBgpModel({ model: { labels: { team: 'net' } } });
const SERVICE = SAMPLE.services[0]!;
const UPSTREAM: BgpLoadBalancerModel = sampleBgpModel({
  model: {
    profile: 'upstream',
    labels: { team: 'net' },
    daemon: { image: 'registry.example.com/loadbalancer-daemon:v1' },
    services: [{ ...SERVICE, profile: 'upstream' }],
  },
  speakers: {
    container: {
      image: 'registry.example.com/loadbalancer-controller:v1',
      imagePullSecrets: [{ name: 'registry' }],
    },
  },
});

/** Three masters, two of them with a speaker, on BGP's own port; two switches with a password each, in one Secret and another. */
function threeMasters(): BgpLoadBalancerModel {
  const masters = [5, 6, 7].map((host) => {
    const address = `192.168.1.${host}`;
    return { name: `master-${host}`, routerId: address, addresses: [{ family: 'IPv4' as const, address }] };
  });
  const secrets = [
    { name: 'bgp.leaf', key: 'first' },
    { name: 'bgp.leaf', key: 'second' },
    { name: 'bgp-spine', key: 'password' },
  ];
  const sessions = masters.flatMap(({ name, routerId }) =>
    secrets.map((passwordSecret, index) => ({
      family: 'IPv4' as const,
      master: name,
      masterAddress: routerId,
      switch: `switch-${index}`,
      switchAddress: `192.168.1.${index + 1}`,
      external: true,
      passwordSecret,
    })),
  );
  return sampleBgpModel({ model: { sessions }, speakers: { masters, replicas: 2, port: 179 } });
}

const DUAL_STACK_SOCKET: LoadBalancerServiceModel = {
  ...SERVICE,
  labels: { team: 'net' },
  annotations: { 'example.com/owner': 'web' },
  externalIPs: [
    { family: 'IPv4', address: '139.198.190.117' },
    { family: 'IPv6', address: '2001:db8:190::7' },
  ],
  ports: [
    { name: 'http', protocol: 'TCP', port: 80, targetPort: 80 },
    { name: 'dns', protocol: 'UDP', port: 53, targetPort: 53 },
  ],
  externalTrafficPolicy: 'Local',
  steering: 'socket',
};

const SETS: Readonly<Record<string, readonly KubernetesObject[]>> = {
  'sample-hardened': [...bgpLoadBalancerManifests(SAMPLE, FILES), loadBalancerServiceManifest(SERVICE)],
  'sample-upstream': [
    ...bgpLoadBalancerManifests(UPSTREAM, { ...FILES, steering: {} }),
    loadBalancerServiceManifest(UPSTREAM.services[0]!),
  ],
  'three-masters-passwords': bgpLoadBalancerManifests(threeMasters(), FILES),
  'dual-stack-socket': [loadBalancerServiceManifest(DUAL_STACK_SOCKET)],
};

describe.each(Object.entries(SETS))('%s', (name, objects) => {
  test('is this', async () => {
    const artefacts = artefactsOf({ stem: `bgploadbalancer.kube-system.${name}`, objects, files: {} });
    for (const { path, text } of artefacts) await expect(text).toMatchFileSnapshot(join(__dirname, 'bgp', path));
  });

  test('is what the schemas of Kubernetes allow', () => {
    expect(objects.flatMap((object) => schemaProblems(JSON.parse(JSON.stringify(object))))).toEqual([]);
  });

  test('keeps our rules', () => {
    expect(ruleProblems(JSON.parse(JSON.stringify(objects)))).toEqual([]);
  });
});

function find<T extends KubernetesObject>(objects: readonly KubernetesObject[], kind: T['kind']): T {
  return objects.find((object) => object.kind === kind) as T;
}

describe('both profiles', () => {
  test('agree on what cannot be changed in the cluster', () => {
    const immutable = (objects: readonly KubernetesObject[]) => {
      const { serviceName, selector, podManagementPolicy } = find<StatefulSet>(objects, 'StatefulSet').spec!;
      const service = objects.at(-1) as Service;
      return {
        stateful: { serviceName, selector, podManagementPolicy },
        daemon: find<DaemonSet>(objects, 'DaemonSet').spec?.selector,
        service: [service.spec?.type, service.spec?.loadBalancerClass, service.spec?.ipFamilies],
      };
    };
    expect(immutable(SETS['sample-upstream']!)).toEqual(immutable(SETS['sample-hardened']!));
  });

  test('do not depend on the services in which objects there are', () => {
    for (const model of [SAMPLE, UPSTREAM, threeMasters()]) {
      const heads = (one: BgpLoadBalancerModel) =>
        bgpLoadBalancerManifests(one, FILES).map(({ apiVersion, kind, metadata }) => ({ apiVersion, kind, metadata }));
      expect(heads({ ...model, services: [] })).toEqual(heads(model));
    }
  });
});

describe('a rollout', () => {
  const hash = (files: BgpFiles, kind: 'StatefulSet' | 'DaemonSet') =>
    find<StatefulSet | DaemonSet>(bgpLoadBalancerManifests(SAMPLE, files), kind).spec?.template.metadata?.annotations;

  test('follows the files that the Pods mount', () => {
    const changed = { ...FILES, speaker: { ...FILES.speaker, announcements: '# none\n' } };
    expect(hash(changed, 'StatefulSet')).not.toEqual(hash(FILES, 'StatefulSet'));
    expect(hash(changed, 'DaemonSet')).toEqual(hash(FILES, 'DaemonSet'));
  });

  test('gives a speaker time for its announcements', () => {
    const service = { ...SERVICE, externalIPs: Array.from({ length: 200 }, (_, host) => eip(host)) };
    const failures = (model: BgpLoadBalancerModel) =>
      find<StatefulSet>(bgpLoadBalancerManifests(model, FILES), 'StatefulSet').spec?.template.spec?.containers[0]
        ?.startupProbe?.failureThreshold;
    expect(failures({ ...SAMPLE, services: [] })).toBe(12);
    expect(failures({ ...SAMPLE, services: [service] })).toBe(36);
  });
});

function eip(host: number): LoadBalancerServiceModel['externalIPs'][number] {
  return { family: 'IPv4', address: `203.0.113.${host}` };
}

describe('files', () => {
  test('of cluster-scoped objects stand beside those of the namespace', () => {
    const objects = SETS['sample-hardened']!;
    const artefacts = artefactsOf({ stem: 'bgploadbalancer.kube-system.edge', objects, files: { a: 'b\n' } });
    expect(artefacts.map(({ path }) => path)).toEqual([
      'bgploadbalancer.kube-system.edge.k8s.yaml',
      'bgploadbalancer.edge.cluster.k8s.yaml',
      'config/bgploadbalancer.kube-system.edge/a',
    ]);
  });

  test('of one scope are one file', () => {
    const clusterScoped = SETS['sample-hardened']!.filter(({ metadata }) => metadata.namespace === undefined);
    const [only, ...others] = artefactsOf({ stem: 'thing.edge.cluster', objects: clusterScoped, files: {} });
    expect([only?.path, others]).toEqual(['thing.edge.cluster.k8s.yaml', []]);
  });
});
