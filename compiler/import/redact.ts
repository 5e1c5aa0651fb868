import type { LeafDifference } from '../spec/leaf-differences';
import { isPlaceholder } from './reasons';

/** Names under which people keep keys. */
const SECRET = /access-?_?key|credential|password|passwd|secret|token/i;

/** What is shown for a text that may be a key. */
const HIDDEN = '(not shown)';

/** What kubectl keeps of an object in the object: everything that stood in it. */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Whether a text may be a key, or hold one: by its own words, such as `--password=x`, or as a part of an address. */
export function mayHoldKey(text: string): boolean {
  return (SECRET.test(text) && /[=:]\s*\S/.test(text)) || /:\/\/[^/\s]*@/.test(text);
}

/** A leaf for people. Reports go to logs: values of variables and files, and texts that may hold keys, are not shown. */
export function redacted(leaf: LeafDifference): LeafDifference {
  const hide = (value: unknown): unknown => (isHidden(leaf.path, value) ? HIDDEN : value);
  return {
    ...leaf,
    ...('before' in leaf && { before: hide(leaf.before) }),
    ...('after' in leaf && { after: hide(leaf.after) }),
  };
}

function isHidden(path: string, value: unknown): boolean {
  if (typeof value !== 'string') return false;
  if (/^\/(data|stringData|binaryData)\/|\/env\/[^/]+\/value$|last-applied-configuration$/.test(path)) return true;
  // A placeholder is no key, and has to be seen.
  return !isPlaceholder(value) && mayHoldKey(value);
}
