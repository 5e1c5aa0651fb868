import type { IConstruct } from 'constructs';
import { type OperatorIndex, operatorsAmong } from '../compiler/model/balancer/delivery';
import type { SpecDocument } from '../compiler/spec/document';

/** The operators that a tree declares. A construct adds itself when it is made. */
interface TreeOperators {
  readonly documents: (() => SpecDocument)[];
  index?: OperatorIndex;
}

const TREES = new WeakMap<IConstruct, TreeOperators>();

/** Adds an operator to the tree that it is in. */
export function addOperator(construct: IConstruct, document: () => SpecDocument): void {
  const operators = treeOperators(construct);
  operators.documents.push(document);
  operators.index = undefined;
}

/** The operators of the tree that a construct is in. */
export function operatorsAround(construct: IConstruct): OperatorIndex {
  const operators = treeOperators(construct);
  operators.index ??= operatorsAmong(operators.documents.map((document) => document()));
  return operators.index;
}

function treeOperators(construct: IConstruct): TreeOperators {
  const { root } = construct.node;
  const operators = TREES.get(root) ?? { documents: [] };
  TREES.set(root, operators);
  return operators;
}
