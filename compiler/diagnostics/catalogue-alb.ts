import { type CatalogueEntry, error, warning } from './catalogue-entry';

/** What can be wrong with the meaning of an AlbIngress: the API server checks nothing of an AlbConfig. */
export const ALB_CODES = {
  BAL3100: error(
    'alb-reference',
    'An Ingress finds its load balancer by one IngressClass, and that by one AlbConfig.',
    'Declare a loadBalancer, or name an existing albConfig or ingressClassName.',
  ),
  BAL3101: error(
    'alb-zones',
    'An ALB instance has vSwitches in two zones at least; the controller refuses fewer.',
    'Name vSwitches of two different zones in zoneMappings.',
  ),
  BAL3102: error(
    'alb-override-without-id',
    'Only an existing ALB instance, named by its id, can be overwritten.',
    'Set id, or remove the field.',
  ),
  BAL3103: warning(
    'alb-override',
    'Listeners of the existing instance that others made are overwritten, and their traffic stops.',
    'Remove the field unless everything on this instance is declared here.',
  ),
  BAL3104: error(
    'alb-address',
    'Public addresses, EIPs and bandwidth belong to a load balancer that is reached from the Internet, in every zone.',
    'Make the fields fit addressType and addressIpVersion.',
  ),
  BAL3105: error(
    'alb-settings',
    'Alibaba Cloud refuses the combination, or keeps the name for itself.',
    'Correct or remove the field.',
  ),
  BAL3106: warning(
    'alb-no-access-log',
    'Nobody can tell afterwards who asked for what.',
    'Set accessLogConfig to a project of Simple Log Service.',
  ),
  BAL3107: error(
    'alb-certificates',
    'HTTPS and QUIC need certificates, one of them for clients that name no host; HTTP has none.',
    'List the certificates, and set isDefault of one, or give an Ingress tls.',
  ),
  BAL3108: error(
    'alb-listener-protocol',
    'The setting has a meaning for another protocol only.',
    'Remove the field, or change the protocol of the listener.',
  ),
  BAL3109: error(
    'alb-client-certificates',
    'Clients are known by a certificate only where the listener asks for one and knows who signs it.',
    'Set caEnabled and caCertificates, or remove the field.',
  ),
  BAL3110: error(
    'alb-quic',
    'Clients change to QUIC on a listener that exists and is named by its id.',
    'Declare the QUIC listener, and name its id in quicListenerId.',
  ),
  BAL3111: error(
    'alb-acl',
    'An empty white list lets everybody in, and the controller takes entries or existing lists, not both.',
    'Give the list aclEntries or aclIds.',
  ),
  BAL3112: error(
    'alb-action',
    'An action is of one type and has what this type needs; the controller sends anything else to ALB, which refuses it.',
    'Correct the action.',
  ),
  BAL3113: error(
    'alb-listener-log',
    'Headers and traces are recorded in the access log of the load balancer.',
    'Set accessLogConfig and tracingEnabled, or remove the field.',
  ),
  BAL3114: warning(
    'alb-unread',
    'The controller of 000 does not do what the field says.',
    'Remove the field, or use a controller that reads it.',
  ),
  BAL3115: warning(
    'alb-weak-tls',
    'TLS 1.0 and 1.1 are deprecated (RFC 8996).',
    'Use tls_cipher_policy_1_2_strict_with_1_3, or another policy from TLS 1.2 on.',
  ),
  BAL3116: error(
    'alb-undeclared-listener',
    'The controller adds a listener to the AlbConfig in the cluster, and what is applied from Git takes it away.',
    'Declare the listener, or correct listenPorts.',
  ),
  BAL3117: error(
    'alb-ssl-redirect',
    'The redirect goes to port 443, where the Ingress has to have a rule.',
    'Give the Ingress tls, or add HTTPS 443 to listenPorts.',
  ),
  BAL3118: error(
    'alb-canary',
    'The controller drops a canary without a main rule, and ignores or refuses criteria that do not go together.',
    'Give the canary one criterion, and the same host and path as an Ingress without canary.',
  ),
  BAL3119: error(
    'alb-order',
    'Rules are tried in the order of their Ingresses, each place for one of them; the first that fits takes the request.',
    'Change order.',
  ),
  BAL3120: error(
    'alb-sticky-session',
    'ALB inserts a cookie of its own for a time, or rewrites the cookie that it is told.',
    'Use cookieTimeoutSeconds with type Insert, and cookie with type Server.',
  ),
  BAL3121: error(
    'alb-path',
    'The controller or ALB refuses the path, or compares it in another way than it looks.',
    'Correct the path, its pathType, useRegex or rewriteTarget.',
  ),
  BAL3122: error(
    'alb-backend',
    'ALB cannot talk to the backends in this way.',
    'Make scheduler and uchValue, or protocol and listeners, go together.',
  ),
  BAL3123: error(
    'alb-health-check',
    'A check asks only what its protocol knows.',
    'Remove the field, or change the protocol of the check.',
  ),
  BAL3124: error(
    'alb-traffic-limit',
    'The controller refuses the limit, and with it all rules of the listener.',
    'Set qps, or perIpQps below it, in one place.',
  ),
  BAL3125: error(
    'alb-forwarding',
    'Conditions and actions are annotations with the name of a service; the controller looks them up by the paths of the Ingress.',
    'Name a service of the paths, and leave out the port where the actions take the request themselves.',
  ),
  BAL3126: error(
    'alb-condition',
    'A condition compares what its type says; conditions on answers are for rules on answers.',
    'Give the condition the fields of its type.',
  ),
  BAL3127: error(
    'alb-cors',
    'Browsers refuse an answer that allows cookies from every site (Fetch standard, CORS protocol and credentials).',
    'Name the origins, or set allowCredentials to false.',
  ),
  BAL3128: error(
    'alb-owned-annotation',
    'The controller reads it, and nothing would check its value.',
    'Use the field of the AlbIngress.',
  ),
  BAL3129: error(
    'alb-credential',
    'The output is committed to Git, where everybody who reads it has the credential.',
    'Remove the value; let the Service fetch its credential from a Secret.',
  ),
} as const satisfies Readonly<Record<string, CatalogueEntry>>;
