import { type HubUnitModel, type ReconcilerHubModel, unitNames } from '../../model/hub/reconciler-hub';
import type { Output } from '../artefact';
import { disruptionBudget } from '../balancer/disruption-budget';
import { configMap, type Files } from '../config-map';
import type { KubernetesObject } from '../k8s';
import { CONFIG_FILE, hubDeployment } from './hub-deployment';
import { accountKubeconfig } from './hub-kubeconfig';
import { hubMetadata, hubSelector, unitComponent } from './hub-metadata';
import { unitPolicies, unitServices } from './hub-network';
import { hubPermissions } from './hub-permissions';
import { webObjects } from './hub-web';
import { kubecontrollerConfig } from './kubecontroller-config';

/** What a ReconcilerHub becomes: each program with what it needs before it, and what it is told. */
export function renderReconcilerHub(model: ReconcilerHubModel): Output {
  const { units, name } = model;
  const told = units.map((unit) => [unit, filesOf(model, unit)] as const);
  const named = told.flatMap(([unit, files]) => {
    const folder = unit.name === name ? '' : `${unit.name}/`;
    return Object.entries(files).map(([file, text]) => [`${folder}${file}.conf`, text] as const);
  });
  return {
    objects: [...told.flatMap(([unit, files]) => unitObjects(model, unit, files)), ...webObjects(model)],
    files: Object.fromEntries(named),
    reconciles: reconcilesOf(model),
  };
}

/** What a program finds in its ConfigMap. */
function filesOf(model: ReconcilerHubModel, unit: HubUnitModel): Files {
  return {
    [CONFIG_FILE]: kubecontrollerConfig(model, unit),
    ...(model.manager.kubeconfig === undefined && { kubeconfig: accountKubeconfig() }),
  };
}

function unitObjects(model: ReconcilerHubModel, unit: HubUnitModel, files: Files): KubernetesObject[] {
  const component = unitComponent(model, unit.name);
  const names = unitNames(unit.name);
  const hasBudget = model.profile === 'hardened' && unit.replicas > 1;
  const budget = hubMetadata(model, component, names.manager);
  return [
    ...hubPermissions(model, unit),
    configMap(hubMetadata(model, component, names.config), files),
    ...unitServices(model, unit),
    ...unitPolicies(model, unit),
    hubDeployment(model, unit, files),
    ...(hasBudget ? [disruptionBudget(budget, hubSelector(model, component))] : []),
  ];
}

/** Whose objects it writes the status of, so that two hubs can be compared. Those of another API server are no business of this cluster. */
function reconcilesOf({ units, filters, manager }: ReconcilerHubModel): NonNullable<Output['reconciles']> {
  if (manager.kubeconfig !== undefined) return [];
  const selector = Object.entries(filters.labelSelector).sort().join();
  return units.flatMap(({ reconcilers }) =>
    reconcilers.map(({ resource: { group, plural, pointer } }) => {
      return { resource: `${plural}.${group}`, namespaces: filters.namespaces, selector, pointer };
    }),
  );
}
