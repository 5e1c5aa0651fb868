import type { IConstruct } from 'constructs';
import { operatorsAmong } from '../compiler/model/balancer/delivery';
import { neighboursAmong } from '../compiler/model/neighbours';
import type { SpecDocument } from '../compiler/spec/document';
import { perTree } from './per-tree';

/** Documents of a tree, and an index of them. A construct adds itself when it is made. */
interface TreeDocuments<Index> {
  readonly add: (construct: IConstruct, document: () => SpecDocument) => void;
  readonly around: (construct: IConstruct) => Index;
}

/** The index is made anew when a document has come. */
function treeDocuments<Index>(indexOf: (documents: () => SpecDocument[]) => Index): TreeDocuments<Index> {
  const treeOf = perTree<{ documents: (() => SpecDocument)[]; index?: Index }>(() => ({ documents: [] }));
  return {
    add(construct, document) {
      const tree = treeOf(construct);
      tree.documents.push(document);
      tree.index = undefined;
    },
    around(construct) {
      const tree = treeOf(construct);
      tree.index ??= indexOf(() => tree.documents.map((document) => document()));
      return tree.index;
    },
  };
}

/** Documents of a tree that others may name. */
export const NEIGHBOURS = treeDocuments(neighboursAmong);

/** The operators that a tree declares. */
export const OPERATORS = treeDocuments((documents) => operatorsAmong(documents()));
