import type { Problems } from '../problems';
import { type AlbIngressModel, type AlbRouteModel, type ListenPort, listenPortsOf } from './alb-ingress';

/** Ingresses and the listeners that take their rules. */
export function checkRouteListeners({ ingresses, albConfig }: AlbIngressModel, _: unknown, problems: Problems): void {
  ingresses.forEach((route, index) => {
    const at = `/spec/ingresses/${index}`;
    checkListenPorts(route, at, problems);
    checkSslRedirect(route, at, problems);
    checkGrpc(route, at, problems);
    if (albConfig !== undefined) checkDeclared(route, albConfig.listeners, at, problems);
  });
}

function checkListenPorts({ listenPorts = [] }: AlbRouteModel, at: string, problems: Problems): void {
  const ports = listenPorts.map(({ protocol, port }) => `${protocol} ${port}`);
  ports.forEach((port, index) => {
    if (ports.indexOf(port) === index) return;
    problems.add('BAL3001', `${at}/listenPorts/${index}`, `"${port}" is named twice`);
  });
}

/** syncIngress in alibaba/alibaba-load-balancer-controller@a9b1da3, pkg/controller/ingress/alb_controller.go, adds what is missing. */
function checkDeclared(route: AlbRouteModel, listeners: readonly ListenPort[], at: string, problems: Problems): void {
  for (const { protocol, port } of listenPortsOf(route)) {
    if (listeners.some((listener) => listener.protocol === protocol && listener.port === port)) continue;
    const index = route.listenPorts?.findIndex((one) => one.protocol === protocol && one.port === port) ?? -1;
    const place = index === -1 ? '' : `/listenPorts/${index}`;
    const message = `Ingress "${route.name}" needs a listener ${protocol} ${port}, which is not declared`;
    problems.add('BAL3116', `${at}${place}`, message);
  }
}

/** The redirect is fixed to port 443: buildActionViaHostAndPath in albconfig_manager/model_build_listener_rules.go. */
function checkSslRedirect(route: AlbRouteModel, at: string, problems: Problems): void {
  if (route.sslRedirect !== true) return;
  if (listenPortsOf(route).some(({ protocol, port }) => protocol === 'HTTPS' && port === 443)) return;
  problems.add('BAL3117', `${at}/sslRedirect`, `Ingress "${route.name}" has no rule on HTTPS 443`);
}

/** checkIngressProtocolAnnotations in albconfig_manager/model_build_server_group.go. */
function checkGrpc(route: AlbRouteModel, at: string, problems: Problems): void {
  if (route.backend?.protocol !== 'grpc') return;
  const refuse = (message: string): void => problems.add('BAL3122', `${at}/backend/protocol`, message);
  if (route.tls === undefined) refuse('protocol "grpc" needs tls');
  for (const { protocol, port } of listenPortsOf(route)) {
    const redirected = protocol === 'HTTP' && port === 80 && route.sslRedirect === true;
    if (protocol === 'HTTPS' || redirected) continue;
    refuse(`protocol "grpc" goes with HTTPS only, not with ${protocol} ${port}`);
  }
}
