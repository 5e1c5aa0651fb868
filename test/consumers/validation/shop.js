const { ApiObject, App, Chart } = require('cdk8s');

/** An app that uses nothing of the package: its objects are checked all the same. */
exports.shop = ({ rule, annotations, externalIPs, port }) => {
  const app = new App();
  const chart = new Chart(app, 'shop');
  const object = (id, props) => new ApiObject(chart, id, props);
  object('reader', {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'reader', annotations },
    rules: [rule],
  });
  for (const name of ['web', 'api']) {
    object(name, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace: 'shop' },
      spec: { ports: [{ port: 80 }], selector: { app: name }, externalIPs: externalIPs[name] },
    });
  }
  object('balancer', {
    apiVersion: 'exposer.hliangzhao.io/v1alpha1',
    kind: 'Balancer',
    metadata: { name: 'edge', namespace: 'shop' },
    spec: { ports: [{ port }], backends: [{ name: 'v1', weight: 1, service: { name: 'web' } }] },
  });
  app.synth();
};
