import { pointerTo } from '../../spec/document';
import type { LoadBalancerServiceMetadata } from '../../spec/generated/load-balancer-service';
import type { Problems } from '../problems';
import { type AlibabaProduct, PROVIDER_FIELD } from './alibaba-service';
import {
  ALIBABA_SERVICE_ANNOTATIONS,
  type AlibabaServiceAnnotation,
  ANNOTATION_PREFIX,
  annotationName,
  annotationsOf,
  LEGACY_PREFIX,
} from './alibaba-service-annotations';
import { ALIBABA_SERVICE_LEFT_OUT } from './alibaba-service-left-out';

/** Refuses what Alibaba Cloud's controllers read in the metadata, and names the field for it. */
export function checkRawAnnotations(
  { annotations = {}, labels = {} }: LoadBalancerServiceMetadata,
  product: AlibabaProduct,
  problems: Problems,
): void {
  for (const name of Object.keys(annotations)) {
    const advice = adviceFor(name, product);
    if (advice !== undefined) problems.add('BAL3132', pointerTo('/metadata/annotations', name), `"${name}": ${advice}`);
  }
  for (const { name, kind, reason } of ALIBABA_SERVICE_LEFT_OUT) {
    if (kind !== 'label' || !(name in labels)) continue;
    problems.add('BAL3132', pointerTo('/metadata/labels', name), `"${name}": ${reason}`);
  }
}

/** What to write in place of an annotation; undefined for one that no controller of Alibaba Cloud reads. */
function adviceFor(name: string, product: AlibabaProduct): string | undefined {
  const suffix = [ANNOTATION_PREFIX, LEGACY_PREFIX].flatMap((prefix) => {
    return name.startsWith(prefix) ? [name.slice(prefix.length)] : [];
  })[0];
  const isNamed = (entry: AlibabaServiceAnnotation): boolean =>
    annotationName(entry) === name || (entry.prefix === undefined && entry.suffix === suffix);
  const own = annotationsOf(product).find(isNamed);
  if (own !== undefined) return `the field for it is ${fieldOf(own, product)}`;
  const leftOut = ALIBABA_SERVICE_LEFT_OUT.find((entry) => {
    return entry.kind === 'annotation' && entry.name === suffix && (entry.product ?? product) === product;
  });
  if (leftOut !== undefined) return leftOut.reason;
  const other = ALIBABA_SERVICE_ANNOTATIONS.find(isNamed);
  if (other !== undefined) return `it is for ${PROVIDER_FIELD[product === 'clb' ? 'nlb' : 'clb']} only`;
  return suffix === undefined ? undefined : 'no controller that is known reads it';
}

function fieldOf({ path }: AlibabaServiceAnnotation, product: AlibabaProduct): string {
  return path.startsWith('ports[]') ? `spec.${path}` : `spec.provider.${PROVIDER_FIELD[product]}.${path}`;
}
