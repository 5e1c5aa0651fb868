/** The compiler: specs in, artefacts out. Pure: no files, no processes, no cdk8s at run time. */
export { type BalancerStatus, balancerStatus, type ExistingService } from './analysis/balancer-status';
export { type SimulatedBackend, type Simulation, type SimulationOptions, simulate } from './analysis/simulate';
export { compile, compileAll, compileDocuments } from './compile';
export * from './diagnostics';
export type { Artefact } from './manifest/artefact';
export { customResourceDefinition } from './manifest/crd';
export type { KubernetesObject } from './manifest/k8s';
export { printDocuments, printYaml } from './manifest/yaml-writer';
export type { BalancerModel } from './model/balancer';
export { resolveBalancer } from './model/resolve-balancer';
export { documentFromData, type Source, type SpecDocument } from './spec/document';
export type * from './spec/generated/balancer';
export { load } from './spec/load';
export { validate } from './spec/validate';
