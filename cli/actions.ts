/** What the commands do. Loaded when one of them runs. */
export { check } from './check';
export { type DiffOptions, diff } from './diff';
export { explain, explainRbac } from './explain';
export { importCommandAction } from './import';
export { type RoutesOptions, routes } from './routes';
export { type SynthOptions, synth } from './synth';
export { type VerifyOptions, verify } from './verify';
