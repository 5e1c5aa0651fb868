export { type Cause, compareArtefacts, type Drift } from './compare-artefacts';
export { readFleet } from './read-fleet';
export { type Origin, withOrigin } from './sums-file';
export { type WriteOptions, type Written, writeArtefacts } from './write-artefacts';
