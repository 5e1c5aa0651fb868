import type { IConstruct } from 'constructs';

/** Something that all constructs of a tree share: made for the first one that asks. */
export function perTree<T>(make: () => T): (construct: IConstruct) => T {
  const trees = new WeakMap<IConstruct, T>();
  return ({ node: { root } }) => {
    const shared = trees.get(root) ?? make();
    trees.set(root, shared);
    return shared;
  };
}
