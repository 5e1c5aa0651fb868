import type { AlbIngressSpec, AlbListener } from '../../spec/generated/alb-ingress';
import type { Problems } from '../problems';
import { networkProblem } from '../values/ip-network';
import { checkDefaultActions } from './alb-action-checks';
import { type AlbConfigModel, type AlbIngressModel, type AlbRouteModel, listenPortsOf } from './alb-ingress';

/** Listeners: https://www.alibabacloud.com/help/en/slb/application-load-balancer/developer-reference/api-alb-2020-06-16-createlistener */
export function checkListeners(model: AlbIngressModel, spec: AlbIngressSpec, problems: Problems): void {
  const { albConfig } = model;
  if (albConfig === undefined) return;
  checkPorts(albConfig.listeners, problems);
  albConfig.listeners.forEach((listener, index) => {
    const at = `/spec/listeners/${index}`;
    checkCertificates(listener, spec.listeners?.[index]?.certificates, model, at, problems);
    checkProtocol(listener, at, problems);
    checkClientCertificates(listener, at, problems);
    checkQuic(listener, albConfig, at, problems);
    checkAcl(listener, at, problems);
    checkLog(listener, albConfig, at, problems);
    checkUnread(listener, at, problems);
    if (model.profile === 'hardened') checkTlsPolicy(listener, at, problems);
    checkDefaultActions(listener.defaultActions ?? [], `${at}/defaultActions`, problems);
  });
}

/** QUIC is UDP: it shares a port number with HTTP or HTTPS. */
function checkPorts(listeners: readonly AlbListener[], problems: Problems): void {
  const sockets = listeners.map(({ port, protocol }) => `${port}/${protocol === 'QUIC' ? 'UDP' : 'TCP'}`);
  sockets.forEach((socket, index) => {
    const first = sockets.indexOf(socket);
    if (first === index) return;
    problems.add('BAL3002', `/spec/listeners/${index}/port`, `"${socket}" is used twice`, [
      { message: 'first used here', location: problems.locate(`/spec/listeners/${first}/port`) },
    ]);
  });
}

function checkCertificates(
  { protocol, port, certificates = [] }: AlbListener,
  declared: AlbListener['certificates'],
  model: AlbIngressModel,
  at: string,
  problems: Problems,
): void {
  if (protocol === 'HTTP') {
    if (declared !== undefined) problems.add('BAL3107', `${at}/certificates`, 'protocol "HTTP" has no certificates');
    return;
  }
  if (declared === undefined) {
    const message = 'the listener has no certificates, and no Ingress with a host uses it';
    const served = model.ingresses.some((route) => findsCertificates(route, protocol, port));
    if (!served) problems.add('BAL3107', at, message);
    return;
  }
  declared.forEach(({ certificateId }, index) => {
    if (declared.findIndex((other) => other.certificateId === certificateId) === index) return;
    problems.add('BAL3001', `${at}/certificates/${index}/certificateId`, `"${certificateId}" is named twice`);
  });
  const defaults = certificates.filter(({ isDefault }) => isDefault).length;
  if (defaults === 1) return;
  const message = defaults === 0 ? 'none of the certificates has isDefault' : `${defaults} certificates have isDefault`;
  problems.add('BAL3107', `${at}/certificates`, message);
}

/** The controller looks for certificates of the hosts in tls, and without tls of those in rules. */
function findsCertificates(route: AlbRouteModel, protocol: string, port: number): boolean {
  const takes = listenPortsOf(route).some((one) => one.protocol === protocol && one.port === port);
  return takes && (route.tls !== undefined || route.rules.some(({ host }) => host !== undefined));
}

const HTTPS_ONLY = ['securityPolicyId', 'http2Enabled', 'quicConfig'] as const;

function checkProtocol(listener: AlbListener, at: string, problems: Problems): void {
  if (listener.protocol === 'HTTPS') return;
  for (const field of HTTPS_ONLY) {
    if (listener[field] === undefined) continue;
    problems.add('BAL3108', `${at}/${field}`, `protocol "${listener.protocol}" has no ${field}`);
  }
}

const CLIENT_CERTIFICATE_HEADERS = [
  'clientCertSubjectDN',
  'clientCertIssuerDN',
  'clientCertFingerprint',
  'clientCertClientVerify',
] as const;

function checkClientCertificates(listener: AlbListener, at: string, problems: Problems): void {
  const { protocol, caEnabled, caCertificates, xForwardedForConfig = {} } = listener;
  const refuse = (field: string, message: string): void => problems.add('BAL3109', `${at}/${field}`, message);
  const field = caCertificates === undefined ? 'caEnabled' : 'caCertificates';
  if (protocol === 'HTTP' && (caCertificates !== undefined || caEnabled === true)) {
    refuse(field, 'protocol "HTTP" knows no certificates of clients');
  } else if ((caEnabled === true) !== (caCertificates !== undefined)) {
    refuse(field, 'caEnabled and caCertificates need each other');
  }
  for (const header of CLIENT_CERTIFICATE_HEADERS) {
    const value = xForwardedForConfig[header];
    if (value === undefined) continue;
    const place = `xForwardedForConfig/${header}`;
    if (value.enabled !== false && caCertificates === undefined)
      refuse(place, 'the listener asks clients for no certificate');
    if (value.enabled === false && value.alias !== undefined) {
      problems.add('BAL3105', `${at}/${place}/alias`, `"${value.alias}" is the name of a header that is not enabled`);
    }
  }
}

