/** A version of nginx: major, minor, patch. */
export type NginxVersion = readonly [number, number, number];

/** The oldest nginx that the rendered directives work with: the one of the original controller. */
export const OLDEST_NGINX: NginxVersion = [1, 15, 9];

/** From when on nginx can do what we use where it is there. Source: https://nginx.org/en/CHANGES */
const FEATURES = {
  /** `server NAME resolve` in the open source version follows a name whose address changes. */
  resolve: [1, 27, 3],
  /** `resolver ... ipv4=off`. */
  resolverIpv4Off: [1, 23, 1],
  /** The command line flag `-e`: where errors go before the configuration is read. */
  errorLogFlag: [1, 19, 5],
} as const satisfies Readonly<Record<string, NginxVersion>>;

/** Whether a version of nginx has a feature. */
export function hasFeature(version: NginxVersion, feature: keyof typeof FEATURES): boolean {
  return compareVersions(version, FEATURES[feature]) >= 0;
}

/** Reads "1.30.1"; the form was checked by the schema. */
export function parseVersion(text: string): NginxVersion {
  const [major = 0, minor = 0, patch = 0] = text.split('.').map(Number);
  return [major, minor, patch];
}

/** Negative, zero or positive, as for Array.sort. */
export function compareVersions(a: NginxVersion, b: NginxVersion): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

/** The version that the tag of an official image names, such as "nginx:1.30.1-alpine"; undefined where it says nothing. */
export function versionOfImage(image: string): string | undefined {
  return /(?:^|\/)nginx(?:-unprivileged)?:(\d{1,3}\.\d{1,3}\.\d{1,3})(?:[-@]|$)/.exec(image)?.[1];
}
