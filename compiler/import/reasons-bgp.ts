import { STANDS_FOR_BLANK } from './bgp-stand-ins';
import type { Rule } from './rule';

const SPEAKER = /^ConfigMap .*\bkube-gobgp-cfg$/;
const STEERING = /^ConfigMap .*\bkube-iprule-cfg$/;
const BIRD = /^bird6?\.conf /;
const OWN =
  /^(?:ConfigMap .*\bkube-(?:gobgp|iprule)-cfg|(?:StatefulSet|ServiceAccount|ClusterRole|ClusterRoleBinding|DaemonSet) .*\bloadbalancer-(?:controller|daemon)(?:set)?|Service .*\bloadbalancer|ValidatingAdmissionPolicy(?:Binding)? loadbalancer-external-ips)$/;

const BY_ITSELF = 'what gobgpd takes where nothing is said';

/** Settings that our configuration has and gobgpd takes by itself: docs/sources/configuration.md of GoBGP. */
const GOBGP_DEFAULTS: readonly Rule[] = [
  [/\/timers\/config\/connect-retry$/, /^120$/],
  [/\/timers\/config\/hold-time$/, /^90$/],
  [/\/timers\/config\/keepalive-interval$/, /^30$/],
  [/\/afi-safis\/0\/config\/afi-safi-name$/, /^ipv4-unicast$/],
  [/\/global\/config\/port$/, /^179$/],
].map(([path, after]) => ({
  object: SPEAKER,
  path: path!,
  after: after!,
  sides: 'added',
  effect: 'same',
  reason: BY_ITSELF,
}));

/** config_bgp.toml. */
const TOML_RULES: readonly Rule[] = [
  ...GOBGP_DEFAULTS,
  {
    object: SPEAKER,
    path: /\/auth-password$/,
    effect: 'lost',
    reason:
      'the password of the session: a Secret has it, in profile hardened only. Take the one that stood there out of use',
  },
  {
    object: SPEAKER,
    path: /\/neighbors\/\d+\/(?:config\/description|transport(?:\/config)?)$/,
    effect: 'same',
    reason: 'says nothing to gobgpd',
  },
  {
    object: SPEAKER,
    path: /\/graceful-restart\/config\/(?:restart-time|deferral-time)$/,
    sides: 'added',
    effect: 'changed',
    reason: 'the times of graceful restart are said: one dead switch does not silence the speaker for minutes',
  },
  {
    object: SPEAKER,
    path: /\/mp-graceful-restart\//,
    sides: 'added',
    effect: 'changed',
    reason: 'graceful restart works by address family: without this line the switch drops the routes',
  },
  {
    object: SPEAKER,
    path: /\/global\/use-multiple-paths\//,
    sides: 'missing',
    effect: 'same',
    reason: 'it is about routes that the speaker learns, and it learns none',
  },
  {
    object: SPEAKER,
    path: /\/global\/config\/router-id$/,
    effect: 'changed',
    reason: 'the address of the first master: no two speakers may have one router id',
  },
  {
    object: SPEAKER,
    path: /\/neighbors\/\d+\/(?:timers|graceful-restart|afi-safis|transport)\//,
    sides: 'changed',
    effect: 'changed',
    reason: 'the sessions with all switches have one value, that of the first',
  },
  {
    object: SPEAKER,
    path: /\/config_bgp\.toml\//,
    sides: 'missing',
    effect: 'lost',
    reason: 'no field of a BgpLoadBalancer stands for it: gobgpd takes what it takes by itself',
  },
  {
    object: SPEAKER,
    path: /\/config_bgp\.toml/,
    effect: 'changed',
    reason: 'what the spec says of speakers and switches, and config_bgp.toml did not',
  },
];

/** kube-iprule-cfg. */
const STEERING_RULES: readonly Rule[] = [
  {
    object: STEERING,
    path: /^\/data\/IN_ROUTING_TABLE$/,
    effect: 'changed',
    reason: 'the number of the table is written out: what the original takes without one is documented nowhere',
  },
  {
    object: STEERING,
    path: /^\/data\/DEPLOY_MODEL$/,
    after: /^barematel$/,
    effect: 'same',
    reason: 'the default of the original, in the spelling that its daemon compares with',
  },
  {
    object: STEERING,
    path: /^\/data\/SWITCH$/,
    effect: 'changed',
    reason: 'the address of the switch that the spec names',
  },
  {
    object: STEERING,
    path: /^\/data\/[^/]+$/,
    sides: 'missing',
    effect: 'lost',
    reason: 'the README of 002 knows no such key',
  },
];

/** bird.conf. */
const BIRD_RULES: readonly Rule[] = [
  {
    object: BIRD,
    path: /\/session with [^/]+\/.*password/,
    effect: 'lost',
    reason:
      'the password of the session: a Secret has it, in profile hardened only. Take the one that stood there out of use',
  },
  {
    object: BIRD,
    path: /^\/session with [^/]+\/(?:ipv[46]\/)?import$/,
    effect: 'changed',
    reason: 'the switch takes host routes of the pools, and no other: "import all" lets a speaker take over any route',
  },
  {
    object: BIRD,
    path: /^\/session with [^/]+\/(?:ipv[46]\/)?export$/,
    effect: 'changed',
    reason: 'the speakers have no use for the routes of the switch: "export all" gives them every one',
  },
  {
    object: BIRD,
    path: /\/add paths$/,
    effect: 'changed',
    reason: 'without it the switch learns one of several nodes: the others get no traffic',
  },
  {
    object: BIRD,
    path: /\/(?:hold time|keepalive time|connect (?:delay|retry) time|error wait time)$/,
    effect: 'changed',
    reason: 'the timers of the speakers: a dead node is noticed as soon on both ends',
  },
  {
    object: BIRD,
    path: /\/graceful restart$/,
    effect: 'changed',
    reason: 'what the speakers are told: both ends have to agree on it',
  },
  {
    object: BIRD,
    path: /\/(?:import limit|direct)$/,
    effect: 'changed',
    reason: 'bounds for what a speaker may do: its place, and the number of its routes',
  },
  {
    object: BIRD,
    path: /^\/(?!session with )/,
    sides: 'added',
    effect: 'changed',
    reason:
      'the whole file of a switch is printed: what stands around the sessions is in no file, and may be there already',
  },
  {
    object: BIRD,
    path: /^\/session with /,
    sides: 'added',
    effect: 'changed',
    reason: 'what the spec says of speakers and switches, and this file did not',
  },
  {
    object: BIRD,
    path: /./,
    effect: 'lost',
    reason: 'no field of a BgpLoadBalancer stands for it: add it to the file of the switch',
  },
];

/** Why the objects and files of a BgpLoadBalancer differ from those of 002. */
export const BGP_RULES: readonly Rule[] = [
  {
    object: BIRD,
    path: /\/(?:description|name)$/,
    effect: 'same',
    reason: 'a name for people',
  },
  {
    object: /^(?:bird6?\.conf|ConfigMap|StatefulSet|DaemonSet|ValidatingAdmissionPolicy) /,
    path: /./,
    after: STANDS_FOR_BLANK,
    effect: 'fill in',
    reason: 'a stand-in for a blank of the spec: your value comes in its place',
  },
  ...TOML_RULES,
  ...STEERING_RULES,
  ...BIRD_RULES,
  {
    object: OWN,
    path: /./,
    sides: 'added',
    effect: 'changed',
    reason: 'in no file that was read: 002 does not show its manifests, and the compiler makes its own',
  },
];
