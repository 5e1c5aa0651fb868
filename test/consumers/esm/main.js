import { Chart, Testing } from 'cdk8s';
import {
  Balancer,
  BalancerService,
  ClusterRole,
  DiagnosticsError,
  FleetApp,
  NginxProxy,
  RenderedConfigMap,
  Role,
  ServiceAccount,
  simulate,
} from 'cdk8s-balancer';
import { CATALOGUE, compileAll, formatText, load, printDocuments, validate } from 'cdk8s-balancer/compiler';
import schema from 'cdk8s-balancer/schemas/balancer.schema.json' with { type: 'json' };

const chart = new Chart(Testing.app(), 'shop', { namespace: 'shop' });
new Balancer(chart, 'web', {
  replicas: 2,
  ports: [
    { name: 'http', port: 80, targetPort: 8080 },
    { name: 'dns', port: 53, protocol: 'UDP', targetPort: 'dns' },
  ],
  backends: [
    { name: 'v1', weight: 90, selector: { app: 'web', version: 'v1' } },
    { name: 'v2', weight: 10, selector: { app: 'web', version: 'v2' }, maxFails: 3 },
  ],
});
const exported = [BalancerService, ClusterRole, DiagnosticsError, FleetApp, NginxProxy, RenderedConfigMap, Role];
exported.push(ServiceAccount, simulate, CATALOGUE, compileAll, formatText, load, printDocuments, validate, schema);
if (exported.includes(undefined)) throw new Error('an export is missing');
console.log(JSON.stringify(Testing.synth(chart)));
