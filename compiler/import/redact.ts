import type { LeafDifference } from '../spec/leaf-differences';
import { isPlaceholder } from './placeholder';

/** Names under which people keep keys. */
const SECRET = /access-?_?key|credential|password|passwd|secret|token/i;

/** What is shown for a text that may be a key. */
const HIDDEN = '(not shown)';

/** Fields of an nginx.conf that hold no keys: others may, such as headers. */
const OPEN_CONF =
  /^\/data\/nginx\.conf\/(.*\/)?((server \d+|listen( \d+)?)\/[^/]+|(proxy_(pass|timeout|connect_timeout|responses|protocol|next_upstream)|worker_(connections|processes|shutdown_timeout|rlimit_nofile)|least_conn|hash|random|zone|resolver|include|access_log|log_format|error_log|pid|ssl_preread|tcp_nodelay|set_real_ip_from|syntax error)( \d+)?)$/;

/** What kubectl keeps of an object in the object: everything that stood in it. */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Whether a text may be a key, or hold one: by its own words, such as `--password=x`, or as a part of an address. */
export function mayHoldKey(text: string): boolean {
  return (SECRET.test(text) && /[=:]\s*\S/.test(text)) || /:\/\/[^/\s]*@/.test(text);
}

/** Words of a command line, without those behind a flag such as `--password`. */
export function withoutKeys(words: readonly unknown[]): readonly unknown[] {
  return words.map((word, index) => {
    const before = words[index - 1];
    return typeof before === 'string' && /^-/.test(before) && SECRET.test(before) && !before.includes('=')
      ? HIDDEN
      : word;
  });
}

/** A leaf for people. Reports go to logs: values of variables and files, and texts that may hold keys, are not shown. */
export function redacted(leaf: LeafDifference): LeafDifference {
  const hide = (value: unknown): unknown => (isHidden(leaf, value) ? HIDDEN : value);
  return {
    ...leaf,
    ...('before' in leaf && { before: hide(leaf.before) }),
    ...('after' in leaf && { after: hide(leaf.after) }),
  };
}

/** Settings that are no keys: those of 002's README, and what was read of the configurations of 002's programs. */
const SHOWN = [
  { object: /^ConfigMap .*\bkube-iprule-cfg$/, path: /^\/data\/(?:SWITCH|DEPLOY_MODEL|IN_ROUTING_TABLE)$/ },
  { object: /^ConfigMap .*\bkube-gobgp-cfg$/, path: /^\/data\/config_bgp\.toml(?!.*\/line \d+$)(?:\/|$)/ },
];

function isHidden({ object, path }: LeafDifference, value: unknown): boolean {
  const isShown = SHOWN.some((known) => known.object.test(object) && known.path.test(path));
  const isOfFile = isShown || /^bird6?\.conf /.test(object);
  // A password may be a number too.
  if (isOfFile && (SECRET.test(path) || /\/(?:statement|block)(?: \d+)?(?:\/|$)/.test(path))) return true;
  if (OPEN_CONF.test(path)) return typeof value === 'string' && mayHoldKey(value);
  if (/^\/(data|stringData|binaryData)\//.test(path) && !isShown) return true;
  if (typeof value !== 'string') return false;
  if (/\/env\/[^/]+\/value$|last-applied-configuration$/.test(path)) return true;
  // A placeholder is no key, and has to be seen.
  return !isPlaceholder(value) && mayHoldKey(value);
}
