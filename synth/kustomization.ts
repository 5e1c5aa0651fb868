import { type Artefact, HEADER } from '../compiler/manifest/artefact';
import { KUSTOMIZATION_FILE } from './sums-file';

/** The artefacts, and a kustomization that names their manifests in the order of applying: https://kubectl.docs.kubernetes.io/references/kustomize/ */
export function* withKustomization(artefacts: Iterable<Artefact>): Generator<Artefact> {
  const manifests: Pick<Artefact, 'path' | 'rank'>[] = [];
  for (const artefact of artefacts) {
    if (artefact.rank !== undefined) manifests.push({ path: artefact.path, rank: artefact.rank });
    yield artefact;
  }
  const paths = manifests.sort(byRank).map(({ path }) => `  - ${path}\n`);
  yield { path: KUSTOMIZATION_FILE, text: kustomization(paths.join('')) };
}

/** Without `fifo` kustomize has an order of its own, which knows nothing of custom resources. */
function kustomization(resources: string): string {
  return `${HEADER}apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
${resources}sortOptions:
  order: fifo
`;
}

function byRank(a: Pick<Artefact, 'path' | 'rank'>, b: Pick<Artefact, 'path' | 'rank'>): number {
  return (a.rank ?? 0) - (b.rank ?? 0) || (a.path < b.path ? -1 : 1);
}
