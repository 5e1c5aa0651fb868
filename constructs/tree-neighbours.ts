import type { IConstruct } from 'constructs';
import { type Neighbours, neighboursAmong } from '../compiler/model/neighbours';
import type { SpecDocument } from '../compiler/spec/document';

/** Documents of a tree that others may name. A construct adds itself when it is made. */
interface TreeDocuments {
  readonly documents: (() => SpecDocument)[];
  index?: Neighbours;
}

const TREES = new WeakMap<IConstruct, TreeDocuments>();

/** Adds a document to the tree that its construct is in. */
export function addNeighbour(construct: IConstruct, document: () => SpecDocument): void {
  const tree = treeDocuments(construct);
  tree.documents.push(document);
  tree.index = undefined;
}

/** The documents of the tree that a construct is in. */
export function neighboursAround(construct: IConstruct): Neighbours {
  const tree = treeDocuments(construct);
  tree.index ??= neighboursAmong(() => tree.documents.map((document) => document()));
  return tree.index;
}

function treeDocuments(construct: IConstruct): TreeDocuments {
  const { root } = construct.node;
  const tree = TREES.get(root) ?? { documents: [] };
  TREES.set(root, tree);
  return tree;
}
