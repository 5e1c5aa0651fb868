/** A layered drawing of a graph (Sugiyama, Tagawa, Toda 1981): rows from the start down, long arrows led around boxes. */

/** An arrow from one node to another, both by name. */
interface Arrow {
  readonly from: string;
  readonly to: string;
}

/** A node, or the place where a long arrow crosses a row. */
export interface Place {
  readonly row: number;
  /** Centre, in the unit of the widths. */
  readonly x: number;
}

/** Where everything stands. */
interface Layout {
  readonly nodes: ReadonlyMap<string, Place>;
  /** For each arrow, in order, the places that it touches from its beginning to its end. */
  readonly paths: readonly (readonly Place[])[];
  readonly rows: number;
  readonly width: number;
}

/** How wide a node is, how wide the place of a crossing arrow, and what is left free between two of them. */
interface Sizes {
  readonly node: number;
  readonly crossing: number;
  readonly gap: number;
}

/** What stands in a row while the drawing is made. */
interface Item {
  readonly row: number;
  readonly width: number;
  readonly above: Item[];
  readonly below: Item[];
  x: number;
}

const SWEEPS = 8;

/** Lays a graph out from its first node. The order of nodes and arrows decides where nothing else does. */
export function layered(names: readonly string[], arrows: readonly Arrow[], sizes: Sizes): Layout {
  const rowOf = rowsOf(names, arrows);
  const rows: Item[][] = Array.from({ length: Math.max(...rowOf.values()) + 1 }, () => []);
  const add = (row: number, width: number): Item => {
    const item: Item = { row, width, above: [], below: [], x: 0 };
    rows[row]?.push(item);
    return item;
  };
  const items = new Map(names.map((name) => [name, add(rowOf.get(name) ?? 0, sizes.node)]));
  const chains = arrows.map(({ from, to }) =>
    chain(items.get(from)!, items.get(to)!, (row) => add(row, sizes.crossing)),
  );
  arrange(rows);
  spread(rows, sizes.gap);
  const left = Math.min(...rows.flat().map(({ x, width }) => x - width / 2));
  const right = Math.max(...rows.flat().map(({ x, width }) => x + width / 2));
  const place = ({ row, x }: Item): Place => ({ row, x: Math.round(x - left) });
  return {
    nodes: new Map([...items].map(([name, item]) => [name, place(item)])),
    paths: chains.map((items) => items.map(place)),
    rows: rows.length,
    width: Math.round(right - left),
  };
}

/** The row of each node: the longest way from the start, without the arrows that lead back. */
function rowsOf(names: readonly string[], arrows: readonly Arrow[]): ReadonlyMap<string, number> {
  const targets = new Map(names.map((name) => [name, arrows.filter(({ from }) => from === name).map(({ to }) => to)]));
  const rows = new Map<string, number>();
  const visited = new Set<string>();
  const open = new Set<string>();
  const order: string[] = [];
  const forward: Arrow[] = [];
  const visit = (name: string): void => {
    visited.add(name);
    open.add(name);
    for (const to of targets.get(name) ?? []) {
      if (!open.has(to)) forward.push({ from: name, to });
      if (!visited.has(to)) visit(to);
    }
    open.delete(name);
    order.unshift(name);
  };
  for (const name of names) if (!visited.has(name)) visit(name);
  for (const name of order) {
    const before = forward.filter(({ to }) => to === name).map(({ from }) => (rows.get(from) ?? 0) + 1);
    rows.set(name, Math.max(0, ...before));
  }
  return rows;
}

/** The items from one node to another, with one for each row between them. */
function chain(from: Item, to: Item, crossing: (row: number) => Item): readonly Item[] {
  const step = from.row < to.row ? 1 : -1;
  const between = Array.from({ length: Math.abs(to.row - from.row) - 1 }, (_, index) =>
    crossing(from.row + step * (index + 1)),
  );
  const items = [from, ...between, to];
  const downwards = step === 1 ? items : [...items].reverse();
  downwards.forEach((item, index) => {
    const below = downwards[index + 1];
    if (below === undefined) return;
    item.below.push(below);
    below.above.push(item);
  });
  return items;
}

/** Puts each row into the order of the middle of its neighbours, from above and from below in turn. */
function arrange(rows: Item[][]): void {
  const number = (row: Item[]): void => {
    row.forEach((item, index) => {
      item.x = index;
    });
  };
  for (const row of rows) number(row);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const down = sweep % 2 === 0;
    for (const row of down ? rows : [...rows].reverse()) {
      const middles = new Map(row.map((item) => [item, middle(down ? item.above : item.below, item.x)]));
      row.sort((one, other) => (middles.get(one) ?? 0) - (middles.get(other) ?? 0));
      number(row);
    }
  }
}

/** Gives each item the place in the middle of its neighbours, as near as the others of its row let it. */
function spread(rows: readonly Item[][], gap: number): void {
  for (const row of rows)
    settle(
      row,
      row.map(() => 0),
      gap,
    );
  for (let sweep = 0; sweep <= SWEEPS; sweep += 1) {
    const down = sweep % 2 === 0;
    for (const row of down ? rows : [...rows].reverse()) {
      const wanted = row.map((item) => middle(down ? item.above : item.below, item.x));
      settle(row, wanted, gap);
    }
  }
}

/** Isotonic regression by pooling: the places nearest to the wanted ones that keep the order and the distances. */
function settle(row: readonly Item[], wanted: readonly number[], gap: number): void {
  const offsets: number[] = [];
  row.forEach(({ width }, index) => {
    const before = row[index - 1];
    offsets.push(before === undefined ? 0 : (offsets[index - 1] ?? 0) + (before.width + width) / 2 + gap);
  });
  const pools: { sum: number; count: number }[] = [];
  wanted.forEach((x, index) => {
    pools.push({ sum: x - (offsets[index] ?? 0), count: 1 });
    for (let last = pools.at(-1)!, before = pools.at(-2); before && mean(before) > mean(last); before = pools.at(-2)) {
      pools.pop();
      before.sum += last.sum;
      before.count += last.count;
      last = before;
    }
  });
  const shifts = pools.flatMap((pool) => Array.from({ length: pool.count }, () => mean(pool)));
  row.forEach((item, index) => {
    item.x = (shifts[index] ?? 0) + (offsets[index] ?? 0);
  });
}

function mean({ sum, count }: { readonly sum: number; readonly count: number }): number {
  return sum / count;
}

function middle(neighbours: readonly Item[], otherwise: number): number {
  if (neighbours.length === 0) return otherwise;
  return neighbours.reduce((sum, { x }) => sum + x, 0) / neighbours.length;
}
