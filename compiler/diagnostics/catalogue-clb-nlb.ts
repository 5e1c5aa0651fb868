import { type CatalogueEntry, error, warning } from './catalogue-entry';

/** Codes of this part. */
export const CLB_NLB_CODES = {
  BAL3130: error(
    'unclear-provider',
    'One load balancer stands in front of a service.',
    'Name exactly one of bgpLoadBalancer, alibabaClb and alibabaNlb.',
  ),
  BAL3131: error(
    'not-of-this-provider',
    'The provider of the service has no such thing, so that the field would change nothing.',
    'Remove the field or the value, or choose the provider that has it.',
  ),
  BAL3132: error(
    'raw-annotation',
    'An annotation of a controller is a text that nobody checks, and it could contradict a field.',
    'Use the field in place of the annotation.',
  ),
  BAL3133: error(
    'no-such-listener',
    'The cloud reads the field for listeners of some protocols only, and ignores it for all others.',
    'Remove the field, or give a port the protocol in ports[].listener.',
  ),
  BAL3134: error(
    'needs-another-field',
    'The cloud refuses or ignores the field without the other one.',
    'Set the other field too.',
  ),
  BAL3135: error(
    'excludes-another-field',
    'The cloud refuses the two together, or ignores one of them.',
    'Remove one of the two.',
  ),
  BAL3136: error(
    'listener-loss',
    'The controller destroys the listeners that an existing instance has on the ports of the service, whoever made them.',
    'Set acknowledgeListenerLoss to true if nobody uses them, or remove forceOverrideListeners.',
  ),
  BAL3137: error(
    'ineffective-timeout',
    'The cloud ignores a timeout below the interval of the checks, and waits for the interval.',
    'Raise the timeout to the interval at least, or shorten the interval.',
  ),
  BAL3138: error(
    'repeated-zone',
    'An NLB stands in two different zones at least, once in each.',
    'Name each zone once.',
  ),
  BAL3139: error(
    'unknown-redirect',
    'A redirect leads to an HTTPS listener of the same service.',
    'Name the port of an HTTPS listener.',
  ),
  BAL3140: error(
    'ambiguous-listener',
    'The annotations name a listener by its port number alone: what is said of one would hold for both.',
    'Use different port numbers, or a service for each.',
  ),
  BAL3141: error(
    'overlapping-listeners',
    'A port of a load balancer belongs to one listener of its protocol.',
    'Correct the ranges so that none has a port of another.',
  ),
  BAL3142: warning(
    'unchecked-listener',
    'The cloud does not check the backends of such a listener by itself, or not in a way that suits it, and sends traffic to dead ones.',
    'Say in healthCheck how they are checked, or that they are not.',
  ),
  BAL3143: warning(
    'unmanaged-listeners',
    'The controller leaves the listeners of an existing instance alone: they are what somebody else makes them.',
    'Remove the fields, or let the controller have the listeners by forceOverrideListeners.',
  ),
} as const satisfies Readonly<Record<string, CatalogueEntry>>;
