import { createHash } from 'node:crypto';
import { ApiObject, type App, Chart, Duration, JsonPatch, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { drainScript, findResolverScript, nginxConf } from './idiomatic-nginx';
import type { SampleBalancer } from './sample-fleet';

const NAME_LABEL = 'balancer.exposer.hliangzhao.io/balancer-name';
const IMAGE = 'nginx:1.30.1';
const HEALTH_PORT = 9180;

/** All Balancers in one chart: one file. */
export function oneChart(app: App, specs: Iterable<SampleBalancer>): void {
  const chart = new Chart(app, 'fleet');
  for (const spec of specs) new ProxiedBalancer(chart, spec.metadata.name, spec);
}

/** A chart, and so a file, for each Balancer. */
export function chartPerBalancer(app: App, specs: Iterable<SampleBalancer>): void {
  for (const spec of specs) new ProxiedBalancer(new Chart(app, spec.metadata.name), 'balancer', spec);
}

/** What our compiler makes of a Balancer with profile "hardened", by cdk8s-plus wherever it has the words. */
class ProxiedBalancer extends Construct {
  constructor(scope: Construct, id: string, spec: SampleBalancer) {
    super(scope, id);
    addBackends(this, spec);
    addFrontend(this, spec);
    const conf = nginxConf(spec, HEALTH_PORT);
    const config = new kplus.ConfigMap(this, 'config', {
      metadata: metadataOf(spec, `${spec.metadata.name}-proxy-configmap`, 'proxy'),
      data: { 'nginx.conf': conf },
    });
    addDeployment(this, spec, config, conf);
    new kplus.k8s.KubePodDisruptionBudget(this, 'budget', {
      metadata: metadataOf(spec, `${spec.metadata.name}proxy`, 'proxy'),
      spec: {
        maxUnavailable: kplus.k8s.IntOrString.fromNumber(1),
        selector: { matchLabels: selectorOf(spec) },
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
      },
    });
  }
}

function addBackends(scope: Construct, spec: SampleBalancer): void {
  for (const backend of spec.spec.backends) {
    const service = new kplus.Service(scope, `${backend.name}-backend`, {
      metadata: metadataOf(spec, `${spec.metadata.name}-${backend.name}-backend`, 'backend', selectorOf(spec)),
      ports: spec.spec.ports.map(({ name, port, targetPort }) => ({
        name,
        port,
        targetPort,
        protocol: kplus.Protocol.TCP,
      })),
    });
    const labels = { ...spec.spec.selector, ...backend.selector };
    for (const [key, value] of Object.entries(labels)) service.selectLabel(key, value);
  }
}

function addFrontend(scope: Construct, spec: SampleBalancer): void {
  const service = new kplus.Service(scope, 'frontend', {
    metadata: metadataOf(spec, spec.metadata.name, 'frontend'),
    ports: spec.spec.ports.map(({ name, port }) => ({ name, port, protocol: kplus.Protocol.TCP })),
  });
  for (const [key, value] of Object.entries(selectorOf(spec))) service.selectLabel(key, value);
}

function addDeployment(scope: Construct, spec: SampleBalancer, config: kplus.ConfigMap, conf: string): void {
  const metadata = metadataOf(spec, `${spec.metadata.name}proxy`, 'proxy', selectorOf(spec));
  const hash = createHash('sha256').update(`nginx.conf\0${conf}\0`).digest('hex').slice(0, 16);
  const run = kplus.Volume.fromEmptyDir(scope, 'run', 'run', {
    medium: kplus.EmptyDirMedium.MEMORY,
    sizeLimit: Size.mebibytes(1),
  });
  const deployment = new kplus.Deployment(scope, 'proxy', {
    metadata,
    podMetadata: {
      labels: metadata.labels,
      annotations: { 'balancer.exposer.hliangzhao.io/configmap-hash': hash },
    },
    replicas: 2,
    strategy: kplus.DeploymentStrategy.rollingUpdate({
      maxSurge: kplus.PercentOrAbsolute.absolute(1),
      maxUnavailable: kplus.PercentOrAbsolute.absolute(0),
    }),
    select: false,
    securityContext: {
      user: 101,
      group: 101,
      sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }],
    },
    terminationGracePeriod: Duration.seconds(40),
    initContainers: [findResolver(run)],
    containers: [nginx(scope, spec, config, run)],
  });
  deployment.select(kplus.LabelSelector.of({ labels: selectorOf(spec) }));
  ApiObject.of(deployment).addJsonPatch(...hardening(spec));
}

/** What cdk8s-plus has no words for. */
function hardening(spec: SampleBalancer): JsonPatch[] {
  const pod = '/spec/template/spec';
  const capabilities = { drop: ['ALL'] };
  const spread = ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => ({
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: selectorOf(spec) },
    matchLabelKeys: ['pod-template-hash'],
  }));
  return [
    JsonPatch.add(`${pod}/enableServiceLinks`, false),
    JsonPatch.add(`${pod}/securityContext/seccompProfile`, { type: 'RuntimeDefault' }),
    JsonPatch.add(`${pod}/topologySpreadConstraints`, spread),
    JsonPatch.add(`${pod}/containers/0/securityContext/capabilities`, capabilities),
    JsonPatch.add(`${pod}/initContainers/0/securityContext/capabilities`, capabilities),
  ];
}

function nginx(
  scope: Construct,
  spec: SampleBalancer,
  config: kplus.ConfigMap,
  run: kplus.Volume,
): kplus.ContainerProps {
  const configVolume = kplus.Volume.fromConfigMap(scope, 'config-volume', config, { name: 'config' });
  return {
    ...container('nginx', ['nginx', '-e', 'stderr', '-c', '/etc/nginx/nginx.conf', '-g', 'daemon off;']),
    ports: [...spec.spec.ports.map(({ port }) => port), HEALTH_PORT].map((number) => ({
      number,
      protocol: kplus.Protocol.TCP,
    })),
    readiness: kplus.Probe.fromTcpSocket({ port: HEALTH_PORT, periodSeconds: Duration.seconds(5) }),
    liveness: kplus.Probe.fromTcpSocket({
      port: HEALTH_PORT,
      periodSeconds: Duration.seconds(10),
      failureThreshold: 3,
    }),
    lifecycle: { preStop: kplus.Handler.fromCommand(['/bin/sh', '-ec', drainScript()]) },
    volumeMounts: [
      { path: '/etc/nginx', volume: configVolume, readOnly: true },
      { path: '/run/nginx', volume: run },
    ],
  };
}

function findResolver(run: kplus.Volume): kplus.ContainerProps {
  return {
    ...container('find-resolver', ['/bin/sh', '-ec', findResolverScript()]),
    volumeMounts: [{ path: '/run/nginx', volume: run }],
  };
}

function container(name: string, command: string[]): kplus.ContainerProps {
  return {
    name,
    image: IMAGE,
    imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
    command,
    resources: {
      cpu: { request: kplus.Cpu.millis(100), limit: kplus.Cpu.units(1) },
      memory: { request: Size.mebibytes(64), limit: Size.mebibytes(256) },
    },
  };
}

function selectorOf(spec: SampleBalancer): Record<string, string> {
  return { [NAME_LABEL]: spec.metadata.name };
}

function metadataOf(spec: SampleBalancer, name: string, component: string, own: Record<string, string> = {}) {
  const labels = {
    'app.kubernetes.io/name': 'balancer',
    'app.kubernetes.io/instance': spec.metadata.name,
    'app.kubernetes.io/component': component,
    'app.kubernetes.io/managed-by': 'cdk8s-balancer',
    ...own,
  };
  return { name, namespace: 'default', labels };
}
