import type { BalancerSpec } from '../../spec/generated/balancer';
import type { Problems } from '../problems';
import { parseQuantity } from '../values/quantity';

/** No request is above its limit: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/ */
export function checkResources(resources: BalancerSpec['resources'], pointer: string, problems: Problems): void {
  for (const resource of ['cpu', 'memory'] as const) {
    const request = resources?.requests?.[resource];
    const limit = resources?.limits?.[resource];
    if (request === undefined || limit === undefined || parseQuantity(request) <= parseQuantity(limit)) continue;
    const message = `the request "${request}" is above the limit "${limit}"`;
    problems.add('BAL3024', `${pointer}/requests/${resource}`, message);
  }
}

/** https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#scheduling */
export function checkTolerations(tolerations: BalancerSpec['tolerations'], pointer: string, problems: Problems): void {
  tolerations?.forEach(({ key, operator = 'Equal', value, effect, tolerationSeconds }, index) => {
    const refuse = (message: string): void => problems.add('BAL3030', `${pointer}/${index}`, message);
    if (key === undefined && operator !== 'Exists') refuse('a toleration without a key needs the operator "Exists"');
    if (operator === 'Exists' && value) refuse('the operator "Exists" takes no value');
    if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
      refuse('tolerationSeconds needs the effect "NoExecute"');
    }
  });
}
