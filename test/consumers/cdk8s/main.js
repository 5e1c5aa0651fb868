const { App, Chart } = require('cdk8s');
const { Balancer } = require('cdk8s-balancer');

const app = new App();
const chart = new Chart(app, 'shop', { namespace: 'shop' });
const balancer = new Balancer(chart, 'web', {
  replicas: 2,
  ports: [
    { name: 'http', port: 80, targetPort: 8080 },
    { name: 'dns', port: 53, protocol: 'UDP', targetPort: 'dns' },
  ],
});
balancer.addBackend({ name: 'v1', weight: 90, selector: { app: 'web', version: 'v1' } });
balancer.addBackend({ name: 'v2', weight: 10, selector: { app: 'web', version: 'v2' }, maxFails: 3 });
app.synth();
