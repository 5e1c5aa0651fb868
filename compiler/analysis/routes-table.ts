import type { AddressFamily } from '../model/bgp/bgp-load-balancer';
import type { RibEntry, WantedRoutes } from './routes';

/** Columns and their least widths: `gobgp global rib` of GoBGP 3.10. */
const MARK = 3;
const NETWORK = 20;
const NEXT_HOP = 20;
const AS_PATH = 20;
const AGE = 10;

/** What gobgp shows for a route that was announced just now: a wanted route has no age. */
const NO_AGE = '00:00:00';

/** The RIB as `gobgp global rib -a ipv4` and `-a ipv6` print it, one block per address family; the notes apart. */
export function routesTable({ rib, notes }: WantedRoutes): { readonly table: string; readonly notes: string } {
  const families: readonly AddressFamily[] = ['IPv4', 'IPv6'];
  const blocks = families.flatMap((family) => {
    const entries = rib.filter((entry) => entry.family === family);
    return entries.length === 0 ? [] : [block(entries)];
  });
  return {
    table: blocks.length === 0 ? 'Network not in table\n' : blocks.join('\n'),
    notes: notes.map(({ subject, message }) => `note: ${subject}: ${message}\n`).join(''),
  };
}

function block(entries: readonly RibEntry[]): string {
  const paths = entries.flatMap((entry) => entry.paths);
  const network = widest(
    NETWORK,
    paths.map(({ prefix }) => prefix),
  );
  const nextHop = widest(
    NEXT_HOP,
    paths.map((path) => path.nextHop),
  );
  const line = (mark: string, ...cells: readonly [string, string, string, string, string]): string => {
    const widths = [network, nextHop, AS_PATH, AGE, 0];
    return `${mark.padEnd(MARK)}${cells.map((cell, index) => cell.padEnd(widths[index]!)).join(' ')}\n`;
  };
  const rows = entries.flatMap((entry) =>
    // The first path stands for the best one: all of them are equal, which is what makes them share the load.
    entry.paths.map((path, index) =>
      line(index === 0 ? '*>' : '*', path.prefix, path.nextHop, '', NO_AGE, '[{Origin: ?}]'),
    ),
  );
  return [line('', 'Network', 'Next Hop', 'AS_PATH', 'Age', 'Attrs'), ...rows].join('');
}

function widest(least: number, texts: readonly string[]): number {
  return texts.reduce((width, text) => Math.max(width, text.length), least);
}