function checkQuic({ quicConfig }: AlbListener, { listeners }: AlbConfigModel, at: string, problems: Problems): void {
  if (quicConfig === undefined) return;
  const { quicUpgradeEnabled = false, quicListenerId } = quicConfig;
  const refuse = (field: string, message: string): void =>
    problems.add('BAL3110', `${at}/quicConfig/${field}`, message);
  if (quicUpgradeEnabled && quicListenerId === undefined) {
    refuse('quicUpgradeEnabled', 'quicUpgradeEnabled needs a quicListenerId');
  }
  if (!quicUpgradeEnabled && quicListenerId !== undefined) {
    refuse('quicListenerId', 'quicListenerId needs quicUpgradeEnabled');
  }
  if (quicUpgradeEnabled && !listeners.some(({ protocol }) => protocol === 'QUIC')) {
    refuse('quicUpgradeEnabled', 'no listener has protocol "QUIC"');
  }
}

/** buildAcl in alibaba/alibaba-load-balancer-controller@a9b1da3, albconfig_manager/model_build_acl.go. */
function checkAcl({ aclConfig }: AlbListener, at: string, problems: Problems): void {
  if (aclConfig === undefined) return;
  const { aclType, aclName, aclEntries, aclIds } = aclConfig;
  const refuse = (field: string, message: string): void => problems.add('BAL3111', `${at}/aclConfig${field}`, message);
  if (aclEntries === undefined && aclIds === undefined) refuse('', `the list of type "${aclType}" is empty`);
  if (aclEntries !== undefined && aclIds !== undefined) refuse('/aclIds', 'there are aclEntries too');
  if (aclName !== undefined && aclEntries === undefined) refuse('/aclName', 'existing lists have their own names');
  for (const [field, values] of [
    ['aclEntries', aclEntries],
    ['aclIds', aclIds],
  ] as const) {
    values?.forEach((value, index) => {
      const place = `${at}/aclConfig/${field}/${index}`;
      if (values.indexOf(value) !== index) problems.add('BAL3001', place, `"${value}" is named twice`);
      const problem = field === 'aclEntries' ? networkProblem(value) : undefined;
      if (problem !== undefined) problems.add('BAL3016', place, `"${value}" ${problem}`);
    });
  }
}

function checkLog({ logConfig }: AlbListener, { loadBalancer }: AlbConfigModel, at: string, problems: Problems): void {
  if (logConfig === undefined) return;
  const { accessLogRecordCustomizedHeadersEnabled: headers, accessLogTracingConfig: tracing } = logConfig;
  const logged = loadBalancer.accessLogConfig !== undefined || loadBalancer.id !== undefined;
  const refuse = (field: string, message: string): void => problems.add('BAL3113', `${at}/logConfig/${field}`, message);
  if (headers === true && !logged)
    refuse('accessLogRecordCustomizedHeadersEnabled', 'the load balancer has no access log');
  if (tracing === undefined) return;
  if (tracing.tracingEnabled && !logged) refuse('accessLogTracingConfig', 'the load balancer has no access log');
  for (const field of ['tracingType', 'tracingSample'] as const) {
    if (tracing.tracingEnabled === (tracing[field] !== undefined)) continue;
    const message = tracing.tracingEnabled ? `tracing needs a ${field}` : `${field} is set, but tracing is off`;
    refuse('accessLogTracingConfig', message);
  }
}

/** buildListenerSpec in alibaba/alibaba-load-balancer-controller@a9b1da3, albconfig_manager/model_build_listener.go. */
function checkUnread(listener: AlbListener, at: string, problems: Problems): void {
  const { http2Enabled, defaultActions, loadBalancerId, protocol, xForwardedForConfig = {} } = listener;
  const { clientCertSubjectDN: subject, clientCertIssuerDN: issuer } = xForwardedForConfig;
  const warn = (field: string, message: string): void => problems.add('BAL3114', `${at}/${field}`, message);
  if (subject?.alias !== undefined && subject.alias !== issuer?.alias) {
    warn('xForwardedForConfig/clientCertSubjectDN/alias', 'the controller takes the alias of clientCertIssuerDN here');
  }
  if (http2Enabled === true && protocol === 'HTTPS') {
    warn('http2Enabled', 'the controller turns HTTP/2 off where the field is set at all, and on where it is absent');
  }
  if (defaultActions !== undefined) warn('defaultActions', 'the controller makes a default action of its own');
  if (loadBalancerId !== undefined) warn('loadBalancerId', 'the controller takes the instance of the AlbConfig');
}

function checkTlsPolicy({ securityPolicyId = '' }: AlbListener, at: string, problems: Problems): void {
  if (!/^tls_cipher_policy_1_[01](_|$)/.test(securityPolicyId)) return;
  problems.add('BAL3115', `${at}/securityPolicyId`, `"${securityPolicyId}" lets clients use TLS before 1.2`);
}
