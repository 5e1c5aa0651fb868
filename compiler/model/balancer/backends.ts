import type { BalancerBackend, BalancerSpec } from '../../spec/generated/balancer';
import type { Problems } from '../problems';
import { addressProblem, bracketed } from '../values/ip-address';
import { backendServiceName, DNS_LABEL_LENGTH, serviceDomainName } from '../values/names';
import type { BackendModel, BackendTarget, Profile } from './balancer';
import { BALANCER_FIELD_DEFAULTS } from './balancer-defaults';

/** The Balancer to which backends belong. */
interface Owner {
  readonly name: string;
  readonly namespace: string;
  readonly profile: Profile;
  /** Whether nginx is told bare Service names, as the original controller does: the C library then adds the domain. */
  readonly bareNames: boolean;
}

/** The backends with what nginx dials for each; duplicates and unusable targets are reported. */
export function resolveBackends(spec: BalancerSpec, owner: Owner, problems: Problems): BackendModel[] {
  checkNames(spec.backends, owner, problems);
  return spec.backends.map((backend, index) => {
    const pointer = `/spec/backends/${index}`;
    checkTargetFields(backend, pointer, problems);
    const target = targetOf(backend, spec, owner);
    checkTarget(target, spec, pointer, problems);
    return {
      name: backend.name,
      weight: backend.weight,
      backup: backend.backup ?? BALANCER_FIELD_DEFAULTS.backup,
      maxFails: backend.maxFails ?? defaultMaxFails(target, owner),
      failTimeoutSeconds: backend.failTimeoutSeconds,
      maxConnections: backend.maxConnections,
      target,
    };
  });
}

/** A Service stands for many Pods: by nginx' default one refused connection would leave out all of them for 10 seconds. */
function defaultMaxFails(target: BackendTarget, { profile }: Owner): number | undefined {
  return profile === 'hardened' && target.kind !== 'address' ? 0 : undefined;
}

function targetOf(backend: BalancerBackend, spec: BalancerSpec, owner: Owner): BackendTarget {
  if (backend.address !== undefined) {
    return { kind: 'address', host: bracketed(backend.address), address: backend.address };
  }
  if (backend.service !== undefined) {
    const { name, namespace = owner.namespace } = backend.service;
    return { kind: 'service', host: hostOf(name, namespace, spec, owner), name, namespace };
  }
  const serviceName = backendServiceName(owner.name, backend.name);
  return {
    kind: 'pods',
    host: hostOf(serviceName, owner.namespace, spec, owner),
    serviceName,
    // On the same key the backend's own selector wins, as in the original controller.
    selector: { ...spec.selector, ...backend.selector },
  };
}

function hostOf(service: string, namespace: string, spec: BalancerSpec, owner: Owner): string {
  return owner.bareNames && namespace === owner.namespace
    ? service
    : serviceDomainName(service, namespace, spec.clusterDomain!);
}

function checkNames(backends: readonly BalancerBackend[], owner: Owner, problems: Problems): void {
  const first = new Map<string, number>();
  backends.forEach((backend, index) => {
    const pointer = `/spec/backends/${index}/name`;
    const earlier = first.get(backend.name);
    if (earlier === undefined) first.set(backend.name, index);
    else {
      problems.add('BAL3001', pointer, `backend "${backend.name}" is defined twice`, [
        { message: 'first defined here', location: problems.locate(`/spec/backends/${earlier}/name`) },
      ]);
    }
    const service = backendServiceName(owner.name, backend.name);
    if (service.length > DNS_LABEL_LENGTH && backend.service === undefined && backend.address === undefined) {
      problems.add('BAL3006', pointer, `the Service "${service}" has a name of ${service.length} characters`);
    }
  });
}

function checkTargetFields(backend: BalancerBackend, pointer: string, problems: Problems): void {
  const given = (['selector', 'service', 'address'] as const).filter((field) => backend[field] !== undefined);
  if (given.length < 2) return;
  const fields = given.map((field) => `"${field}"`).join(' and ');
  problems.add('BAL3005', `${pointer}/${given[1]}`, `backend "${backend.name}" has ${fields}`);
}

function checkTarget(target: BackendTarget, spec: BalancerSpec, pointer: string, problems: Problems): void {
  if (target.kind === 'pods') {
    if (Object.keys(target.selector).length > 0) return;
    problems.add('BAL3004', pointer, 'neither the Balancer nor the backend has a selector');
    return;
  }
  const problem = target.kind === 'address' ? addressProblem(target.address) : undefined;
  if (problem !== undefined && target.kind === 'address') {
    problems.add('BAL3016', `${pointer}/address`, `"${target.address}" ${problem}`);
  }
  const named = spec.ports.findIndex(({ targetPort }) => typeof targetPort === 'string');
  if (named === -1) return;
  const message = `the named port "${spec.ports[named]?.targetPort}" cannot be looked up for this backend`;
  problems.add('BAL3015', `/spec/ports/${named}/targetPort`, message, [
    { message: 'for this backend', location: problems.locate(pointer) },
  ]);
}
