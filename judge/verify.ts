import { dirname } from 'node:path';
import { resolveFleet } from '../compiler/compile';
import { type Artefact, stemOf } from '../compiler/manifest/artefact';
import { bgpFiles } from '../compiler/manifest/bgp/bgp-load-balancer';
import type { Source } from '../compiler/spec/document';
import { ARTEFACT_JUDGES, type ArtefactJudge, type JudgedFile, type Programs } from './artefact-judges';
import { nginxBinaries } from './nginx';
import { describeProgram, missingPrograms, type ProgramName, type RealProgram, realPrograms } from './real-programs';
import type { ArtefactProblem, Said } from './said';
import { isCovered } from './sandbox';
import { unsafeLines } from './unsafe-lines';

/** What became of an artefact. */
export interface Verdict {
  readonly path: string;
  readonly state: 'accepted' | 'refused' | 'not run';
  /** The programs that read it; of one that was not run, why. */
  readonly by: string;
  readonly problems: readonly ArtefactProblem[];
  /** Words that the program is too old for: they were taken out before. */
  readonly leftOut: readonly string[];
}

/** Artefacts that no program can read on a machine like this, and why. */
const UNREAD: readonly (readonly [files: RegExp, reason: string])[] = [
  [/\/switches\/[^/]+\/.*\.cfg$/, 'Comware runs on switches of H3C only'],
  [/\/switches\/[^/]+\/verify\.txt$/, 'commands for people'],
  [/\/Dockerfile$/, 'an image build needs a daemon and a network'],
  [/\.policy$/, 'Alibaba Cloud reads it'],
  [/\.service$|\/20-cloud-provider\.conf$/, 'systemd reads it on the nodes'],
  [/\/(sample|schema|transitions)\.(yaml|json)\.conf$|\.(ts|md|mmd|svg)$/, 'for people, their editors and compilers'],
  [/\/kubecontroller\.yaml\.conf$/, 'the reconcilers read it'],
  [/\/kubeconfig\.conf$|\/initialization\//, 'kubectl reads it with the server that it is for'],
  [/\/announcements$/, 'start-speaker.sh reads it'],
];

const NO_READER = 'no program of ours reads it';

/** Lets the real programs of this machine read artefacts, each in a sandbox of its own that changes nothing. */
export function* verifyArtefacts(
  artefacts: readonly Artefact[],
  sources: readonly Source[],
  env: Readonly<Record<string, string | undefined>>,
): Generator<Verdict> {
  const found = realPrograms(env);
  const nginxes = nginxBinaries(env);
  const path = (name: ProgramName): string => found.find((program) => program.name === name)?.path ?? name;
  const about = factsAbout(sources);
  for (const { path: own, text } of artefacts) {
    yield verdictOn({ path: own, text, ...about(own) }, { path, nginxes }, found);
  }
}

function verdictOn(file: JudgedFile, programs: Programs, found: readonly RealProgram[]): Verdict {
  const { path } = file;
  const [name, judge] = Object.entries(ARTEFACT_JUDGES).find(([, { reads }]) => reads(file)) ?? [];
  if (judge === undefined) {
    const reason = UNREAD.find(([files]) => files.test(path))?.[1] ?? NO_READER;
    return { path, state: 'not run', by: reason, problems: [], leftOut: [] };
  }
  const missing = missingPrograms(found, judge.needs);
  if (missing.length > 0) {
    return { path, state: 'not run', by: `missing: ${missing.join(', ')}`, problems: [], leftOut: [] };
  }
  const readers = found.filter(({ name }) => judge.needs.includes(name) && name !== 'unshare');
  const covered = readers.filter(({ path: own = '' }) => isCovered(own));
  if (covered.length > 0) {
    const by = `missing: ${covered.map(describeProgram).join(', ')} in a folder that the sandbox covers`;
    return { path, state: 'not run', by, problems: [], leftOut: [] };
  }
  const { problems, leftOut = [] } = saidInTime(judge, file, programs);
  const by = readers.map(describeProgram).join(', ') || name!;
  return { path, state: problems.length === 0 ? 'accepted' : 'refused', by, problems, leftOut };
}

/** A file on which a program hangs is refused: the others are still read. */
function saidInTime(judge: ArtefactJudge, file: JudgedFile, programs: Programs): Said {
  const unsafe = unsafeLines(file);
  if (unsafe.length > 0) return { problems: unsafe };
  try {
    return judge.judge(file, programs);
  } catch (error) {
    return { problems: [{ message: error instanceof Error ? error.message.trim() : String(error) }] };
  }
}

/** What is known of an artefact from the specs. */
type Facts = Pick<JudgedFile, 'dialect' | 'nginxVersion' | 'script'>;

/** What the specs say of the programs that an artefact is for. */
function factsAbout(sources: readonly Source[]): (path: string) => Facts {
  const { balancers, bgpLoadBalancers } = resolveFleet(sources, () => {});
  const facts = new Map<string, Facts>();
  for (const { name, namespace, nginx } of balancers) {
    facts.set(`config/${stemOf('Balancer', 'exposer.hliangzhao.io', name, namespace)}`, {
      nginxVersion: nginx.version.join('.'),
    });
  }
  for (const model of bgpLoadBalancers) {
    const { name, namespace, switches } = model;
    const stem = stemOf('BgpLoadBalancer', 'cdk8s-balancer.dev', name, namespace);
    const script = bgpFiles(model).steering['steer.sh'];
    facts.set(`config/${stem}/nodes`, { ...(script !== undefined && { script }) });
    for (const { name: own, dialect } of switches) facts.set(`config/${stem}/switches/${own}`, { dialect });
  }
  return (path) => facts.get(dirname(path)) ?? {};
}
