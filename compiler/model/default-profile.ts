/** The profile of a spec that names none, of every kind. */
export const DEFAULT_PROFILE = 'hardened';
