import { dirname, join } from 'node:path';
import { runInSandbox } from './sandbox';

/** What gobgpd makes of a configuration. */
type GobgpJudgement = { readonly ok: true } | { readonly ok: false; readonly problems: readonly GobgpProblem[] };

/** Why gobgpd refuses a configuration, or where it does not do what the file says. */
interface GobgpProblem {
  readonly message: string;
}

const CONF = '/run/judge/config_bgp.toml';

/** Parts that the script prints: the answers of `gobgp -j global` and `gobgp -j neighbor`. */
const GLOBAL = '--- global';
const NEIGHBOR = '--- neighbor';

/**
 * A dry run, then a real start: gobgpd -d accepts most wrong values, and a start silently changes some of them.
 * The API answers before the configuration is applied, so it is asked a second after that.
 */
const START = `gobgpd=$1 gobgp=$2 conf=$3
"$gobgpd" -d -t toml -f "$conf" > /run/judge/log 2>&1 || { cat /run/judge/log; exit 1; }
ip link set lo up
"$gobgpd" -t toml -f "$conf" --api-hosts 127.0.0.1:50051 --pprof-disable > /run/judge/log 2>&1 &
sleep 1
kill -0 $! 2> /dev/null || { cat /run/judge/log; exit 1; }
echo '${GLOBAL}'
"$gobgp" -j global || { cat /run/judge/log; exit 1; }
echo
echo '${NEIGHBOR}'
"$gobgp" -j neighbor || { cat /run/judge/log; exit 1; }
`;

/**
 * Asks gobgpd whether it takes a configuration, and whether it then does what the file says: AS, router id, port and
 * neighbors. The client `gobgp` is the one beside it. https://github.com/osrg/gobgp/blob/v3.10.0/docs/sources/configuration.md
 * Throws where there is no sandbox.
 */
export function judgeGobgpConfig(gobgpd: string, toml: string): GobgpJudgement {
  const command = ['/bin/sh', '-c', START, 'sh', gobgpd, join(dirname(gobgpd), 'gobgp'), CONF];
  const { status, stdout, stderr } = runInSandbox(command, { files: { [CONF]: toml } });
  const messages = status === 0 ? differences(said(toml), running(stdout)) : errorsIn(`${stdout}${stderr}`);
  if (status !== 0 && messages.length === 0) messages.push(`${stdout}${stderr}`.trim() || `status ${status}`);
  return messages.length === 0 ? { ok: true } : { ok: false, problems: messages.map((message) => ({ message })) };
}

/** What can be compared, by the name in messages. */
type Facts = readonly (readonly [what: string, value: string])[];

function differences(wanted: Facts, actual: Facts): string[] {
  const lines = (facts: Facts) => facts.map(([what, value]) => `${what} ${value}`);
  const [file, daemon] = [lines(wanted), lines(actual)];
  return [
    ...without(file, daemon).map((line) => `the file says ${line}, gobgpd does not`),
    ...without(daemon, file).map((line) => `gobgpd says ${line}, the file does not`),
  ];
}

/** Those of the lines that are not among the others, each as often as it is there too many times. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const rest = [...others];
  return lines.filter((line) => {
    const place = rest.indexOf(line);
    if (place !== -1) rest.splice(place, 1);
    return place === -1;
  });
}

/** What a file says. A reader for the one-line values that gobgpd has accepted before; it knows no other TOML. */
function said(toml: string): Facts {
  const text = toml.replace(/\[\s*\n([^\]]*)\]/g, (_, items: string) => `[${items.replace(/\s+/g, ' ')}]`);
  let table = '';
  const facts: [string, string][] = [];
  for (const line of text.split('\n').map((raw) => raw.trim())) {
    const header = /^\[+([a-z.-]+)\]+$/.exec(line);
    const pair = /^([a-z-]+)\s*=\s*(.*)$/.exec(line);
    if (header !== null) table = header[1]!;
    else if (pair !== null) facts.push([`${table} ${pair[1]}`, plain(pair[2]!)]);
  }
  return facts.filter(([what]) => COMPARED.has(what));
}

const COMPARED = new Set([
  'global.config as',
  'global.config router-id',
  'global.config port',
  'global.config local-address-list',
  'neighbors.config neighbor-address',
  'neighbors.config peer-as',
  'neighbors.config description',
  'neighbors.config admin-down',
]);

/** A TOML value as one text: a string without its quotes, an array with blanks between its items. */
function plain(value: string): string {
  return value
    .replace(/^"(.*)"$/, '$1')
    .replace(/^\[(.*)\]$/, (_, items: string) =>
      Array.from(items.matchAll(/"([^"]*)"/g), ([, item]) => item).join(' '),
    );
}

interface Running {
  readonly asn?: number;
  readonly router_id?: string;
  readonly listen_port?: number;
  readonly listen_addresses?: readonly string[];
}

interface RunningNeighbor {
  readonly conf: {
    readonly neighbor_address: string;
    readonly peer_asn?: number;
    readonly description?: string;
    readonly admin_down?: boolean;
  };
}

/** What gobgpd runs. Where no addresses are given it lists every address of both families. */
function running(stdout: string): Facts {
  const [, rest = ''] = stdout.split(`${GLOBAL}\n`);
  const [global = '{}', neighbors = '[]'] = rest.split(`${NEIGHBOR}\n`);
  const { asn = 0, router_id = '', listen_port = 0, listen_addresses = [] } = JSON.parse(global) as Running;
  const listens = listen_addresses.join(' ');
  return [
    ['global.config as', `${asn}`],
    ['global.config router-id', router_id],
    ['global.config port', `${listen_port}`],
    ...(listens === '' || listens === '0.0.0.0 ::' ? [] : [['global.config local-address-list', listens] as const]),
    ...(JSON.parse(neighbors) as RunningNeighbor[]).flatMap(({ conf }): Facts => {
      const { neighbor_address, peer_asn = 0, description, admin_down } = conf;
      return [
        ['neighbors.config neighbor-address', neighbor_address],
        ['neighbors.config peer-as', `${peer_asn}`],
        ...(description === undefined ? [] : [['neighbors.config description', description] as const]),
        ...(admin_down ? [['neighbors.config admin-down', 'true'] as const] : []),
      ];
    }),
  ];
}

/** gobgpd logs JSON lines, of which those count that tell of an error; it panics in plain text on some files. */
function errorsIn(output: string): string[] {
  return output.split('\n').flatMap((line) => {
    if (line.startsWith('panic: ')) return [line];
    if (!/^\{.*"level":"(?:error|fatal|panic)"/.test(line)) return [];
    const { Error: error, msg } = JSON.parse(line) as { readonly Error?: string; readonly msg?: string };
    return [[msg, error].filter((text) => text !== undefined && text !== '').join(': ')];
  });
}
