import type { CollectionTag, ScalarTag } from 'yaml';
import { aliasedTooMuch } from '../spec/aliased-text';

/** The library is loaded only where it is needed: it is a good part of the time that a command takes to start. */
const yaml = (): typeof import('yaml') => require('yaml');

/** Tags of YAML 1.1 that Kubernetes' parser does not have: https://pkg.go.dev/sigs.k8s.io/yaml */
const UNKNOWN_TAGS: ReadonlySet<string> = new Set(['timestamp', 'binary', 'omap', 'pairs', 'set']);

const MAX_ALIASES = 1000;

/** Go reads both forms of an octal number: https://pkg.go.dev/strconv#ParseInt */
const OCTAL: ScalarTag = {
  identify: () => false,
  default: true,
  tag: 'tag:yaml.org,2002:int',
  test: /^[-+]?0o[0-7_]+$/,
  resolve: (text) => Number(text.replace(/[-+_]/g, '')) * (text.startsWith('-') ? -1 : 1),
};

/**
 * One document as the API server reads it: YAML 1.1, in which 0644 is octal, yes is true, and `<<` merges. Undefined where it cannot be
 * read so: whoever needs to know why parses it as a spec.
 */
export function readYaml11(text: string): unknown {
  try {
    const document = yaml().parseDocument(text, {
      version: '1.1',
      merge: true,
      uniqueKeys: false,
      logLevel: 'silent',
      customTags: (tags) => [OCTAL, ...tags.filter(isKnown)],
    });
    if (document.errors.length > 0 || aliasedTooMuch(document) !== undefined) return undefined;
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch {
    return undefined;
  }
}

function isKnown(tag: string | ScalarTag | CollectionTag): boolean {
  if (typeof tag === 'string') return !UNKNOWN_TAGS.has(tag);
  // Numbers to the base of 60: 22:22 is a text for Kubernetes.
  return (tag as ScalarTag).format !== 'TIME' && !UNKNOWN_TAGS.has(tag.tag.replace('tag:yaml.org,2002:', ''));
}
