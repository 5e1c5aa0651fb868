import { ACCESS_CODES } from './catalogue-access';
import { ALB_CODES } from './catalogue-alb';
import { API_RESOURCE_CODES } from './catalogue-api-resource';
import { BGP_CODES } from './catalogue-bgp';
import { CCM_CODES } from './catalogue-ccm';
import { CLB_NLB_CODES } from './catalogue-clb-nlb';
import { CONTROLLER_CODES } from './catalogue-controllers';
import { CUSTOM_API_SERVER_CODES } from './catalogue-custom-api-server';
import { type CatalogueEntry, error, type Severity, warning } from './catalogue-entry';
import { IMPORT_CODES } from './catalogue-import';
import { OPERATOR_CODES } from './catalogue-operator';
import { PHASE_MACHINE_CODES } from './catalogue-phase-machine';
import { RECONCILER_HUB_CODES } from './catalogue-reconciler-hub';
import { SUPPRESSION_CODES } from './catalogue-suppression';

export type { CatalogueEntry, Severity } from './catalogue-entry';

/**
 * Every code that the compiler can report. Codes are stable; a retired code is never used again.
 * BAL1 reading, BAL2 shape, BAL3 meaning, BAL4 rendering, BAL5 synth, BAL9 our own fault.
 */
export const CATALOGUE = {
  BAL1001: error('unreadable', 'A path that was named cannot be read.', 'Check the path and its permissions.'),
  BAL1002: error('not-utf-8', 'YAML for Kubernetes is UTF-8 text.', 'Save the file as UTF-8.'),
  BAL1003: error(
    'invalid-yaml',
    'The document is not valid YAML 1.2, so that nothing in it can be trusted.',
    'Correct the YAML at this place.',
  ),
  BAL1004: error('tab', 'YAML forbids tabs in indentation.', 'Indent with spaces.'),
  BAL1005: error(
    'duplicate-key',
    'A mapping has the same key twice; parsers disagree about which one counts.',
    'Remove one of the two keys.',
  ),
  BAL1006: error(
    'alias-bomb',
    'Aliases that multiply can make gigabytes out of a few lines.',
    'Write the values out, or make them shorter.',
  ),
  BAL1007: error(
    'not-a-mapping',
    'Each document of a fleet is one object with apiVersion, kind and metadata.',
    'Write "apiVersion: ...", "kind: ..." and "metadata: ..." at the top level.',
  ),
  BAL1008: error(
    'yaml-directive',
    'A %YAML or %TAG directive changes how the text is read.',
    'Remove the directive: fleets are read as YAML 1.2.',
  ),
  BAL1009: error(
    'no-spec',
    'An empty input would remove everything that an earlier run wrote.',
    'Check the path, and what the file holds; in folders, files that end in .yaml, .yml or .json are read.',
  ),
  ...SUPPRESSION_CODES,
  BAL2001: error('unknown-field', 'A field that nobody reads is a wish that is not granted.', 'Remove or correct it.'),
  BAL2002: error('wrong-type', 'The value has another type than the field.', 'Give a value of the named type.'),
  BAL2003: error('missing-field', 'A required field is missing.', 'Add the field.'),
  BAL2004: error('not-allowed', 'The field takes only the listed values.', 'Choose one of the allowed values.'),
  BAL2005: error('out-of-range', 'The number is outside of what the target accepts.', 'Choose a number in the range.'),
  BAL2006: error(
    'malformed',
    'The text has a form that the target refuses, or that could break out of its place.',
    'Write the text in the form described.',
  ),
  BAL2007: error('wrong-count', 'The list or map has too few or too many entries.', 'Add or remove entries.'),
  BAL2008: error(
    'unknown-kind',
    'The API group is ours, but the kind or the version is not.',
    'Use a kind and an apiVersion that this version knows.',
  ),
  BAL2009: error(
    'unnamed-object',
    'Every object in a fleet needs apiVersion, kind and metadata.name: generated names cannot be reviewed.',
    'Add the missing field.',
  ),
  BAL3001: error('duplicate-name', 'Names in a list identify its items.', 'Give each item in the list its own name.'),
  BAL3002: error('duplicate-port', 'One address, port and protocol has one listener.', 'Use another port or protocol.'),
  BAL3003: error(
    'missing-port-name',
    'Kubernetes requires a name for each port when a Service has several.',
    'Name every port.',
  ),
  BAL3004: error(
    'empty-selector',
    'A Service without a selector has no endpoints, so that the backend would never answer.',
    'Select Pods by label, or name a service or an address.',
  ),
  BAL3005: error(
    'ambiguous-backend',
    'A backend is a set of Pods, an existing Service or a fixed address: one of them.',
    'Keep one of selector, service and address.',
  ),
  BAL3006: error(
    'name-too-long',
    'Names of Services are DNS labels of at most 63 characters, after the compiler has lengthened them.',
    'Shorten the name.',
  ),
  BAL3007: error(
    'duplicate-object',
    'Two sources of one object overwrite each other in the cluster.',
    'Rename one of them or remove it.',
  ),
  BAL3008: error(
    'backup-with-method',
    'nginx refuses backup servers together with hash and random.',
    'Use RoundRobin or LeastConnections, or remove backup.',
  ),
  BAL3009: error(
    'no-live-backend',
    'nginx refuses an upstream without a primary server that takes traffic.',
    'Give at least one backend without "backup" a weight above 0.',
  ),
  BAL3010: error(
    'wrong-protocol',
    'The field has a meaning for the other protocol only; nginx refuses it or ignores it.',
    'Remove the field or change the protocol of the port.',
  ),
  BAL3011: error(
    'privileged-port',
    'A proxy in the network of its node may not set the sysctl that opens ports below 1024 for a non-root user.',
    'Use ports of 1024 and above, or leave hostNetwork off.',
  ),
  BAL3012: error(
    'old-nginx',
    'The configuration needs directives that older versions of nginx do not know.',
    'Choose nginx 1.15.9 or newer.',
  ),
  BAL3013: error(
    'unclear-nginx-version',
    'What may be emitted depends on the version of nginx in the image.',
    'Set nginxVersion to the version that the image holds.',
  ),
  BAL3014: warning(
    'stale-address',
    'nginx before 1.27.3 resolves the name of a backend once, when it starts.',
    'Restart the proxy after a Service was created anew, or choose nginx 1.27.3 or newer.',
  ),
  BAL3015: error(
    'numeric-port-needed',
    'Only a Pod has port names that Kubernetes can look up; nginx itself dials a number.',
    'Write the port as a number in targetPort.',
  ),
  BAL3016: error(
    'unusable-address',
    'Programs disagree about addresses that are not written in canonical form, and some addresses are no backends.',
    'Write a plain unicast IP address in canonical form.',
  ),
  BAL3017: error(
    'service-type',
    'Kubernetes refuses the field on a Service of this type.',
    'Change service.type or remove the field.',
  ),
  BAL3018: error(
    'old-kubernetes',
    'Older versions of Kubernetes refuse fields that the output relies on.',
    'Choose Kubernetes 1.27 or newer.',
  ),
  BAL3019: error(
    'reserved-label',
    'The label is how the parts of a Balancer find each other.',
    'Remove the label: the compiler sets it.',
  ),
  BAL3020: error(
    'forwarding-loop',
    'The backend is the proxy itself, which would forward connections to itself without end.',
    'Name backends other than the Balancer.',
  ),
  BAL3021: warning(
    'overlapping-backends',
    'Pods that are in two backends get the weight of both.',
    'Make the selectors exclusive.',
  ),
  BAL3022: error(
    'unknown-service-port',
    'The Service is in the fleet, but it has no such port.',
    'Use a port that the Service has.',
  ),
  BAL3023: warning(
    'headless-service',
    'nginx gives every address of a headless Service the full weight of the backend.',
    'Give the Service a cluster IP, or count the weight per Pod.',
  ),
  BAL3024: error(
    'request-above-limit',
    'Kubernetes refuses a container that requests more than its limit.',
    'Raise the limit or lower the request.',
  ),
  BAL3025: warning(
    'source-address-lost',
    'With externalTrafficPolicy Cluster the proxy sees the address of a node, not of the client.',
    'Set service.externalTrafficPolicy to Local, or accept the PROXY protocol.',
  ),
  BAL3026: warning(
    'no-effect',
    'The field is read, but the target cannot do what it asks for.',
    'Remove the field, or choose a target that can.',
  ),
  BAL3027: error(
    'unselectable-workload',
    'A Service selects Pods of its own namespace, by labels that they have.',
    'Put the workload into the namespace of the Balancer and select it by labels.',
  ),
  BAL3028: error(
    'same-file',
    'File names are lower case and have no special characters, so that two names can become one.',
    'Rename one of the two objects.',
  ),
  BAL3029: error(
    'hash-too-large',
    'nginx takes memory for each unit of weight of a consistent hash: 160 points of 16 bytes.',
    'Use smaller weights in the same proportion.',
  ),
  BAL3030: error(
    'invalid-toleration',
    'Kubernetes refuses a toleration whose fields do not go together.',
    'Correct the toleration.',
  ),
  BAL3031: error(
    'unclear-client',
    'A client of a NetworkPolicy is a network, or a selection of Pods and namespaces; an empty one matches nobody.',
    'Name a network, or select Pods or namespaces.',
  ),
  ...BGP_CODES,
  ...CONTROLLER_CODES,
  ...CCM_CODES,
  ...ALB_CODES,
  ...CLB_NLB_CODES,
  ...OPERATOR_CODES,
  ...ACCESS_CODES,
  ...API_RESOURCE_CODES,
  ...PHASE_MACHINE_CODES,
  ...RECONCILER_HUB_CODES,
  ...CUSTOM_API_SERVER_CODES,
  ...IMPORT_CODES,
  BAL4001: error(
    'artefact-too-large',
    'Kubernetes refuses a ConfigMap of more than 1 MiB.',
    'Split the spec, or declare less in it.',
  ),
  BAL4002: error(
    'output-too-large',
    'A few megabytes of specs can ask for gigabytes of output; no fleet of load balancers is that large.',
    'Compile parts of the fleet one by one, or declare less.',
  ),
  BAL5001: error('not-writable', 'The output could not be written.', 'Check the folder, its permissions and the disk.'),
  BAL5002: error(
    'file-in-the-way',
    'A file that the compiler did not write stands where an artefact should go.',
    'Move the file away, or choose another output folder.',
  ),
  BAL5003: error(
    'leads-outside',
    'A link, or a journal, that came with the files of a stranger would make the compiler change other folders.',
    'Remove it, or name the folder that it leads to.',
  ),
  BAL9001: error(
    'internal-error',
    'This is a fault of cdk8s-balancer.',
    'Please report it with the spec that shows it.',
  ),
} as const satisfies Readonly<Record<string, CatalogueEntry>>;

/** The code of a diagnostic. */
export type Code = keyof typeof CATALOGUE;

/** The severity of a code. */
export function severityOf(code: Code): Severity {
  return CATALOGUE[code].severity;
}
