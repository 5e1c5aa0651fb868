/** A name that the documents of Alibaba Cloud's controllers have, and that no field stands for. */
interface LeftOut {
  /** What follows the prefix of the annotations; the whole key for a label. */
  readonly name: string;
  readonly kind: 'annotation' | 'label';
  /** Product that ignores it; absent for both. */
  readonly product?: 'clb' | 'nlb';
  readonly reason: string;
}

/** What is never emitted, each with its reason. An import reports them; a spec that has one is told why it does not help. */
export const ALIBABA_SERVICE_LEFT_OUT: readonly LeftOut[] = [
  {
    name: 'network-type',
    kind: 'annotation',
    reason: 'no controller of today reads it: the network is the VPC of the cluster',
  },
  {
    name: 'slb-network-type',
    kind: 'annotation',
    reason: 'no controller of today reads it: the network is the VPC of the cluster',
  },
  {
    name: 'delete-protection',
    kind: 'annotation',
    product: 'nlb',
    reason: 'the controller always protects a new NLB, and reads the annotation for a CLB only',
  },
  {
    name: 'modification-protection',
    kind: 'annotation',
    product: 'nlb',
    reason: 'the controller always protects a new NLB, and reads the annotation for a CLB only',
  },
  {
    name: 'service.alibabacloud.com/exclude-node',
    kind: 'label',
    reason: 'it is a label of Nodes: the controller looks for it there',
  },
  {
    name: 'service.beta.kubernetes.io/exclude-node',
    kind: 'label',
    reason: 'it is the old name of a label of Nodes: the controller looks for it there',
  },
];
