/** What a stranger might write into a field of a load balancer: texts that mean something to gobgpd, a switch or `ip`. */
import { type Payload, TEXT_PAYLOADS } from './payloads';

const GOBGP = [
  'x"\n[[neighbors]]\n  [neighbors.config]\n    neighbor-address = "9.9.9.9"',
  '65000\nport = 1',
  '0xFDE8',
  'x\n[zebra.config]\n  enabled = true',
  '\\n',
  '\\q',
  '"""',
  "'''",
  'a\u0000"',
];

const BIRD = [
  'e1 { import all; }\nprotocol bgp x',
  'x"; password "x',
  'x\nprotocol static { route 0.0.0.0/0 blackhole; }',
  'include "/etc/shadow"',
  'x\ninclude "/etc/shadow";',
  'a/*b',
  '*/',
  "'node-1'",
  'a'.repeat(80),
];

const SWITCH = [
  'quit',
  'return',
  'system-view',
  'x\nreturn\nreset saved-configuration',
  'x\r\nquit',
  '?',
  'x?',
  '!',
  'x\n!\nno router bgp 65001',
  'end',
  'exit',
  'x\u0008\u0008y',
  'x\u001a',
  'n'.repeat(48),
  '-x',
  '| include x',
];

const IPROUTE = [
  'all',
  'default',
  'any',
  'inet',
  '0/0',
  '0.0.0.0/0',
  '::/0',
  '1.2.3.4/32 pref 0',
  '1.2.3.4; reboot',
  '010.1.2.3',
  '1.2.3',
  '0x7f000001',
  '2130706433',
  '192.168.1.256',
  '192.168.1.14/24',
  '192.168.001.014',
  'fe80::1%eth0',
  '::ffff:192.168.1.14',
  '::192.168.1.14',
  'FD00:1::5',
  'fd00:1:0:0:0:0:0:5',
  'fd00:1::0005',
  '[fd00:1::5]',
  '1::2::3',
  '192.168.1.0/24/24',
  '192.168.1.0/024',
  '192.168.1.0/+24',
  '192.168.1.0/33',
  '192.168.1.0/',
];

const PATHS = [
  '..',
  '.',
  '../x',
  'a/../b',
  'a..b',
  '.hidden',
  'CON',
  'eth0/../../x',
  'eth0:1',
  'lo',
  'steer.sh',
  'a b',
];

/** Every text that is tried in every field. */
export const BGP_PAYLOADS: readonly (Payload & { readonly value: string })[] = [
  ...TEXT_PAYLOADS,
  ...[...GOBGP, ...BIRD, ...SWITCH, ...IPROUTE, ...PATHS].map((value) => ({ value })),
];
