import { type CatalogueEntry, error, warning } from './catalogue-entry';

/** What can be wrong with an ApiResource: from 3200 on. */
export const API_RESOURCE_CODES = {
  BAL3200: error(
    'schema-keyword',
    'The schema of a resource is the part of JSON Schema that a CustomResourceDefinition, an editor and TypeScript all understand.',
    'Use a keyword of docs/api-resource.md.',
  ),
  BAL3201: error(
    'idle-keyword',
    'The API server refuses a keyword that says nothing about a value of this type, or ignores it without a word.',
    'Remove the keyword, or correct the type.',
  ),
  BAL3202: error(
    'not-structural',
    'The API server takes structural schemas only: the type of every field is known, and what it does not know it drops.',
    'Say what the field holds: type, and properties, additionalProperties or items.',
  ),
  BAL3203: error(
    'unknown-required',
    'Without this field no object would ever be accepted, and the API server drops it because the schema does not know it.',
    'Add the field to properties, or take it out of required.',
  ),
  BAL3204: error(
    'list-keys',
    'The API server merges such a list by the keys of its items: each item must have them, as plain values.',
    'Choose keys that are required fields of the items, or another x-kubernetes-list-type.',
  ),
  BAL3205: warning(
    'unbounded',
    'One object could fill the API server, up to the 1.5 MiB that etcd takes.',
    'Set maxLength, maxItems or maxProperties.',
  ),
  BAL3206: error(
    'unbounded-rule',
    'The API server estimates what a rule costs from the bounds of what it may read, and refuses the whole definition where there are none.',
    'Set maxLength, maxItems or maxProperties.',
  ),
  BAL3207: error(
    'pattern',
    'The API server reads patterns with RE2, editors and TypeScript with the regular expressions of JavaScript: a pattern must be both.',
    'Write the pattern without look-around, back references and escapes that only one of them knows.',
  ),
  BAL3208: warning(
    'open-pattern',
    'A pattern without ^ and $ allows anything before and after the part that it describes.',
    'Begin the pattern with "^" and end it with "$".',
  ),
  BAL3209: error(
    'schema-too-large',
    'The API server reads and checks the schema again and again; kubectl apply keeps a copy in an annotation of at most 256 KiB.',
    'Declare fewer fields, or fewer levels.',
  ),
  BAL3210: error(
    'cel-rule',
    'The API server compiles each rule when the definition is applied, and refuses the definition where one does not compile.',
    'Correct the rule.',
  ),
  BAL3211: error(
    'newer-kubernetes',
    'Older versions of Kubernetes refuse the field or drop it without a word.',
    'Raise kubernetesVersion, or remove the field.',
  ),
  BAL3212: error(
    'storage-version',
    'Objects are kept in exactly one version, and somebody must be able to read them.',
    'Set storage to true for one version, and served for one at least.',
  ),
  BAL3213: warning(
    'lossy-version',
    'Without a conversion webhook all versions show the same object: a version drops the fields that it does not know, also when it writes.',
    'Give both versions the field.',
  ),
  BAL3214: error(
    'incompatible-versions',
    'Without a conversion webhook a value passes unchanged from one version to the other, which cannot read it.',
    'Keep the type, and give the field another name in the new version.',
  ),
  BAL3215: error(
    'reserved-group',
    'The API server refuses definitions in groups of the Kubernetes project that its API reviewers have not approved.',
    'Use a domain of your own, or give the annotation api-approved.kubernetes.io the address of the review, or "unapproved" and the reason.',
  ),
  BAL3216: warning(
    'builtin-name',
    'Under a name that Kubernetes has itself, kubectl finds the resource of Kubernetes, and never the one that is declared here.',
    'Choose another name, or expect everybody to write the name with its group.',
  ),
  BAL3217: error(
    'name-clash',
    'Names of resources are one namespace in each group: the API server leaves the later definition without the name that another has.',
    'Choose another name.',
  ),
  BAL3218: error(
    'column-path',
    'The API server finds nothing at a path that the schema does not have, so that kubectl shows an empty column.',
    'Name a field of the schema, and its type.',
  ),
  BAL3219: error(
    'scale-path',
    'The scale subresource reads and writes numbers at these paths; kubectl scale and autoscalers cannot work without them.',
    'Name integer fields below spec and status, and for labelSelectorPath a text.',
  ),
  BAL3220: warning(
    'no-status-subresource',
    'Users can write the status then, and every report of the controller counts as a change of the spec.',
    'Add "status: {}" to subresources.',
  ),
  BAL3221: error(
    'unknown-phase-machine',
    'The rules of the phases are made from the machine.',
    'Add the PhaseMachine to the fleet, or correct the name.',
  ),
  BAL3222: error(
    'phase-field',
    'The machine lives in status.phase, and stops while its pause field is true: the schema must have room for both.',
    'Leave status.phase to the machine, and declare its pause field as a boolean.',
  ),
  BAL3223: error(
    'deprecation',
    'The API server takes a warning for a deprecated version only.',
    'Set deprecated to true, or remove the warning.',
  ),
  BAL3224: error(
    'resource-name-length',
    'A CustomResourceDefinition is named by plural and group, a DNS name of at most 253 characters; kinds have at most 63.',
    'Shorten the name or the group.',
  ),
  BAL3225: error(
    'unclear-plural',
    'The plural can never be changed, and tools disagree about this one.',
    'Write names.plural.',
  ),
} as const satisfies Readonly<Record<string, CatalogueEntry>>;
