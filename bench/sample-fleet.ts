import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A Balancer like 001's sample, as plain data. */
export interface SampleBalancer {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly ports: readonly SamplePort[];
    readonly selector: Readonly<Record<string, string>>;
    readonly backends: readonly SampleBackend[];
  };
}

interface SamplePort {
  readonly name: string;
  readonly protocol: 'TCP';
  readonly port: number;
  readonly targetPort: number;
}

interface SampleBackend {
  readonly name: string;
  readonly weight: number;
  readonly selector: Readonly<Record<string, string>>;
}

const DOCUMENTS_PER_FILE = 100;
const WEIGHTS: readonly (readonly [name: string, weight: number])[] = [
  ['v1', 40],
  ['v2', 20],
  ['v3', 40],
];

/** The first `count` Balancers of a fleet: 001's sample under other names, in front of other Pods. */
export function sampleFleet(count: number): SampleBalancer[] {
  return Array.from({ length: count }, (_, index) => sampleBalancer(index));
}

/** Writes the same fleet as YAML. Answers the number of bytes. */
export function writeSampleFleet(folder: string, count: number, perFile: number = DOCUMENTS_PER_FILE): number {
  mkdirSync(folder, { recursive: true });
  let bytes = 0;
  for (let start = 0; start < count; start += perFile) {
    const length = Math.min(perFile, count - start);
    const text = Array.from({ length }, (_, index) => sampleText(start + index)).join('---\n');
    writeFileSync(join(folder, `fleet-${String(start).padStart(6, '0')}.yaml`), text);
    bytes += Buffer.byteLength(text);
  }
  return bytes;
}

function sampleBalancer(index: number): SampleBalancer {
  return {
    apiVersion: 'exposer.hliangzhao.io/v1alpha1',
    kind: 'Balancer',
    metadata: { name: `balancer-${index}` },
    spec: {
      ports: [{ name: 'http', protocol: 'TCP', port: 80, targetPort: 5678 }],
      selector: { app: `app-${index}` },
      backends: WEIGHTS.map(([name, weight]) => ({ name, weight, selector: { version: name } })),
    },
  };
}

function sampleText(index: number): string {
  return `apiVersion: exposer.hliangzhao.io/v1alpha1
kind: Balancer
metadata:
  name: balancer-${index}
spec:
  ports:
    - name: http
      protocol: TCP
      port: 80
      targetPort: 5678
  selector:
    app: app-${index}
  backends:
${WEIGHTS.map(([name, weight]) => backendText(name, weight)).join('')}`;
}

function backendText(name: string, weight: number): string {
  return `    - name: ${name}
      weight: ${weight}
      selector:
        version: ${name}
`;
}
