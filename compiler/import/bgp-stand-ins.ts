import type { PlainObject } from '../spec/leaf-differences';
import { fieldOf, itemsAt, textAt } from './field';
import { isPlaceholder } from './placeholder';

/** Port of BGP: with calico the speakers have another. */
const BGP_PORT = 179;

/** The spec of a BgpLoadBalancer with something at every blank, for the comparison only: addresses for documentation (RFC 5737, RFC 3849). */
export function fillBgpSpec(spec: PlainObject): PlainObject {
  const masters = itemsAt(spec, 'masters').map((master, index) => {
    return filled(master, { name: `placeholder-${index + 1}`, address: `192.0.2.${index + 1}` });
  });
  const switches = itemsAt(spec, 'switches').map((entry, index) => {
    // The image of the original reads no password from a Secret.
    const { passwordSecret: _, ...rest } = entry as PlainObject;
    return filled(rest, { address: `192.0.2.${254 - index}`, asn: 64513, dialect: 'bird2' });
  });
  const machines = [...masters, ...switches].flatMap((machine) => textAt(machine, 'address') ?? []);
  const isDual = machines.some((address) => address.includes(':'));
  const isIPv4 = machines.some((address) => !address.includes(':'));
  const worker = isIPv4 ? '192.0.2.200' : '2001:db8::c8';
  const steering = fieldOf(spec, 'steering');
  return {
    ...filled(spec, { asn: 64512, cni: (spec.port ?? BGP_PORT) === BGP_PORT ? 'flannel' : 'calico' }),
    masters,
    switches,
    workers: [
      { name: 'placeholder-worker', address: worker, ...(isIPv4 && isDual && { ipv6Address: '2001:db8::c8' }) },
    ],
    networks: {
      // Each machine by itself: whatever their networks are, nothing overlaps.
      nodes: [...new Set([...machines, worker, ...(isDual ? ['2001:db8::c8'] : [])])],
      pods: isIPv4 ? ['198.18.0.0/16'] : ['2001:db8:1::/64'],
      services: isIPv4 ? ['198.19.0.0/16'] : ['2001:db8:2::/64'],
    },
    pools: [{ name: 'public', addresses: [isIPv4 ? '203.0.113.254' : '2001:db8:3::fe'] }],
    controller: filled(spec.controller, { image: IMAGE }),
    daemon: filled(spec.daemon, { image: IMAGE }),
    ...(steering !== undefined && {
      steering: {
        ...(steering as PlainObject),
        ...(textAt(steering, 'deployModel') === 'test' && { acknowledgeDefaultRoute: true }),
      },
    }),
  };
}

const IMAGE = 'placeholder.invalid/image:fill-in';

/** Whether a leaf of the output has a stand-in in it. */
export const STANDS_FOR_BLANK = /placeholder|203\.0\.113\.254|2001:db8:3::fe/;

function filled(value: unknown, standIns: PlainObject): PlainObject {
  return Object.fromEntries(
    Object.entries((value ?? {}) as PlainObject).map(([key, field]) => {
      return [key, isPlaceholder(field) && key in standIns ? standIns[key] : field];
    }),
  );
}
