import type { IConstruct } from 'constructs';
import { type Diagnostic, severityOf } from '../compiler/diagnostics';
import { loadBalancerServiceManifest } from '../compiler/manifest/bgp/load-balancer-service';
import { externalIPClaims } from '../compiler/manifest/fleet/external-ip-claims';
import type { AlibabaServiceModel } from '../compiler/model/alibaba-service/alibaba-service';
import { linkAlibabaServices } from '../compiler/model/alibaba-service/link-alibaba-services';
import type { DeclaredAlibabaService } from '../compiler/model/alibaba-service/resolve-alibaba-service';
import type { BalancerModel } from '../compiler/model/balancer/balancer';
import { balancerFacts, balancerIndex } from '../compiler/model/balancer/balancer-facts';
import { type LinkedServices, linkServices, type Placed } from '../compiler/model/bgp/link-services';
import type { DeclaredBgpLoadBalancer } from '../compiler/model/bgp/resolve-bgp-load-balancer';
import type { DeclaredService } from '../compiler/model/bgp/resolve-load-balancer-service';
import { DiagnosticsError } from './diagnostics-error';
import { perTree } from './per-tree';
import { warn } from './warnings';

/** What a tree has of load balancers and of what stands behind them. A construct adds itself when it is made. */
interface Members {
  readonly loadBalancers: (() => Placed<DeclaredBgpLoadBalancer>)[];
  readonly services: (() => Placed<DeclaredService | DeclaredAlibabaService>)[];
  readonly balancers: { readonly name: string; readonly model: () => BalancerModel }[];
  linked?: Linked;
}

/** The links of a tree, and what is wrong with them. */
interface Linked extends LinkedServices {
  readonly alibabaServices: readonly Placed<AlibabaServiceModel>[];
  readonly diagnostics: readonly Diagnostic[];
  readonly claimed: readonly Diagnostic[];
  /** Paths of the constructs whose warnings were given. */
  readonly told: Set<string>;
}

const membersOf = perTree((): Members => ({ loadBalancers: [], services: [], balancers: [] }));

/** The members of the tree that a construct is in; what was linked before is forgotten. */
export function membersAround(construct: IConstruct): Members {
  const members = membersOf(construct);
  members.linked = undefined;
  return members;
}

/** The part of the links of a tree that belongs to one construct. Throws what is wrong with it. */
export function linkOf<Kind extends 'loadBalancers' | 'services' | 'alibabaServices'>(
  construct: IConstruct,
  kind: Kind,
): Linked[Kind][number]['model'] {
  const members = membersOf(construct);
  members.linked ??= link(members);
  const { path } = construct.node;
  const own = members.linked.diagnostics.filter(({ location }) => location.file === path);
  const found = (members.linked[kind] as readonly Placed<unknown>[]).find(
    ({ document }) => document.locate('').file === path,
  );
  if (own.some(({ code }) => severityOf(code) === 'error')) throw new DiagnosticsError(own);
  // Nothing to add to what that one tells: in a synth it would be told twice.
  if (found === undefined) throw new DiagnosticsError([], `${path}: what it names is wrong, and tells why itself\n`);
  if (!members.linked.told.has(path)) warn(construct, own);
  members.linked.told.add(path);
  return found.model as Linked[Kind][number]['model'];
}

/** Throws where another service of the tree has a port of an address of this one, which has been linked. */
export function checkClaims(construct: IConstruct): void {
  const { claimed = [] } = membersOf(construct).linked ?? {};
  const own = claimed.filter(({ location }) => location.file === construct.node.path);
  if (own.length > 0) throw new DiagnosticsError(own);
}

function link(members: Members): Linked {
  const diagnostics: Diagnostic[] = [];
  const balancers = balancerIndex();
  const broken = new Set<string>();
  for (const { name, model } of members.balancers) {
    const own = attempt(model);
    if (own === undefined) broken.add(`Balancer/${name}`);
    else balancers.add(own, balancerFacts(own));
  }
  const loadBalancers = members.loadBalancers.flatMap((declared) => attempt(declared) ?? []);
  const isBroken = (kind: string, name: string): boolean =>
    broken.has(`${kind}/${name}`) ||
    (kind === 'BgpLoadBalancer' && loadBalancers.length < members.loadBalancers.length);
  const services = members.services.flatMap((declared) => attempt(declared) ?? []);
  const directory = { balancer: balancers.find, isBroken };
  const report = (diagnostic: Diagnostic): void => void diagnostics.push(diagnostic);
  const linked = linkServices(loadBalancers, services.filter(isOfBgp), directory, report);
  const alibabaServices = linkAlibabaServices(services.filter(isOfAlibaba), directory, report);
  return { ...linked, alibabaServices, diagnostics, claimed: claimProblems(linked.services), told: new Set() };
}

/** Ports of addresses that two services of a tree have. Services of strangers are in the index of a whole fleet only. */
function claimProblems(services: LinkedServices['services']): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const claims = externalIPClaims((diagnostic) => diagnostics.push(diagnostic));
  for (const { model, document } of services) {
    const ports = model.ports.map(({ port, protocol }) => `${port}/${protocol}`);
    claims.add(loadBalancerServiceManifest(model), ports, document.locate);
  }
  return diagnostics;
}

function isOfAlibaba(
  service: Placed<DeclaredService | DeclaredAlibabaService>,
): service is Placed<DeclaredAlibabaService> {
  return service.model.kind === 'AlibabaService';
}

function isOfBgp(service: Placed<DeclaredService | DeclaredAlibabaService>): service is Placed<DeclaredService> {
  return !isOfAlibaba(service);
}

/** What is wrong with a member alone is told by the member itself. */
function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof DiagnosticsError)) throw error;
    return undefined;
  }
}
