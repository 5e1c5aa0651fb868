import type { BgpLoadBalancerModel } from '../../model/bgp/bgp-load-balancer';
import { addressesOf } from '../../model/values/ip-network';
import type { KubernetesObject, Metadata, ValidatingAdmissionPolicy, ValidatingAdmissionPolicyBinding } from '../k8s';

/** What of a model the policy depends on. */
type ExternalIPPolicyModel = Pick<BgpLoadBalancerModel, 'name' | 'namespace' | 'kubernetesMinor' | 'pools'>;

/**
 * Lets Services take the addresses of the pools as externalIPs and no others (CVE-2020-8554); nothing before Kubernetes 1.28.
 * https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
export function externalIPPolicy(model: ExternalIPPolicyModel, metadata: Metadata): KubernetesObject[] {
  const { kubernetesMinor, pools } = model;
  if (kubernetesMinor < 28) return [];
  const apiVersion = `admissionregistration.k8s.io/${kubernetesMinor < 30 ? 'v1beta1' : 'v1'}`;
  const policy: ValidatingAdmissionPolicy = {
    apiVersion,
    kind: 'ValidatingAdmissionPolicy',
    metadata,
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        resourceRules: [
          { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['services'] },
        ],
      },
      variables: [
        { name: 'declared', expression: listOf(pools.flatMap(({ networks }) => networks.flatMap(addressesOf))) },
        { name: 'present', expression: externalIPsOf('oldObject', 'oldObject != null && ') },
        { name: 'wanted', expression: externalIPsOf('object') },
        {
          name: 'refused',
          // An address that a Service had before stays: other changes to it, its end included, must not fail.
          expression: 'variables.wanted.filter(ip, !(ip in variables.declared) && !(ip in variables.present))',
        },
      ],
      validations: [{ expression: 'size(variables.refused) == 0', ...answer(model) }],
    },
  };
  const binding: ValidatingAdmissionPolicyBinding = {
    apiVersion,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata,
    spec: { policyName: metadata.name, validationActions: ['Deny'] },
  };
  return [policy, binding];
}

/**
 * A CEL list with one address per line, so that one more address is one more line. It is compared as text: one address has
 * many forms ("010.1.2.3"), which do not mean the same to all programs. CEL's cidr() came with Kubernetes 1.31 only.
 */
function listOf(addresses: readonly string[]): string {
  return ['[', ...addresses.map((address) => `  '${address}',`), ']'].join('\n');
}

function externalIPsOf(object: 'object' | 'oldObject', condition = ''): string {
  return `${condition}has(${object}.spec.externalIPs) ? ${object}.spec.externalIPs : []`;
}

function answer({ name, namespace }: ExternalIPPolicyModel): {
  readonly message: string;
  readonly messageExpression: string;
  readonly reason: 'Forbidden';
} {
  const message = `externalIPs must be addresses of the pools of BgpLoadBalancer ${namespace}/${name}`;
  return {
    message,
    messageExpression: `'${message}, not ' + variables.refused.join(', ')`,
    reason: 'Forbidden',
  };
}
