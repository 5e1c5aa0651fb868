import { configMapName } from '../model/values/names';
import type { Source } from '../spec/document';
import { ownersIn } from './backends-in-nginx-conf';
import { balancerFromParts } from './balancer-from-parts';
import { portsIn } from './ports-in-nginx-conf';
import { readNginxConf } from './read-nginx-conf';
import { blank, type Recognised } from './recognised';

/** The first word of an nginx.conf that has another name. */
const FIRST = /^(?:\s|#[^\n]*\n)*(?:stream|events|http|user|worker_[a-z_]+|load_module|pid)\b[^:\n]*[;{]/;

/** An nginx.conf, by its name or by how it begins. */
export function isNginxConf({ file, text }: Source): boolean {
  if (/\.(ya?ml|json)$/i.test(file)) return false;
  return /nginx[^\\/]*\.conf$/i.test(file) || FIRST.test(text);
}

/** The Balancers for files that are an nginx.conf. They say neither the name of a Balancer nor the Pods behind it: those stay blank. */
export function importNginxConfs(sources: readonly Source[]): readonly Recognised[] {
  return sources.map(({ text }) => {
    const conf = readNginxConf(text);
    const owners = ownersIn(portsIn(conf)).map(({ name }) => `"${name}"`);
    const owner = ownersIn(portsIn(conf))[0] ?? { name: 'placeholder' };
    const nameReason =
      owners.length === 0
        ? 'nginx.conf does not say it'
        : `the names of the servers go with ${owners.join(' or ')}; the backends are called after the rest`;
    const written = balancerFromParts({ ...owner, nameReason, conf, backends: new Map() });
    const confText = text;
    const original = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: configMapName(owner.name) },
      data: { 'nginx.conf': text },
    };
    if (written === undefined) return { ...blankBalancer(), originals: [original], compared: [], confText };
    const { spec, compared, missing, names } = written;
    return { spec, consumed: [], missing, originals: [original], compared: [compared], confText, upstreams: names };
  });
}

/** For a conf of which nothing can be taken over: everything in it is told as lost. */
function blankBalancer(): Pick<Recognised, 'spec' | 'consumed' | 'missing'> {
  const none = 'nginx.conf says nothing that a Balancer has: streams to servers by weight';
  return {
    spec: {
      apiVersion: 'exposer.hliangzhao.io/v1alpha1',
      kind: 'Balancer',
      metadata: { name: blank('NAME') },
      spec: {
        profile: 'upstream',
        delivery: 'objects',
        ports: [{ port: blank('PORT') }],
        backends: [{ name: blank('BACKEND_1'), weight: blank('WEIGHT_1'), selector: { app: blank('APP_1') } }],
      },
    },
    consumed: [],
    missing: ['/metadata/name', '/spec/ports', '/spec/backends'].map((path) => ({ path, reason: none })),
  };
}
