/** Names and labels of 001's objects: hliangzhao/balancer, pkg/controllers/balancer. */

/** The label by which the parts of a Balancer find each other. */
export const BALANCER_NAME_LABEL = 'balancer.exposer.hliangzhao.io/balancer-name';

/** The annotation that makes a Deployment roll when the rendered configuration changes. */
export const CONFIG_HASH_ANNOTATION = 'balancer.exposer.hliangzhao.io/configmap-hash';

/** Longest DNS label (RFC 1035, section 2.3.4): the limit for the name of a Service. */
export const DNS_LABEL_LENGTH = 63;

/** The ConfigMap that holds nginx.conf. */
export function configMapName(balancer: string): string {
  return `${balancer}-proxy-configmap`;
}

/** The Deployment of nginx. No hyphen: that is what the original controller creates. */
export function deploymentName(balancer: string): string {
  return `${balancer}proxy`;
}

/** The Service of one backend. */
export function backendServiceName(balancer: string, backend: string): string {
  return `${balancer}-${backend}-backend`;
}

/** The name under which a Service is found from any Pod of the cluster. */
export function serviceDomainName(name: string, namespace: string, clusterDomain: string): string {
  return `${name}.${namespace}.svc.${clusterDomain}`;
}

/** The labels of the parts of a hardened Balancer: https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
export function standardLabels(balancer: string, component: string): Readonly<Record<string, string>> {
  return {
    'app.kubernetes.io/name': 'balancer',
    'app.kubernetes.io/instance': balancer,
    'app.kubernetes.io/component': component,
    'app.kubernetes.io/managed-by': 'cdk8s-balancer',
  };
}

/** The labels of the proxy's Pods. The user's own are not among them: a backend could select them. */
export function proxyPodLabels(balancer: string, profile: 'hardened' | 'upstream'): Readonly<Record<string, string>> {
  const marked = { [BALANCER_NAME_LABEL]: balancer };
  return profile === 'upstream' ? marked : { ...standardLabels(balancer, 'proxy'), ...marked };
}
