import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { type CacheFile, cacheFile } from '../synth/cache-file';

/** The digest of this program's code, which the bundle has; absent where the sources run. */
declare const PROGRAM: string | undefined;

/** Whether a command may use what earlier runs found out. */
export interface CacheOptions {
  /** @default true */
  readonly cache?: boolean;
}

/** The cache of a fleet; undefined where the user wants none, or where there can be none. */
export function cacheOf(paths: readonly string[], { cache = true }: CacheOptions): CacheFile | undefined {
  if (!cache || typeof PROGRAM !== 'string' || paths.includes('-')) return undefined;
  return cacheFile({ folder: join(cacheHome(process.env), 'cdk8s-balancer'), paths, program: PROGRAM });
}

/** https://specifications.freedesktop.org/basedir-spec/latest/: a relative path is to be ignored. */
function cacheHome({ XDG_CACHE_HOME, LOCALAPPDATA }: NodeJS.ProcessEnv): string {
  if (XDG_CACHE_HOME && isAbsolute(XDG_CACHE_HOME)) return XDG_CACHE_HOME;
  return LOCALAPPDATA ?? join(homedir(), '.cache');
}
