const { shop } = require('./shop');

shop({
  rule: { apiGroups: [''], resources: ['pods'], verbs: ['*'] },
  externalIPs: { web: ['192.0.2.1'], api: ['192.0.2.1'] },
  port: 81,
});
