import type { Impact } from './impact';

/** What a change of a configuration does, by the name of its file or of its key in a ConfigMap. */
export interface TextRule {
  readonly name: RegExp;
  readonly impact: Impact;
  readonly reason: string;
  readonly source?: string;
  /** Lines that the program skips. */
  readonly comment?: RegExp;
}

const HASH = /^\s*(#|$)/;

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
    name: /(^|\/)(rules\.[^/]+|steer\.sh|loadbalancer-steering\.service|DEPLOY_MODEL|IN_ROUTING_TABLE|SWITCH)$/,
    impact: 'node rule change',
    reason: 'rules and routes of the node are changed one by one',
    source: 'https://man7.org/linux/man-pages/man8/ip-rule.8.html',
    comment: HASH,
  },
  {
    name: /\/switches\/[^/]+\/verify\.txt$/,
    impact: 'none',
    reason: 'commands for people',
  },
  {
    name: /\/switches\//,
    impact: 'switch change window',
    reason: 'somebody has to load it into the switch',
    comment: /^\s*([#!]|$)/,
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
    name: /\/(drain-worker\.sh|README|[^/]+\.md|[^/]+\.svg|[^/]+\.mmd|[^/]+\.ts|(sample|schema|transitions)\.(yaml|json)\.conf)$/,
    impact: 'none',
    reason: 'for people and their editors; nothing that runs reads it',
  },
];
