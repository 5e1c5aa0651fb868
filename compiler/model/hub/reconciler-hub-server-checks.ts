import type { HubNetworkPolicy, ReconcilerHubSpec } from '../../spec/generated/reconciler-hub';
import type { Problems } from '../problems';
import { networkProblem } from '../values/ip-network';
import type { ReconcilerHubModel } from './reconciler-hub';

/** What must hold for the Gin server. */
export function checkApiExt(
  { profile, apiExt }: ReconcilerHubModel,
  spec: ReconcilerHubSpec,
  problems: Problems,
): void {
  const declared = spec.apiExt;
  const acknowledged = spec.acknowledge?.indexOf('plain-http') ?? -1;
  const idle =
    declared === undefined ? 'there is no apiExt' : profile === 'upstream' ? 'the profile is upstream' : undefined;
  if (acknowledged >= 0 && idle !== undefined) {
    problems.add('BAL3077', `/spec/acknowledge/${acknowledged}`, `"plain-http" needs no acknowledgement: ${idle}`);
  }
  if (declared === undefined) return;
  if (spec.layout === 'separate') {
    problems.add('BAL3272', '/spec/apiExt', 'the program of the hub serves apiExt, and layout "separate" has none');
  }
  if (declared.secure !== undefined && declared.secure.tlsSecretName === undefined) {
    problems.add('BAL3267', '/spec/apiExt/secure', 'HTTPS of apiExt has no Secret with its certificate');
  }
  if (apiExt === undefined) return;
  if (profile === 'upstream') {
    problems.add(
      'BAL3273',
      '/spec/apiExt',
      `apiExt serves everybody over plain HTTP on port "${apiExt.insecure.port}"`,
    );
  } else if (declared.secure === undefined && !apiExt.insecure.isOpen) {
    problems.add('BAL3268', '/spec/apiExt', 'apiExt serves nobody: it has no TLS, and plain HTTP is not acknowledged');
  }
}

/** What must hold for the web back end. */
export function checkWeb({ web }: ReconcilerHubModel, { apiExt }: ReconcilerHubSpec, problems: Problems): void {
  if (web !== undefined && apiExt === undefined) {
    problems.add('BAL3269', '/spec/web', 'the web back end has no apiExt to ask');
  }
}

/** What must hold for those who may connect. */
export function checkClients(_: ReconcilerHubModel, spec: ReconcilerHubSpec, problems: Problems): void {
  const lists: Required<HubNetworkPolicy> = { metricsFrom: [], apiExtFrom: [], webFrom: [], ...spec.networkPolicy };
  const needs = { metricsFrom: true, apiExtFrom: spec.apiExt !== undefined, webFrom: spec.web !== undefined };
  for (const field of ['metricsFrom', 'apiExtFrom', 'webFrom'] as const) {
    const pointer = `/spec/networkPolicy/${field}`;
    if (lists[field].length > 0 && !needs[field]) {
      problems.add('BAL3077', pointer, `${field} is for ${field.replace('From', '')}, which is not there`);
    }
    for (const [index, peer] of lists[field].entries()) checkPeer(peer, `${pointer}/${index}`, problems);
  }
}

type Peer = NonNullable<HubNetworkPolicy['metricsFrom']>[number];

function checkPeer({ cidr, namespaceSelector, podSelector }: Peer, pointer: string, problems: Problems): void {
  const problem = cidr === undefined ? undefined : networkProblem(cidr);
  if (problem !== undefined) problems.add('BAL3016', `${pointer}/cidr`, `"${cidr}" ${problem}`);
  const selected = namespaceSelector !== undefined || podSelector !== undefined;
  if (cidr !== undefined && selected) {
    problems.add('BAL3031', pointer, 'a client is a network or a selection of Pods, not both');
  }
  if (cidr === undefined && !selected) problems.add('BAL3031', pointer, 'the client is empty: it matches nobody');
}
