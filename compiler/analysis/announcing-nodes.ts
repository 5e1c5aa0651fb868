import type { AddressFamily, AddressModel, BgpLoadBalancerModel, WorkerModel } from '../model/bgp/bgp-load-balancer';
import { familyOf } from '../model/values/ip-network';
import { type ClusterState, EXCLUDE_LABEL, type NodeState } from './cluster-state';

/** Says what is left out and why: `subject` is an object, `message` goes on from it. */
export type AddNote = (subject: string, message: string) => void;

/** A worker that may be a next hop, with the addresses in which declaration and state agree. */
export interface AnnouncingNode {
  readonly worker: WorkerModel;
  readonly addresses: readonly AddressModel[];
}

/** The declared workers that the state shows to be fit for it, in the order of the declaration. */
export function announcingNodes(
  model: BgpLoadBalancerModel,
  state: ClusterState,
  families: ReadonlySet<AddressFamily>,
  note: AddNote,
): AnnouncingNode[] {
  const nodes = new Map(state.nodes.map((node) => [node.name, node]));
  return model.workers.flatMap((worker) => {
    const node = nodes.get(worker.name);
    const problem = nodeProblem(node);
    if (node === undefined || problem !== undefined) {
      note(`Node ${worker.name}`, `${problem}: it announces nothing`);
      return [];
    }
    const addresses = agreedAddresses(worker, node, note);
    for (const family of families) {
      if (worker.addresses.some((address) => address.family === family)) continue;
      note(`Node ${worker.name}`, `is declared without an ${family} address: it announces no ${family} EIP`);
    }
    return addresses.length === 0 ? [] : [{ worker, addresses }];
  });
}

function nodeProblem(node: NodeState | undefined): string | undefined {
  if (node === undefined) return 'is declared as a worker, but is not in the state';
  if (!node.ready) return 'is not ready';
  return node.excluded ? `has the label ${EXCLUDE_LABEL}` : undefined;
}

function agreedAddresses(worker: WorkerModel, node: NodeState, note: AddNote): AddressModel[] {
  return worker.addresses.filter(({ family, address }) => {
    if (node.internalIPs.includes(address)) return true;
    const actual = node.internalIPs.filter((each) => familyOf(each) === family).join(' and ');
    const said = actual === '' ? `shows no ${family} InternalIP` : `shows ${actual}`;
    note(`Node ${worker.name}`, `is declared with ${address}, but the state ${said}: it announces no ${family} EIP`);
    return false;
  });
}
