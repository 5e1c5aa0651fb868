import { realpathSync } from 'node:fs';
import type { BgpLoadBalancerModel } from '../../compiler/model/bgp/bgp-load-balancer';
import { speakerFiles } from '../../compiler/render/gobgp';
import { findProgram } from '../../judge/find-program';
import { runInSandbox } from '../../judge/sandbox';

/** Shells in which the scripts must run, as far as they are here: dash, and busybox with its own tools. */
export const SHELLS = ['dash', 'busybox'].flatMap((name) => {
  const path = findProgram(name, process.env);
  return path === undefined ? [] : [{ name, path: realpathSync(path) }];
});

type Shell = (typeof SHELLS)[number];

/** What a scenario may call; it is the Pod: the ConfigMap is /run/config, the Secrets are below /run/passwords. */
const POD = `
export CONFIG_DIR=/run/config PASSWORD_DIR=/run/passwords RUN_DIR=/run/gobgp DRAIN_SECONDS=1
ip link set lo up
mount -t proc proc /proc
mkdir -p /run/bin
if [ "\${1##*/}" = busybox ]; then
  for tool in sh awk cat cp grep mkdir rm sed sleep tr wc; do ln -s "$1" "/run/bin/$tool"; done
else
  ln -s "$1" /run/bin/sh
fi
export PATH="/run/bin:$PATH"
start() { rm -f /run/gobgp/ready; NODE_NAME=$node sh /run/config/start-speaker.sh > /run/out 2> /run/err & script=$!; }
within() { # tenths of a second, what, command...
  tenths=$1 what=$2; shift 2
  while ! "$@"; do
    tenths=$((tenths - 1))
    [ "$tenths" -gt 0 ] || { echo "not in time: $what"; cat /run/out /run/err; exit 1; }
    sleep 0.1
  done
}
ready() { within 100 ready [ -e /run/gobgp/ready ]; }
gone() { ! kill -0 "$1" 2> /dev/null; }
ended() { within 30 ended gone "$script"; status=0; wait "$script" || status=$?; echo "status $status"; }
speakers() { echo "gobgpd: $(pidof gobgpd | wc -w)"; }
rib() { for family in ipv4 ipv6; do gobgp global rib -a $family | awk '/^[*]/ { print $2, $3 }' | sort; done; }
drain() { status=0; sh /run/config/drain-worker.sh "$@" 2> /run/err || status=$?; cat /run/err; [ $status = 0 ] || echo "status $status"; }
`;

/** A Pod with a speaker, and what is done with it. */
export interface Scenario {
  readonly model: BgpLoadBalancerModel;
  readonly node: string;
  /** POSIX shell. */
  readonly steps: string;
  /** Passwords by `<secret>/<key>`. */
  readonly passwords?: Readonly<Record<string, string>>;
  /** Files of the ConfigMap that are missing. */
  readonly without?: readonly string[];
}

/** Plays a scenario with the unmodified files of the ConfigMap; the lines that it prints. */
export function playScenario(shell: Shell, scenario: Scenario): string[] {
  const { model, node, steps, passwords = {}, without = [] } = scenario;
  const config = Object.entries(speakerFiles(model)).filter(([name]) => !without.includes(name));
  const files = Object.fromEntries([
    ...config.map(([name, text]) => [`/run/config/${name}`, text]),
    ...Object.entries(passwords).map(([path, text]) => [`/run/passwords/${path}`, text]),
  ]);
  const command = ['/bin/sh', '-c', `${POD}\nnode=${node}\n${steps}`, 'pod', shell.path];
  const { stdout, stderr } = runInSandbox(command, { files, timeoutMilliseconds: 40_000 });
  return `${stdout}${stderr}`.split('\n').filter((line) => line !== '');
}
