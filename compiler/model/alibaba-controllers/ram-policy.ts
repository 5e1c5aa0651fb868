import type { AlibabaCloudControllerManagerModel } from './alibaba-cloud-controller-manager';
import {
  CLB_ACTIONS,
  NLB_ACTIONS,
  NODE_ACTIONS,
  OLD_ACTIONS,
  POD_BACKEND_ACTIONS,
  type RamActions,
  ROUTE_ACTIONS,
  SOURCE_CHECK_ACTIONS,
  SOURCE_RANGE_ACTIONS,
} from './ram-actions';

/** A statement of a RAM policy: https://www.alibabacloud.com/help/en/ram/user-guide/policy-structure-and-syntax */
interface RamStatement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

/** A RAM policy. */
interface RamPolicy {
  readonly Version: '1';
  readonly Statement: readonly RamStatement[];
}

type Asking = Pick<AlibabaCloudControllerManagerModel, 'version' | 'controllers' | 'features' | 'flags'>;

/** The operations that the controllers call, as one statement per service; the sample that the document links to grants far more. */
export function ramPolicy(model: Asking): RamPolicy {
  const actions =
    model.flags.dryRun === true ? wanted(model).flatMap(reading) : wanted(model).flatMap((w) => w.actions);
  const services = new Map<string, Set<string>>();
  for (const action of actions) {
    const [service = ''] = action.split(':');
    services.set(service, (services.get(service) ?? new Set<string>()).add(action));
  }
  const statements = [...services.values()].map((names) => ({
    Effect: 'Allow' as const,
    Action: [...names].sort(),
    Resource: ['*'],
  }));
  return { Version: '1', Statement: statements };
}

/** A dry run changes nothing: kubernetes/cloud-provider-alibaba-cloud, pkg/provider/dryrun. */
function reading({ actions }: RamActions): string[] {
  return actions.filter((action) => /:(Describe|Get|List)/.test(action));
}

function wanted({ version, controllers, features, flags }: Asking): RamActions[] {
  const routes = features.has('route');
  if (version === 'v1.9') return [OLD_ACTIONS.node, OLD_ACTIONS.service, ...(routes ? [OLD_ACTIONS.route] : [])];
  const serves = controllers.has('service') || controllers.has('nlb');
  const checked = controllers.has('node') && flags.skipDisableSourceDestCheck !== true;
  return [
    ...(controllers.has('node') ? [NODE_ACTIONS] : []),
    ...(checked ? [SOURCE_CHECK_ACTIONS] : []),
    ...(routes ? [ROUTE_ACTIONS] : []),
    ...(serves ? [POD_BACKEND_ACTIONS] : []),
    ...(controllers.has('service') ? [CLB_ACTIONS] : []),
    ...(controllers.has('nlb') ? [NLB_ACTIONS, SOURCE_RANGE_ACTIONS] : []),
  ];
}
