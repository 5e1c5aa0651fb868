const { Chart, Testing } = require('cdk8s');
const { Balancer } = require('cdk8s-balancer');
const { CATALOGUE, compileAll, printDocuments } = require('cdk8s-balancer/compiler');
const schema = require('cdk8s-balancer/schemas/balancer.schema.json');
const { version } = require('cdk8s-balancer/package.json');

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
for (const value of [CATALOGUE.BAL1001, compileAll, printDocuments, schema.$schema, version]) {
  if (value === undefined) throw new Error('an export is missing');
}
console.log(JSON.stringify(Testing.synth(chart)));
