import type { BalancerSpec } from '../../spec/generated/balancer';
import type { Problems } from '../problems';
import type { Profile } from './balancer';
import { BALANCER_DEFAULTS } from './balancer-defaults';
import { compareVersions, type NginxVersion, OLDEST_NGINX, parseVersion, versionOfImage } from './nginx-version';

/** The image of nginx, and the version that is in it. */
interface NginxImage {
  readonly image: string;
  readonly version: NginxVersion;
}

/** Image and version from whichever of the two is given; what one says must not contradict the other. */
export function resolveNginxVersion(spec: BalancerSpec, profile: Profile, problems: Problems): NginxImage {
  const tagged = spec.image === undefined ? undefined : versionOfImage(spec.image);
  const fallback = BALANCER_DEFAULTS[profile].nginxVersion!;
  const text = spec.nginxVersion ?? tagged ?? fallback;
  const version = parseVersion(text);
  if (spec.image !== undefined && spec.nginxVersion === undefined && tagged === undefined) {
    problems.add('BAL3013', '/spec/image', `the image "${spec.image}" does not tell the version of its nginx`);
  }
  if (spec.nginxVersion !== undefined && tagged !== undefined && tagged !== spec.nginxVersion) {
    const message = `nginxVersion is "${spec.nginxVersion}", but the image "${spec.image}" says "${tagged}"`;
    problems.add('BAL3013', '/spec/nginxVersion', message, [
      { message: 'the image is named here', location: problems.locate('/spec/image') },
    ]);
  }
  if (compareVersions(version, OLDEST_NGINX) < 0) {
    const pointer = spec.nginxVersion === undefined ? '/spec/image' : '/spec/nginxVersion';
    problems.add('BAL3012', pointer, `nginx "${text}" is older than ${OLDEST_NGINX.join('.')}`);
  }
  return { image: spec.image ?? `nginx:${text}`, version };
}
