import { expect, test } from 'vitest';
import type { BgpLoadBalancerModel } from '../../../compiler/model/bgp/bgp-load-balancer';
import { speakerFiles } from '../../../compiler/render/gobgp';
import { threeMasters } from '../../real/gobgp-three-masters';
import { sampleBgpModel } from '../../sample-bgp-model';

/** Files as one folder of expected texts per case. */
async function expectFiles(model: BgpLoadBalancerModel, folder: string): Promise<void> {
  for (const [name, text] of Object.entries(speakerFiles(model))) {
    await expect(text).toMatchFileSnapshot(`expected-gobgp/${folder}/${name}`);
  }
}

test('the sample: one master, one file without a name', async () => {
  const model = sampleBgpModel();
  expect(Object.keys(speakerFiles(model))).toEqual([
    'config_bgp.toml',
    'announcements',
    'drain-worker.sh',
    'speaker-rib.sh',
    'start-speaker.sh',
  ]);
  await expectFiles(model, 'sample');
});

test('three masters, two switches, both families: a file per master', async () => {
  await expectFiles(threeMasters(), 'three-masters');
});

test('profile upstream: one file for gobgpd alone, of the first master', async () => {
  const model: BgpLoadBalancerModel = { ...threeMasters(), profile: 'upstream' };
  expect(Object.keys(speakerFiles(model))).toEqual(['config_bgp.toml']);
  await expectFiles(model, 'upstream');
});

test('what is off is left out: graceful restart, ADD-PATH', () => {
  const files = speakerFiles(sampleBgpModel({ speakers: { gracefulRestart: undefined, sendMax: undefined } }));
  expect(files['config_bgp.toml']).toBe(PLAIN);
  const starts = (text = '') => text.split('\n').filter((line) => line.startsWith('gobgpd '));
  expect(starts(files['start-speaker.sh'])).toEqual([
    'gobgpd -t toml -f "$RUN_DIR/config_bgp.toml" --api-hosts "127.0.0.1:$API_PORT" --pprof-disable &',
  ]);
});

const PLAIN = `[global.config]
  as = 65000
  router-id = "192.168.1.5"
  port = 1790
  local-address-list = [
    "192.168.1.5",
  ]

# The speaker announces and learns nothing. A default of reject-route would reject its own paths too.
[global.apply-policy.config]
  import-policy-list = ["import-nothing"]
  default-import-policy = "accept-route"
  default-export-policy = "accept-route"

[[defined-sets.neighbor-sets]]
  neighbor-set-name = "switches"
  neighbor-info-list = [
    "192.168.1.4",
  ]

[[policy-definitions]]
  name = "import-nothing"
  [[policy-definitions.statements]]
    name = "from-switches"
    [policy-definitions.statements.conditions.match-neighbor-set]
      neighbor-set = "switches"
      match-set-options = "any"
    [policy-definitions.statements.actions]
      route-disposition = "reject-route"

[[neighbors]]
  [neighbors.config]
    neighbor-address = "192.168.1.4"
    peer-as = 65001
    description = "s6800"
    admin-down = true
  [neighbors.timers.config]
    connect-retry = 5
    hold-time = 9
    keepalive-interval = 3
  [neighbors.transport.config]
    local-address = "192.168.1.5"
  [[neighbors.afi-safis]]
    [neighbors.afi-safis.config]
      afi-safi-name = "ipv4-unicast"
`;
