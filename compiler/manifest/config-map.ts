import { createHash } from 'node:crypto';
import type { ConfigMap, Metadata } from './k8s';

/** Text files by name. */
export type Files = Readonly<Record<string, string>>;

/** Longest data of a ConfigMap, in bytes: https://kubernetes.io/docs/concepts/configuration/configmap/ */
export const CONFIG_MAP_BYTES = 1024 * 1024;

/** A ConfigMap that holds text files. */
export function configMap(metadata: Metadata, files: Files): ConfigMap {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: files };
}

/** A hash of names and texts alone, in any order: it changes exactly when what a Pod would mount changes. */
export function filesHash(files: Files): string {
  const hash = createHash('sha256');
  for (const name of Object.keys(files).sort()) hash.update(`${name}\0${files[name]}\0`);
  return hash.digest('hex').slice(0, 16);
}
