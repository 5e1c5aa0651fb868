import { type AlibabaServiceModel, type ListenerModel, valueAt } from '../../model/alibaba-service/alibaba-service';
import {
  type AnnotationForm,
  annotationName,
  annotationsOf,
} from '../../model/alibaba-service/alibaba-service-annotations';
import type { AlibabaClbDomain, AlibabaNlbZoneMap } from '../../spec/generated/load-balancer-service';

/** What the annotations depend on: what the spec says itself, so that they are known before the services are linked. */
export type AnnotatedService = Pick<AlibabaServiceModel, 'product' | 'settings' | 'listeners'>;

/** The annotations of a Service of Alibaba Cloud, in the order of their names: ALIBABA_SERVICE_ANNOTATIONS, read as a table. */
export function alibabaAnnotations({
  product,
  settings,
  listeners,
}: AnnotatedService): Readonly<Record<string, string>> {
  const texts = annotationsOf(product).flatMap((entry): [string, string][] => {
    const text = entry.path.startsWith('ports[]')
      ? listenersText(entry.form, listeners)
      : valueText(entry.form, valueAt(settings, entry.path));
    return text === undefined ? [] : [[annotationName(entry), text]];
  });
  return Object.fromEntries(texts.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function valueText(form: AnnotationForm, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  switch (form) {
    case 'on-off':
      return value === true ? 'on' : 'off';
    case 'true-or-absent':
      return value === true ? 'true' : undefined;
    case 'list':
      return (value as readonly string[]).join(',');
    case 'pairs':
      return pairsText(value as Readonly<Record<string, string>>);
    case 'zone-maps':
      return (value as readonly AlibabaNlbZoneMap[]).map(zoneText).join(',');
    case 'domains':
      return (value as readonly AlibabaClbDomain[])
        .map(({ domain, certificateId }) => `${domain}:${certificateId}`)
        .join(',');
    default:
      return String(value);
  }
}

/** No annotation for an empty map: the controller would take it for nothing at all. */
function pairsText(pairs: Readonly<Record<string, string>>): string | undefined {
  const texts = Object.entries(pairs).map(([key, value]) => `${key}=${value}`);
  return texts.length === 0 ? undefined : texts.join(',');
}

/** Source: nlbv2/loadbalancer.go, parseZoneMappings: parts by their place, an empty one for what is not said. */
function zoneText({ zone, vswitchId, privateAddress = '', allocationId = '' }: AlibabaNlbZoneMap): string {
  return [zone, vswitchId, privateAddress, allocationId].join(':').replace(/:+$/, '');
}

function listenersText(form: AnnotationForm, listeners: readonly ListenerModel[]): string | undefined {
  const texts = listeners.flatMap((listener) => listenerText(form, listener) ?? []);
  return texts.length === 0 ? undefined : texts.join(',');
}

function listenerText(form: AnnotationForm, listener: ListenerModel): string | undefined {
  const { port, protocol, redirectTo, serverGroup, range } = listener;
  switch (form) {
    case 'port-protocols':
      // A CLB's controller knows lower case only, an NLB's takes both.
      return protocol && `${protocol.toLowerCase()}:${port}`;
    case 'port-redirects':
      return redirectTo === undefined ? undefined : `${port}:${redirectTo}`;
    case 'port-groups':
      return serverGroup && `${serverGroup}:${port}`;
    case 'port-ranges':
      return range && `${range.first}-${range.last}:${port}`;
    default:
      return undefined;
  }
}
