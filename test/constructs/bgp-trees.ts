import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { onTestFinished } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { Balancer, type BalancerProps } from '../../constructs/balancer';
import { BgpLoadBalancer, type BgpLoadBalancerProps } from '../../constructs/bgp-load-balancer';
import { LoadBalancerService, type LoadBalancerServiceProps } from '../../constructs/load-balancer-service';
import { temporaryFolder } from '../run-balancer';

export const CASES = join(__dirname, '../cases');
export const INVALID = join(__dirname, '../invalid');

/** A document of a spec as a construct takes it. */
export type Declared =
  | { readonly kind: 'Balancer'; readonly props: BalancerProps }
  | { readonly kind: 'BgpLoadBalancer'; readonly props: BgpLoadBalancerProps }
  | { readonly kind: 'LoadBalancerService'; readonly props: LoadBalancerServiceProps };

/** What a document is in a tree. */
export type Made = Balancer | BgpLoadBalancer | LoadBalancerService;

/** The documents of a text, in their order. */
export function declaredIn(text: string): Declared[] {
  return parseAllDocuments(text).map((document) => {
    const { kind, metadata, spec } = document.toJS();
    return { kind, props: { ...spec, metadata } };
  });
}

/** The text of the spec of a case. */
export function specOf(folder: string): string {
  return readFileSync(join(folder, 'spec.yaml'), 'utf8');
}

function make(scope: Chart, id: string, declared: Declared): Made {
  switch (declared.kind) {
    case 'Balancer':
      return new Balancer(scope, id, declared.props);
    case 'BgpLoadBalancer':
      return new BgpLoadBalancer(scope, id, declared.props);
    case 'LoadBalancerService':
      return new LoadBalancerService(scope, id, declared.props);
  }
}

/** A stock app with a chart per document: `c<index>/any`. */
export function treeOf(documents: readonly Declared[]): { readonly app: App; readonly outdir: string; made: Made[] } {
  const outdir = temporaryFolder();
  const app = new App({ outdir });
  const made = documents.map((declared, index) => make(new Chart(app, `c${index}`), 'any', declared));
  return { app, outdir, made };
}

/** The load balancer and the service of system 002's README. */
export function sample(): {
  readonly edge: BgpLoadBalancerProps;
  readonly myweb: LoadBalancerServiceProps;
} {
  const [edge, myweb] = declaredIn(specOf(join(CASES, 'bgp-sample')));
  return { edge: edge?.props as BgpLoadBalancerProps, myweb: myweb?.props as LoadBalancerServiceProps };
}

/** What is warned of until the end of the test, in the place of the process. */
export function heardWarnings(): string[] {
  const heard: string[] = [];
  const { emitWarning } = process;
  process.emitWarning = ((message: string, { code }: { code: string }) => heard.push(`${code} ${message}`)) as never;
  onTestFinished(() => {
    process.emitWarning = emitWarning;
  });
  return heard;
}
