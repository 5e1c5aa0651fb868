/** JUnit XML of `balancer check`, judged by the schema of Jenkins with xmllint. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findProgram } from '../../judge/find-program';
import { describeReal } from '../real/programs';
import { balancer, balancerYaml, temporaryFolder } from '../run-balancer';
import { junitProblems } from './check/junit-schema';

const ROOT = join(__dirname, '../..');

/**
 * Jenkins and GitLab read this form. The older one of Apache Ant, which Windy Road's schema describes, and that of Maven want
 * times and the name of the host: the same specs would not make the same report twice.
 */
const SCHEMA = join(__dirname, 'check/jenkins-junit-4.xsd');

const WARNED = balancerYaml('web').replace('spec:', 'spec:\n  nginxVersion: 1.22.1');
const ACCEPTED = WARNED.replace('1.22.1', '1.22.1 # balancer-ignore: BAL3014 never ]]> <made> & "anew"');

/** Every character below 256, those that no XML may hold, and what closes elements and sections. */
const HOSTILE = [
  ...Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)),
  '\ud800',
  '\udfff',
  '\u{10ffff}',
  '\u{1f600}',
  '\ufdd0',
  '\ufffe',
  '\uffff',
  ']]>',
  '<![CDATA[',
  '</failure>',
  '<!--',
  '-->',
  '&#0;',
  '&lol;',
  '<?xml?>',
  '%0A::error::',
].join('');

/** What xmllint says; nothing if the schema admits the report. https://gnome.pages.gitlab.gnome.org/libxml2/xmllint.html */
function refusal(xml: string): string {
  const program = findProgram('xmllint', process.env) ?? 'xmllint';
  const run = spawnSync(program, ['--nonet', '--noout', '--schema', SCHEMA, '-'], { input: xml, encoding: 'utf8' });
  return run.status === 0 ? '' : run.stderr || `status ${run.status}`;
}

function reportOf(folder: string, args: readonly string[], input = ''): string {
  return balancer(folder, ['check', ...args, '--format', 'junit'], input).stdout;
}

describeReal('the schema of Jenkins', ['xmllint'], () => {
  test('admits a report of every invalid case', () => {
    const xml = reportOf(ROOT, ['test/invalid']);
    expect(refusal(xml)).toBe('');
    expect(xml.match(/<failure /g)?.length).toBeGreaterThan(300);
  });

  test('admits reports without a problem, without a file, with warnings and with accepted ones', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'empty'));
    const reports = [
      reportOf(folder, ['-'], balancerYaml('web')),
      reportOf(folder, ['empty']),
      reportOf(folder, ['nowhere']),
      reportOf(folder, ['-'], ''),
      reportOf(folder, ['-'], WARNED),
      reportOf(folder, ['-', '--fail-on', 'warning'], WARNED),
      reportOf(folder, ['-', '--fail-on', 'warning'], ACCEPTED),
      reportOf(folder, ['-'], ACCEPTED.replace('BAL3014', 'BAL3015')),
    ];
    for (const xml of reports) expect([refusal(xml), junitProblems(xml)]).toEqual(['', []]);
    expect(reports[0]).toContain('<testcase classname="balancer check" name="&lt;stdin&gt;"/>');
  });

  test('admits hostile names of files, fields and values', () => {
    const folder = temporaryFolder();
    const name = `${HOSTILE.replaceAll(/[\0/]/g, '').slice(0, 40)}]]><testcase>&\u0007`;
    mkdirSync(join(folder, name));
    symlinkSync('/etc/hostname', join(folder, name, 'out.yaml'));
    const value = JSON.stringify(HOSTILE);
    for (const [index, spec] of [
      balancerYaml('web').replace('name: v1', `name: ${value}`),
      balancerYaml('web').replace('weight: 1', `${value}: 1`),
      balancerYaml(value),
      `kind: ${value}\n`,
      HOSTILE.replaceAll('\0', ''),
      HOSTILE,
    ].entries()) {
      writeFileSync(join(folder, name, `${index}]]>.yaml`), spec);
    }
    const bytes = Buffer.concat([Buffer.from(balancerYaml('web')), Buffer.from([0x23, 0xff, 0xc0, 0x80])]);
    writeFileSync(join(folder, name, 'latin.yaml'), bytes);
    const xml = reportOf(folder, [name]);
    expect([refusal(xml), junitProblems(xml)]).toEqual(['', []]);
    expect(xml.match(/<failure /g)).toHaveLength(8);
  });

  test('refuses what is no such report', () => {
    const xml = reportOf(temporaryFolder(), ['-'], balancerYaml('web').replace('weight', 'weigth'));
    expect(refusal(xml)).toBe('');
    for (const [right, wrong] of [
      ['<testsuites ', '<suites '],
      ['</failure>', '</failures>'],
      [' name="balancer check" tests', ' tests'],
      ['<failure type', '<failure kind'],
      ['<failure ', '<system-out/><failure '],
      ['<testcase ', '<case '],
      ['classname="balancer check"', 'class="balancer check"'],
      ['<testsuite ', 'a text <testsuite '],
      ['unknown', '\u0001'],
    ] as const) {
      expect(xml).toContain(right);
      expect(refusal(xml.replace(right, wrong)), wrong).not.toBe('');
    }
  });
});
