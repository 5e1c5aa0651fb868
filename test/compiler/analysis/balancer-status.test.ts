import { expect, test } from 'vitest';
import { balancerStatus } from '../../../compiler/analysis/balancer-status';
import { resolveBalancer } from '../../../compiler/model/balancer/resolve-balancer';
import { BALANCER_NAME_LABEL } from '../../../compiler/model/values/names';
import { documentFromData } from '../../../compiler/spec/document';
import type { Balancer } from '../../../compiler/spec/generated/balancer';

const content: Balancer = {
  apiVersion: 'exposer.hliangzhao.io/v1alpha1',
  kind: 'Balancer',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    ports: [{ port: 80 }],
    backends: [
      { name: 'v1', weight: 1, selector: { version: 'v1' } },
      { name: 'v2', weight: 1, selector: { version: 'v2' } },
      { name: 'vm', weight: 1, address: '192.0.2.1' },
    ],
  },
};
const model = resolveBalancer(content, documentFromData('test', content), () => expect.unreachable())!;

const service = (name: string, namespace = 'shop', owner = 'web') => ({
  metadata: { name, namespace, labels: { [BALANCER_NAME_LABEL]: owner } },
});

test.each([
  ['nothing exists yet', [], 0, 0],
  ['all exist', [service('web-v1-backend'), service('web-v2-backend')], 2, 0],
  ['one is missing, one is left over', [service('web-v1-backend'), service('web-v0-backend')], 1, 1],
  ['the same name in another namespace is not ours', [service('web-v1-backend', 'other')], 0, 0],
  ['the backend of another Balancer is not ours', [service('api-v1-backend', 'shop', 'api')], 0, 0],
  ['a Service without labels is not ours', [{ metadata: { name: 'web-v1-backend', namespace: 'shop' } }], 0, 0],
])('%s', (_, services, activeBackendsNum, obsoleteBackendsNum) => {
  expect(balancerStatus(model, services)).toEqual({ activeBackendsNum, obsoleteBackendsNum });
});
