import { type OperatorIndex, operatorsAmong } from './model/balancer/delivery';
import { type Neighbours, neighboursAmong } from './model/neighbours';
import type { Source } from './spec/document';
import { loadContaining } from './spec/load';

/** The documents of a fleet that others name: found in the texts when the first one is asked for. */
export function neighboursIn(fleet: readonly Source[]): Neighbours {
  return neighboursAmong((kind) => loadContaining(fleet, kind));
}

/** The operators of a fleet. They may come after what they take care of: their texts are found before anything else is read. */
export function operatorsIn(fleet: Iterable<Source>): OperatorIndex {
  return operatorsAmong(loadContaining(fleet, 'BalancerOperator'));
}

/** The documents that decide how Balancers are delivered, as they are written. */
export function operatorTexts(fleet: readonly Source[]): string[] {
  return [...loadContaining(fleet, 'BalancerOperator')].map(({ text }) => text ?? '');
}
