import type { Report } from '../../diagnostics';
import type { Placed } from '../bgp/link-services';
import { checkListening, type Directory, type LinkedTarget, linkTarget } from '../bgp/service-target';
import { type Problems, problemsOf } from '../problems';
import { checkAlibabaListeners } from './alibaba-listener-checks';
import type { AlibabaServiceModel } from './alibaba-service';
import type { DeclaredAlibabaService } from './resolve-alibaba-service';

/** Puts the Balancer behind each service that names one, in the order of namespaces and names. What does not fit is reported, and left out. */
export function linkAlibabaServices(
  services: readonly Placed<DeclaredAlibabaService>[],
  directory: Directory,
  report: Report,
): readonly Placed<AlibabaServiceModel>[] {
  const linked = services.flatMap(({ model, document }) => {
    const problems = problemsOf(document, report);
    const service = linkService(model, directory, problems);
    return service === undefined || problems.anyError() ? [] : [{ model: service, document }];
  });
  return linked.sort((one, other) => (identityOf(one.model) < identityOf(other.model) ? -1 : 1));
}

function identityOf({ namespace, name }: AlibabaServiceModel): string {
  return `${namespace}/${name}`;
}

function linkService(
  declared: DeclaredAlibabaService,
  directory: Directory,
  problems: Problems,
): AlibabaServiceModel | undefined {
  const linked = linkTarget(declared, directory, problems);
  if (linked === undefined) return undefined;
  const { target: _, ports: own, ...rest } = declared;
  const service: AlibabaServiceModel = { ...rest, ports: linked.ports, selector: linked.selector };
  checkTargets(declared, linked, problems);
  checkAlibabaListeners(service, own !== undefined, problems);
  return service;
}

/** The Balancer's own ports need no check; a name is one that its Pods may have. */
function checkTargets(
  { ports: own }: DeclaredAlibabaService,
  { ports, facts }: LinkedTarget,
  problems: Problems,
): void {
  if (facts === undefined || own === undefined) return;
  ports.forEach((port, index) => {
    if (typeof port.targetPort === 'string') return;
    const field = own[index]?.targetPort === undefined ? 'port' : 'targetPort';
    checkListening(port, facts, `/spec/ports/${index}/${field}`, problems);
  });
}
