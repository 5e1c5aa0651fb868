import {
  apiServerSelector,
  type CustomApiServerModel,
  type FileStorage,
  headlessServiceName,
} from '../../model/api-server/custom-api-server';
import type { Deployment, Metadata, StatefulSet } from '../k8s';
import { apiServerPod, FILES_VOLUME } from './api-server-pod';

/** The server's workload: one Pod with a volume that stays, or any number beside an etcd. */
export function apiServerWorkload(model: CustomApiServerModel, metadata: Metadata): Deployment | StatefulSet {
  const { storage } = model;
  return storage.kind === 'file' ? statefulSet(model, storage, metadata) : deployment(model, metadata);
}

/** The Pods; the user's own labels are not among theirs: a Service of somebody else could select them. */
function template(model: CustomApiServerModel) {
  return { metadata: { labels: apiServerSelector(model.name) }, spec: apiServerPod(model) };
}

/** The old Pod is gone before the new one comes: two would write the same files. What is immutable is the same in both profiles. */
function statefulSet(model: CustomApiServerModel, storage: FileStorage, metadata: Metadata): StatefulSet {
  const { size, storageClassName, accessModes } = storage;
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata,
    spec: {
      serviceName: headlessServiceName(model.name),
      replicas: model.replicas,
      selector: { matchLabels: apiServerSelector(model.name) },
      updateStrategy: { type: 'RollingUpdate' },
      template: template(model),
      volumeClaimTemplates: [
        {
          metadata: { name: FILES_VOLUME, labels: apiServerSelector(model.name) },
          spec: { accessModes, storageClassName, resources: { requests: { storage: size } } },
        },
      ],
    },
  };
}

/** etcd keeps writers apart: old and new Pods may run side by side. */
function deployment(model: CustomApiServerModel, metadata: Metadata): Deployment {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      replicas: model.replicas,
      selector: { matchLabels: apiServerSelector(model.name) },
      ...(model.profile === 'hardened' && {
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      }),
      template: template(model),
    },
  };
}
