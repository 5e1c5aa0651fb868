import type { Report } from '../../diagnostics';
import type { SpecDocument } from '../../spec/document';
import type { Balancer } from '../../spec/generated/balancer';
import { validate } from '../../spec/validate';
import type { BalancerOperatorModel } from '../operator/balancer-operator';
import { resolveBalancerOperator } from '../operator/resolve-balancer-operator';
import type { Problems } from '../problems';

/** How a Balancer reaches the cluster: as the objects that it becomes, or as a resource for an operator. */
export type Delivery = NonNullable<Balancer['spec']['delivery']>;

/** An operator of a fleet, and where it is declared. */
interface DeclaredOperator {
  readonly model: Pick<BalancerOperatorModel, 'name' | 'watchNamespaces'>;
  readonly locate: SpecDocument['locate'];
}

/** The operators of a fleet. */
export interface OperatorIndex {
  /** The first one that takes care of the Balancers of a namespace. */
  readonly watching: (namespace: string) => DeclaredOperator | undefined;
}

/** The operators among some documents. What is wrong with one is told where it is compiled. */
export function operatorsAmong(documents: Iterable<SpecDocument>): OperatorIndex {
  const operators: DeclaredOperator[] = [];
  const silent: Report = () => {};
  for (const document of documents) {
    if ((document.value as { readonly kind?: unknown }).kind !== 'BalancerOperator') continue;
    const checked = validate(document, silent);
    if (checked?.kind !== 'BalancerOperator') continue;
    const model = resolveBalancerOperator(checked.content, document, silent);
    if (model !== undefined) operators.push({ model, locate: document.locate });
  }
  return {
    watching: (namespace) =>
      operators.find(({ model: { watchNamespaces } }) => {
        return watchNamespaces.length === 0 || watchNamespaces.includes(namespace);
      }),
  };
}

/** How a Balancer of a fleet is delivered where it does not say so itself. */
export function defaultDelivery({ metadata }: Balancer, operators: OperatorIndex): Delivery {
  return operators.watching(metadata.namespace ?? 'default') === undefined ? 'objects' : 'resource';
}

/** Refuses objects where an operator would make them too. */
export function checkDelivery(
  { metadata, spec }: Balancer,
  delivery: Delivery,
  operators: OperatorIndex,
  problems: Problems,
): void {
  const { name, namespace = 'default' } = metadata;
  const operator = delivery === 'objects' ? operators.watching(namespace) : undefined;
  if (operator === undefined) return;
  const pointer = spec.delivery === undefined ? '/spec' : '/spec/delivery';
  const message = `"${name}" is delivered as objects in namespace "${namespace}", which BalancerOperator "${operator.model.name}" watches`;
  const field = operator.model.watchNamespaces.length === 0 ? '/metadata/name' : '/spec/watchNamespaces';
  problems.add('BAL3164', pointer, message, [
    { message: 'the operator is declared here', location: operator.locate(field) },
  ]);
}
