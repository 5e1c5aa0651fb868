import type { Impact } from './impact';

/** What a change of a configuration does, by the name of its file or of its key in a ConfigMap. */
export interface TextRule {
  readonly name: RegExp;
  readonly impact: Impact;
  readonly reason: string;
  readonly source?: string;
  /** Lines that the program skips. */
  readonly comment?: RegExp;
  /** What those lines are. @default comments */
  readonly comments?: string;
}

/** The first line of a script names the program that reads it. */
const HASH = /^\s*(#(?!!)|$)/;

/** Configurations, the first row that fits counts. */
export const TEXT_RULES: readonly TextRule[] = [
  {
    name: /(^|\/)announcements$/,
    impact: 'route announced',
    reason: 'speakers announce and withdraw routes',
    comment: HASH,
  },
  {
    name: /(^|\/)config_bgp\.toml$/,
    impact: 'BGP session reset',
    reason: 'gobgpd starts again with it; with graceful restart the routes stay meanwhile',
    source: 'https://github.com/metallb/metallb/issues/2368',
    // start-speaker.sh puts the password in the place of this line.
    comment: /^\s*(#(?! auth-password:)|$)/,
  },
  {
    name: /(^|\/)(start-speaker|speaker-rib)\.sh$/,
    impact: 'BGP session reset',
    reason: 'the speaker starts again',
    comment: HASH,
  },
  {
    name: /(^|\/)(rules\.(?![^/]*\.?(ya?ml|json|conf)$)[^/]+|steer\.sh|loadbalancer-steering\.service|DEPLOY_MODEL|IN_ROUTING_TABLE|SWITCH)$/,
    impact: 'node rule change',
    reason: 'rules and routes of the node are changed one by one',
    source: 'https://man7.org/linux/man-pages/man8/ip-rule.8.html',
    comment: HASH,
  },
  {
    name: /\/switches\/[^/]+\/verify\.txt$/,
    impact: 'switch change window',
    reason: 'what somebody types into the switch by hand',
    comment: /^\s*($|display\b|vtysh -c 'show\b|ip (-\d )?route show\b|birdc6?\w* show\b)/,
    comments: 'commands that show something',
  },
  {
    name: /\/switches\//,
    impact: 'switch change window',
    reason: 'somebody has to load it into the switch',
    comment: /^\s*(#(?!!)|!|$)/,
  },
  {
    name: /(^|\/)Dockerfile$/,
    impact: 'none',
    reason: 'the next build of the image reads it',
    source: 'https://docs.docker.com/reference/dockerfile/',
  },
  {
    name: /(^|\/)ram\.policy$/,
    impact: 'permissions',
    reason: 'what the RAM user or role may do',
    source: 'https://www.alibabacloud.com/help/en/ram/user-guide/policy-overview',
  },
  {
    name: /\/transitions\.(ts|json\.conf)$/,
    impact: 'unknown',
    reason: 'a controller that is built with it, or reads it, takes other steps from then on',
  },
  {
    name: /\/(drain-worker\.sh|README|[^/]+\.md|[^/]+\.svg|[^/]+\.mmd|[^/]+\.ts|(sample|schema)\.(yaml|json)\.conf)$/,
    impact: 'none',
    reason: 'for people and their editors; nothing that runs reads it',
  },
];
