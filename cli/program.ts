import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { REPORTS } from '../compiler/diagnostics';
import { check } from './check';
import { diffCommand } from './diff';
import type { FailOn } from './exit-codes';
import { explainCommand } from './explain';
import { importCommand } from './import';
import { routesCommand } from './routes';
import { synth } from './synth';
import { verifyCommand } from './verify';

/** The tree of commands. Each action sets the exit code of the process. */
export function program(): Command {
  const root = new Command('balancer')
    .description(
      'Compile declarations of load balancers into Kubernetes manifests and the configurations of nginx, BGP speakers, switches and nodes.',
    )
    .configureHelp({ sortSubcommands: false })
    .exitOverride()
    .addHelpText(
      'beforeAll',
      `${examples([
        ['balancer check fleet', 'look for problems'],
        ['balancer synth fleet', 'write manifests into dist/'],
        ['balancer import my-manifests -o fleet', 'write specs for what you have'],
        ['balancer routes -f state.yaml', 'what is announced for the state of a cluster'],
      ])}\n`,
    )
    .option('-V, --version', 'print the version')
    .on('option:version', () => {
      process.stdout.write(`${version()}\n`);
      process.exit(0);
    });
  root.addCommand(synthCommand());
  root.addCommand(checkCommand());
  root.addCommand(routesCommand());
  root.addCommand(diffCommand());
  root.addCommand(verifyCommand());
  root.addCommand(explainCommand());
  root.addCommand(importCommand());
  return root;
}

function synthCommand(): Command {
  return new Command('synth')
    .description('Compile specs and write the artefacts.')
    .argument('[paths...]', 'files and folders of specs; - for standard input', ['fleet'])
    .addOption(
      new Option('-o, --output <folder>', 'where to write; - prints the manifests (the default for standard input)'),
    )
    .addOption(new Option('--check', 'write nothing; exit with 2 if the folder differs from the specs'))
    .addOption(failOn(['error', 'warning']))
    .exitOverride()
    .action((paths: string[], options) => {
      process.exitCode = synth(paths, options);
    });
}

function checkCommand(): Command {
  return new Command('check')
    .description('Look for problems in specs; write nothing.')
    .argument('[paths...]', 'files and folders of specs; - for standard input', ['fleet'])
    .addOption(new Option('--format <format>', 'how to print problems').choices(Object.keys(REPORTS)).default('text'))
    .addOption(
      new Option(
        '--manifests <paths...>',
        'look at manifests of any origin in place of specs: permissions, removed APIs',
      ),
    )
    .addOption(failOn(['error', 'warning', 'never']))
    .exitOverride()
    .action((paths: string[], options) => {
      process.exitCode = check(paths, { ...options, version: version() });
    });
}

function failOn(severities: readonly FailOn[]): Option {
  return new Option('--fail-on <severity>', 'exit with 1 from this severity on').choices(severities).default('error');
}

function examples(lines: readonly (readonly [call: string, meaning: string])[]): string {
  return ['Examples:', ...lines.map(([call, meaning]) => `  ${call.padEnd(39)}${meaning}`), ''].join('\n');
}

function version(): string {
  return JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')).version;
}
