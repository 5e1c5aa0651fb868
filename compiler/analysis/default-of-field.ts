import type { FieldSchema } from './spec-variants';

/** What is filled in for fields of a spec, by profile: values by name, some with objects in them. */
export type DefaultsByProfile = Readonly<Record<'hardened' | 'upstream', Readonly<Record<string, unknown>>>>;

/** The same for fields of objects and items that a spec may lack, by path: `ports[].idleTimeoutSeconds`. */
export type InnerDefaults = Readonly<Record<string, Readonly<Partial<Record<'hardened' | 'upstream', unknown>>>>>;

/** All that is known of the defaults of a kind. */
export interface KindDefaults {
  readonly defaults: DefaultsByProfile;
  readonly innerDefaults?: InnerDefaults;
}

/** Where a spec has this object, it replaces the default as a whole. */
const WHOLE = 'resources';

/**
 * The defaults of a field by its path below `spec`, lists with `[]`; undefined where there is none. An object has none where
 * its fields have theirs: it may be one that switches something on by being there.
 */
export function defaultOfField(
  { defaults, innerDefaults = {} }: KindDefaults,
  field: FieldSchema,
  path: string,
): { readonly hardened: unknown; readonly upstream: unknown } | undefined {
  const keys = path.split('.');
  if (keys.slice(0, -1).includes(WHOLE)) return undefined;
  if (field.properties !== undefined && keys.at(-1) !== WHOLE && !(path in innerDefaults)) return undefined;
  const at = (profile: 'hardened' | 'upstream'): unknown =>
    innerDefaults[path]?.[profile] ?? keys.reduce<unknown>(within, defaults[profile]);
  const found = { hardened: at('hardened'), upstream: at('upstream') };
  return found.hardened === undefined && found.upstream === undefined ? undefined : found;
}

function within(at: unknown, key: string): unknown {
  return (at as Readonly<Record<string, unknown>> | undefined)?.[key];
}
