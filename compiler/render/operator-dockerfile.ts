import type { BalancerOperatorModel } from '../model/operator/balancer-operator';
import { renderTemplate } from './template';

/** The user "nonroot" of gcr.io/distroless: https://github.com/GoogleContainerTools/distroless */
export const NONROOT_USER = 65532;

/** The Dockerfile of the manager: that of 001's build log, or one with its images and its modules pinned. */
export function operatorDockerfile({ profile, build }: BalancerOperatorModel): string {
  const view = {
    go: imageView(build.goImage),
    base: imageView(build.baseImage),
    mainFile: build.mainFile,
    user: NONROOT_USER,
  };
  return renderTemplate(profile === 'upstream' ? 'operator/dockerfile-upstream' : 'operator/dockerfile-hardened', view);
}

function imageView(image: string): { readonly name: string; readonly digest: string | null } {
  const [name = '', digest] = image.split('@');
  return { name, digest: digest ?? null };
}
