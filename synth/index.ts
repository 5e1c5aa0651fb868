export { compareArtefacts, type Drift } from './compare-artefacts';
export { readFleet } from './read-fleet';
export { type Written, writeArtefacts } from './write-artefacts';
