import { compareVersions, hasFeature, parseVersion } from '../compiler/model/balancer/nginx-version';

/** Words that younger versions of nginx brought, and how to take each out of a configuration. */
const NEWER_WORDS = [
  { word: 'resolve', feature: 'resolve', pattern: /^([ \t]*server[ \t][^;{}]*?)[ \t]+resolve(?=[ \t;])/gm },
  { word: 'ipv4=off', feature: 'resolverIpv4Off', pattern: /^([ \t]*resolver[ \t][^;{}]*?)[ \t]+ipv4=off(?=[ \t;])/gm },
] as const;

/**
 * A configuration for the nginx `target` as an older `version` can read it: without the words that came in between,
 * which are told. Unmodified where the target is not newer.
 */
export function withoutNewerWords(
  conf: string,
  { version, target }: { readonly version: string; readonly target: string },
): { readonly text: string; readonly leftOut: readonly string[] } {
  const [known, wanted] = [parseVersion(version), parseVersion(target)];
  if (compareVersions(wanted, known) <= 0) return { text: conf, leftOut: [] };
  const newer = NEWER_WORDS.filter(
    ({ feature, pattern }) => !hasFeature(known, feature) && conf.search(pattern) !== -1,
  );
  const text = newer.reduce((rest, { pattern }) => rest.replace(pattern, '$1'), conf);
  return { text, leftOut: newer.map(({ word }) => word) };
}
