import { Command, Option } from 'commander';
import { IMPACTS } from '../compiler/analysis/impact/impact';
import type { ReportFormat } from '../compiler/diagnostics';
import { version } from '../package.json';
import type { DiffOptions, RoutesOptions, SynthOptions, VerifyOptions } from './actions';
import { failOnOption } from './fail-on-option';

/** What the commands do is loaded when one of them runs: help and completion start like node itself. */
function actions(): typeof import('./actions') {
  return require('./actions');
}

const REPORT_FORMATS: Readonly<Record<ReportFormat, true>> = {
  text: true,
  json: true,
  sarif: true,
  github: true,
  junit: true,
};
const DIFF_FORMATS: Readonly<Record<DiffOptions['format'], true>> = { text: true, markdown: true, json: true };
const ROUTE_FORMATS: Readonly<Record<RoutesOptions['format'], true>> = { table: true, json: true };

function noCacheOption(): Option {
  return new Option('--no-cache', 'compile every spec, also those that did not change since the last run');
}

/** The command, for the tree of commands. */
export function synthCommand(): Command {
  return new Command('synth')
    .description('Compile specs and write the artefacts.')
    .argument('[paths...]', 'files and folders of specs; - for standard input', ['fleet'])
    .addOption(
      new Option('-o, --output <folder>', 'where to write; - prints the manifests (the default for standard input)'),
    )
    .addOption(
      new Option('--check', 'write nothing; print a diff and exit with 2 if the folder is not what the specs say'),
    )
    .addOption(
      new Option('--kustomization', 'write a kustomization.yaml that lists the manifests in order of applying'),
    )
    .addOption(noCacheOption())
    .addOption(failOnOption())
    .action((paths: string[], options: SynthOptions) => {
      process.exitCode = actions().synth(paths, options);
    });
}

/** The command, for the tree of commands. */
export function checkCommand(): Command {
  return new Command('check')
    .description('Look for problems in specs; write nothing.')
    .argument('[paths...]', 'files and folders of specs; - for standard input', ['fleet'])
    .addOption(
      new Option('--format <format>', 'how to print problems').choices(Object.keys(REPORT_FORMATS)).default('text'),
    )
    .addOption(
      new Option(
        '--manifests <paths...>',
        'look at manifests of any origin in place of specs: permissions, removed APIs',
      ),
    )
    .addOption(noCacheOption())
    .addOption(failOnOption(['error', 'warning', 'never']))
    .action((paths: string[], options) => {
      process.exitCode = actions().check(paths, { ...options, version });
    });
}

/** The command, for the tree of commands. */
export function routesCommand(): Command {
  return new Command('routes')
    .description('Print the routes that a cluster in a given state should announce.')
    .argument('[paths...]', 'files and folders of specs; - for standard input', ['fleet'])
    .addOption(
      new Option(
        '-f, --file <file>',
        'what "kubectl get svc,endpointslices,nodes -A -o yaml" prints; - for standard input',
      ).makeOptionMandatory(),
    )
    .addOption(
      new Option('--format <format>', 'how to print them').choices(Object.keys(ROUTE_FORMATS)).default('table'),
    )
    .action((paths: string[], options) => {
      process.exitCode = actions().routes(paths, options);
    });
}

/** The command, for the tree of commands. */
export function diffCommand(): Command {
  return new Command('diff')
    .description('Say what a change does to what runs: by impact, with the connections that move and a safe order.')
    .argument('[before]', 'specs or an output folder, REVISION:PATH of Git, or "cluster"', 'HEAD:dist')
    .argument('[after]', 'the same', 'fleet')
    .addOption(new Option('--format <format>', 'how to print it').choices(Object.keys(DIFF_FORMATS)).default('text'))
    .addOption(
      new Option('--fail-on <impacts...>', 'exit with 1 if there is a change with one of these impacts')
        .choices(IMPACTS)
        .default([]),
    )
    .addOption(noCacheOption())
    .action((before: string, after: string, options: DiffOptions) => {
      process.exitCode = actions().diff(before, after, options);
    });
}

/** The command, for the tree of commands. */
export function verifyCommand(): Command {
  return new Command('verify')
    .description(
      'Let the real programs of this machine (nginx, gobgpd, BIRD, FRR, ip, sh) read the artefacts; change nothing.',
    )
    .argument('[paths...]', 'files and folders of specs; - for standard input', ['fleet'])
    .option('-o, --output <folder>', 'judge the files of an output folder, in place of what the specs become')
    .addOption(new Option('--format <format>', 'how to print the verdicts').choices(['text', 'json']).default('text'))
    .option('--allow-missing', 'exit with 0 although a program is missing (otherwise 69)')
    .action((paths: string[], options: VerifyOptions) => {
      process.exitCode = actions().verify(paths, options);
    });
}

/** The command, for the tree of commands. */
export function explainCommand(): Command {
  const command = new Command('explain')
    .description(
      'Say what a field or a code means, where a line of output comes from, and what a line of a spec makes.',
    )
    .argument('<what>', 'a field such as Balancer.spec.ports, a code, or a line of an artefact or a spec as path:line')
    .argument('[paths...]', 'files and folders of specs; - for standard input', ['fleet'])
    .option('-o, --output <folder>', 'the folder that the path of an artefact may begin with', 'dist')
    .action((what: string, paths: string[], { output }: { readonly output: string }) => {
      process.exitCode = actions().explain(what, paths, output);
    });
  command
    .command('rbac')
    .description(
      'What a controller may do: kept (=), narrowed (~), dropped (-) and added (+) against its original manifest.',
    )
    .argument('<name>', 'name of the document that declares the controller')
    .argument('[paths...]', 'files and folders of specs; - for standard input', ['fleet'])
    .action((name: string, paths: string[]) => {
      process.exitCode = actions().explainRbac(name, paths);
    });
  return command;
}

/** The command, for the tree of commands. */
export function importCommand(): Command {
  return new Command('import')
    .description(
      'Write specs for what you have: manifests of the controllers of Alibaba Cloud, Services, Balancers, a bird.conf or nginx.conf.',
    )
    .argument('<paths...>', 'files and folders; - for standard input')
    .addOption(new Option('-o, --output <folder>', 'one file per spec, and none that is there is overwritten'))
    .addOption(new Option('--report <format>', 'how to print what differs').choices(['text', 'json']).default('text'))
    .action((paths: string[], { output, report }) => {
      process.exitCode = actions().importCommandAction(paths, { output, format: report });
    });
}
