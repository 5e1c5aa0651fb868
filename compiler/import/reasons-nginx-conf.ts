import type { LeafDifference } from '../spec/leaf-differences';
import { STAND_IN_WEIGHT } from './balancer-backends-from-parts';
import { secondsIn } from './ports-in-nginx-conf';
import type { Reason } from './rule';

interface Rule extends Reason {
  readonly path: RegExp;
  readonly sides?: 'added' | 'missing' | 'changed';
  readonly when?: (leaf: LeafDifference) => boolean;
}

const ONE_LIST =
  'a Balancer has one list of backends, with the same words for each, for all of its ports: it is that of the first';

/** Rules in the order in which they are tried. */
const RULES: readonly Rule[] = [
  {
    path: /\/syntax error( \d+)?$/,
    effect: 'lost',
    reason: 'nginx refuses it there, and does not start',
  },
  {
    path: /\/listen( \d+)?\/tcp$/,
    sides: 'missing',
    effect: 'changed',
    reason: 'nginx refuses the word "tcp", and does not start: without it a listener is one of TCP',
  },
  {
    path: /\/server \d+\/weight$/,
    sides: 'added',
    when: ({ after }) => after === String(STAND_IN_WEIGHT),
    effect: 'fill in',
    reason: 'no file says it: write the value into the spec',
  },
  {
    path: /\/server \d+\/weight$/,
    when: ({ before = '1', after = '1' }) => before === after,
    effect: 'same',
    reason: 'the weight that nginx takes if none is said',
  },
  {
    path: /(timeout|_fails)$/,
    sides: 'changed',
    when: ({ before, after }) => secondsIn(String(before)) === secondsIn(String(after)),
    effect: 'same',
    reason: 'the same time, in seconds',
  },
  {
    path: /\/proxy_pass$/,
    sides: 'changed',
    effect: 'same',
    reason: 'an upstream is called after its port, and compared under that name; a single server is an upstream, too',
  },
  {
    path: /\/server \d+\/address$/,
    sides: 'changed',
    when: ({ before, after }) => serviceOf(before) === serviceOf(after),
    effect: 'same',
    reason: 'the same Service, by its short or by its whole name',
  },
  {
    path: /\/listen( \d+)?\/address$/,
    sides: 'changed',
    effect: 'changed',
    reason: 'a Balancer listens on all addresses of its Pod',
  },
  {
    path: /\/server \d+\/(resolve|address|weight)$|\/(zone|include|resolver)( \d+)?$/,
    sides: 'added',
    effect: 'changed',
    reason: 'as this nginx is told of servers: from version 1.27.3 on it follows their names',
  },
  {
    path: /\/server \d+\//,
    sides: 'changed',
    effect: 'lost',
    reason: ONE_LIST,
  },
  {
    path: /\/server \d+\/(weight|max_fails|fail_timeout|max_conns|backup|down)$/,
    sides: 'missing',
    effect: 'lost',
    reason: ONE_LIST,
  },
  {
    path: /^\/data\/nginx\.conf\/stream\/server[^/]*\/(listen( \d+)?\/address|proxy_pass)$/,
    sides: 'missing',
    effect: 'lost',
    reason:
      'a Balancer sends all of its ports to one list of Services and addresses: a port to others is another Balancer, one to a variable none',
  },
];

const GENERAL: Readonly<Record<'added' | 'missing' | 'changed', Reason>> = {
  added: { effect: 'changed', reason: 'as nginx.conf of a Balancer has it; yours says nothing about it' },
  missing: { effect: 'lost', reason: 'no field of a Balancer stands for it' },
  changed: { effect: 'lost', reason: 'no field of a Balancer stands for the value: the output has that of a Balancer' },
};

/** Why a directive of nginx.conf differs. */
export function confReason(leaf: LeafDifference): Reason {
  const side = !('before' in leaf) ? 'added' : !('after' in leaf) ? 'missing' : 'changed';
  const found = RULES.find(({ path, sides = side, when }) => {
    return path.test(leaf.path) && sides === side && (when?.(leaf) ?? true);
  });
  const { effect, reason } = found ?? GENERAL[side];
  return { effect, reason };
}

/** `web.shop.svc.cluster.local:80` is `web:80`. */
function serviceOf(address: unknown): string {
  return String(address).replace(/\.[a-z0-9-]+\.svc(\.[a-z0-9.-]+)?(?=:)/, '');
}
