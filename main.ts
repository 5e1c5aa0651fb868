/** The cdk8s app: fleet/ -> constructs -> dist/. `cdk8s synth` runs it; `npm run synth` gives the same bytes without cdk8s. */
import type { Diagnostic } from './compiler/diagnostics';
import { DiagnosticsError, FleetApp } from './constructs';
import { readFleet, writeArtefacts } from './synth';

const problems: Diagnostic[] = [];
const report = (problem: Diagnostic): void => void problems.push(problem);

const app = new FleetApp({
  sources: readFleet(['fleet'], report),
  save: (artefacts) => {
    writeArtefacts(process.env.CDK8S_OUTDIR ?? 'dist', artefacts, report, () => problems.length > 0);
    if (problems.length > 0) throw new DiagnosticsError(problems);
  },
});
app.synth();
