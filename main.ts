/** The cdk8s app: fleet/ -> constructs -> dist/. `cdk8s synth` runs it; `npm run synth` gives the same bytes without cdk8s. */
import { type Diagnostic, formatText } from './compiler/diagnostics';
import { DiagnosticsError, FleetApp } from './constructs';
import { readFleet, withOrigin, writeArtefacts } from './synth';

const problems: Diagnostic[] = [];
const report = (problem: Diagnostic): void => void problems.push(problem);

try {
  const { sources, origin } = withOrigin(readFleet(['fleet'], report));
  const failed = (): boolean => problems.length > 0;
  const app = new FleetApp({
    sources,
    save: (artefacts) => writeArtefacts(process.env.CDK8S_OUTDIR ?? 'dist', artefacts, { report, failed, origin }),
  });
  app.synth();
} catch (error) {
  if (!(error instanceof DiagnosticsError)) throw error;
  problems.push(...error.diagnostics);
}
process.stderr.write(formatText(problems));
if (problems.length > 0) process.exitCode = 1;
