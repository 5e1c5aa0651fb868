/** Every configuration that is committed for the path of a BgpLoadBalancer is read by the program that it is for. */
import { basename } from 'node:path';
import { expect, it, test } from 'vitest';
import { ARTEFACT_JUDGES, type ArtefactJudge, type JudgedFile, type Programs } from '../../judge/artefact-judges';
import type { ArtefactProblem } from '../../judge/said';
import { bgpGoldenFiles, type GoldenFile } from './bgp-golden-files';
import { describeReal, programPath } from './switch-programs';

const FILES = bgpGoldenFiles();

/** Each judge with a file as it would refuse it. */
const SPOILT: Readonly<Record<string, (text: string) => string>> = {
  gobgpd: (text) => text.replace('peer-as', 'peer-asn'),
  bird1: (text) => `${text}protocol nonsense {\n}\n`,
  bird2: (text) => `${text}protocol nonsense {\n}\n`,
  vtysh: (text) => `${text}router bpg 65001\n`,
  'sh and bash': (text) => `${text}if true; then\n`,
  'steer.sh and ip': (text) => `${text}ip -4 rule priority 1000 form all lookup 254 protocol 202\n`,
};

const PROGRAMS: Programs = { path: programPath, nginxes: [] };

/** nginx has tests of its own, and kubectl reads manifests in those of the command. */
const JUDGES = Object.entries(ARTEFACT_JUDGES).filter(([name]) => Object.hasOwn(SPOILT, name));

/** Files that no program reads here, and why. */
const UNJUDGED: readonly (readonly [files: RegExp, reason: string])[] = [
  [/\/nginx\.conf$/, 'nginx reads it in nginx-conf.test.ts'],
  [/\/switches\/[^/]+\/(switch|remove)\.cfg$/, 'Comware runs on switches of H3C only'],
  [/\/switches\/[^/]+\/verify\.txt$/, 'commands for people, with words between them'],
  [/\/speakers\/announcements$/, 'gobgpd announces it in gobgp-start.test.ts, by the script that reads it'],
  [/\/Dockerfile$/, 'an image build needs a daemon and a network'],
  [/\/ram\.policy$/, 'Alibaba Cloud reads it'],
  [/\/20-cloud-provider\.conf$/, 'systemd is not on every machine; compared with 003 line by line'],
  [/\/apiresource\.[^/]+\//, 'TypeScript, ajv and cdk8s import read them in api-resource.test.ts'],
  [/\/phasemachine\.[^/]+\//, 'TypeScript reads the table in phase-machine.test.ts; the others are for people'],
  [/\/reconcilerhub\.[^/]+\//, 'read back in the tests of the hub'],
  [/\/customapiserver\.[^/]+\/.*\.conf$/, 'kubectl reads them in custom-api-server.test.ts'],
  [/\/nodes\/loadbalancer-steering\.service$/, 'systemd is not on every machine; its ExecStart is judged'],
];

test('every file has one judge, or a reason', () => {
  expect(FILES.filter(({ name }) => /\.(toml|conf|sh)$/.test(name)).length).toBeGreaterThan(80);
  const counts = FILES.map((file) => [
    file.name,
    JUDGES.filter(([, { reads }]) => reads(judged(file))).length +
      UNJUDGED.filter(([files]) => files.test(file.name)).length,
  ]);
  expect(counts.filter(([, count]) => count !== 1)).toEqual([]);
});

test('the folder of the fleet is among them, and no reason is without a file', () => {
  expect(FILES.filter(({ name }) => name.startsWith('dist/')).length).toBeGreaterThan(10);
  expect(UNJUDGED.filter(([files]) => !FILES.some(({ name }) => files.test(name)))).toEqual([]);
});

/** A golden file as the judges know it. */
function judged({ name, ...file }: GoldenFile): JudgedFile {
  return { ...file, path: name };
}

/** Many cases have the same file: one text is judged once. */
function judgedOnce({ judge }: ArtefactJudge): (file: GoldenFile) => readonly ArtefactProblem[] {
  const known = new Map<string, readonly ArtefactProblem[]>();
  return (file) => {
    const key = JSON.stringify([basename(file.name), file.text]);
    const found = known.get(key) ?? judge(judged(file), PROGRAMS).problems;
    known.set(key, found);
    return found;
  };
}

for (const [name, judge] of JUDGES) {
  const files = FILES.filter((file) => judge.reads(judged(file)));
  const problems = judgedOnce(judge);

  test(`there is something for ${name}`, () => {
    expect(files).not.toEqual([]);
  });

  describeReal(`golden files for ${name}`, judge.needs, () => {
    it.each(files.map((file) => [file.name, file] as const))('%s', (_, file) => {
      expect(problems(file)).toEqual([]);
    });

    it('refuses one that is spoilt', () => {
      const [first] = files;
      const spoilt = { ...judged(first!), text: SPOILT[name]!(first!.text) };
      expect(judge.judge(spoilt, PROGRAMS).problems).not.toEqual([]);
    });
  });
}
