import type { PlainObject } from '../spec/leaf-differences';
import type { BgpFacts } from './bgp-facts';
import { fieldOf, itemsAt, textAt } from './field';
import { isPlaceholder } from './placeholder';
import type { Recognised } from './recognised';

type Ask = readonly [path: string, isAsked: boolean, reason: string];

/** What the files of 002 do not say of a spec that was written for them. */
export function missingBgpFields(spec: PlainObject, facts: BgpFacts): Recognised['missing'] {
  const isBlank = (...keys: readonly (string | number)[]): boolean => isPlaceholder(fieldOf(spec, ...keys));
  const asks: readonly Ask[] = [
    ['/asn', isBlank('asn'), 'the AS number of the speakers: no file of 002 that is there says it'],
    ['/cni', true, 'no file of 002 says which network plugin there is'],
    ['/masters', true, 'the names of the nodes: the files have their addresses only'],
    ...masters(spec, facts),
    ...itemsAt(spec, 'switches').flatMap((one, index) => ofSwitch(one, `/switches/${index}`)),
    ['/workers', true, 'no file of 002 says who they are'],
    ['/networks', true, 'no file of 002 says what they are'],
    ['/pools', true, 'no file of 002 says which addresses may be used'],
    ['/controller/image', isBlank('controller', 'image'), 'the image of loadbalancer-controller: 002 names none'],
    ['/daemon/image', isBlank('daemon', 'image'), 'the image of loadbalancer-daemon: 002 names none'],
    [
      '/steering/acknowledgeDefaultRoute',
      textAt(spec, 'steering', 'deployModel') === 'test',
      'true, if the nodes may lose their default route: DEPLOY_MODEL is "test"',
    ],
  ];
  return asks.filter(([, isAsked]) => isAsked).map(([path, , reason]) => ({ path: `/spec${path}`, reason }));
}

function masters(spec: PlainObject, { sessions }: BgpFacts): Ask[] {
  const address = fieldOf(spec, 'masters', 0, 'address');
  const isKnown = sessions.length > 0 || isPlaceholder(address);
  return [
    ['/masters/0/address', !isKnown, 'the router id stands there: write the address of the node, if it is another'],
  ];
}

function ofSwitch(one: unknown, path: string): Ask[] {
  const isBlank = (key: string): boolean => isPlaceholder(fieldOf(one, key));
  return [
    [`${path}/address`, isBlank('address'), 'the address of the switch: no file of 002 that is there says it'],
    [`${path}/asn`, isBlank('asn'), 'the AS number of the switch: no file of 002 that is there says it'],
    [`${path}/dialect`, isBlank('dialect'), 'what the switch runs: none of its files is there'],
    [
      `${path}/passwordSecret`,
      fieldOf(one, 'passwordSecret') !== undefined,
      'the Secret with the password of the sessions, which you make; profile hardened reads it, the image of the original does not',
    ],
  ];
}
