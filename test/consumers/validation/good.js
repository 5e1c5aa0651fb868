const { shop } = require('./shop');

shop({
  rule: { apiGroups: [''], resources: ['secrets'], verbs: ['list'] },
  annotations: { 'cdk8s-balancer.dev/ignore': 'BAL3181 it mirrors the Secrets of all teams' },
  externalIPs: { web: ['192.0.2.1'] },
  port: 80,
});
