/** Profile upstream of AlibabaLoadBalancerController against the manifests and the Dockerfile of 000. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compileAll } from '../../../compiler';
import {
  differences,
  type ExplainedDifference,
  objectsOf,
  printedObjects,
  sourceDocument,
  unexplained,
} from './compare';

const ORIGINAL = objectsOf(...['rbac', 'config-map', 'deployment'].map((name) => sourceDocument(`000/${name}.yaml`)));

type Way = 'upstream' | 'upstream-external-secret' | 'upstream-ram-role';

/** The three ways to give credentials; `upstream` is the one with a Secret. */
const WAYS: readonly Way[] = ['upstream', 'upstream-external-secret', 'upstream-ram-role'];

/** With keys. */
const KEYS: readonly Way[] = ['upstream', 'upstream-external-secret'];

const DEPLOYMENT = { object: 'Deployment kube-system/load-balancer-controller' } as const;
const POD = 'spec/template/spec';
const CONTAINER = `${POD}/containers/load-balancer-controller`;
const VOLUME = `${POD}/volumes/cloud-config`;
const CONFIG = { object: 'ConfigMap kube-system/load-balancer-config' } as const;

/** Every difference to the document, with the ways in which it is there: all three without a list. */
const TABLE: readonly (ExplainedDifference & { readonly ways?: readonly Way[] })[] = [
  {
    ...DEPLOYMENT,
    field: `${CONTAINER}/image`,
    kind: 'changed',
    reason: 'the document has a placeholder: the image is the one that a user has built',
  },
  {
    ...DEPLOYMENT,
    field: `${CONTAINER}/ports`,
    kind: 'added',
    reason: 'the port that the probes ask is declared; nothing else depends on it',
  },
  {
    ...DEPLOYMENT,
    field: `${CONTAINER}/volumeMounts/cloud-config/readOnly`,
    kind: 'added',
    reason: 'the controller only reads the file; a ConfigMap was never writable',
  },
  {
    ...CONFIG,
    field: 'data/cloud-config.conf',
    kind: 'changed',
    ways: ['upstream', 'upstream-ram-role'],
    reason: 'strict JSON: the comments of the document are none in JSON, and keys do not stand in a ConfigMap',
  },
  {
    ...CONFIG,
    field: 'data/write-cloud-config.sh',
    kind: 'added',
    ways: ['upstream'],
    reason: 'the script that fills the keys in where the Pod runs',
  },
  {
    ...DEPLOYMENT,
    field: `${POD}/initContainers`,
    kind: 'added',
    ways: ['upstream'],
    reason: 'the init container that runs the script',
  },
  {
    ...DEPLOYMENT,
    field: `${POD}/securityContext/fsGroup`,
    kind: 'added',
    ways: KEYS,
    reason: 'files with keys are for their owner and for the group of user 1200, not for everybody',
  },
  {
    ...DEPLOYMENT,
    field: `${VOLUME}/configMap`,
    kind: 'missing',
    ways: KEYS,
    reason: 'the mounted file has keys in it, which a ConfigMap must not have',
  },
  {
    ...DEPLOYMENT,
    field: `${VOLUME}/emptyDir`,
    kind: 'added',
    ways: ['upstream'],
    reason: 'the file that the init container writes, in memory',
  },
  {
    ...DEPLOYMENT,
    field: `${POD}/volumes/cloud-config-template`,
    kind: 'added',
    ways: ['upstream'],
    reason: 'the ConfigMap of the document, for the init container',
  },
  {
    ...DEPLOYMENT,
    field: `${POD}/volumes/access-key`,
    kind: 'added',
    ways: ['upstream'],
    reason: 'the keys, for the init container',
  },
  {
    ...DEPLOYMENT,
    field: `${VOLUME}/secret`,
    kind: 'added',
    ways: ['upstream-external-secret'],
    reason: 'the Secret that external-secrets.io makes, with the whole file in it',
  },
  {
    object: 'ExternalSecret kube-system/load-balancer-cloud-config',
    field: '',
    kind: 'added',
    ways: ['upstream-external-secret'],
    reason: 'fetches the keys and writes the file',
  },
  {
    ...CONFIG,
    field: '',
    kind: 'missing',
    ways: ['upstream-external-secret'],
    reason:
      'the file is in the Secret; a ConfigMap that is left over from the document must be deleted, its keys replaced',
  },
  {
    ...DEPLOYMENT,
    field: 'spec/template/metadata/annotations',
    kind: 'added',
    ways: ['upstream-ram-role'],
    reason: 'says which RAM role the nodes should have: the program takes the one that they have',
  },
];

function specOf(way: Way): string {
  return readFileSync(join(__dirname, `../../cases/alibaba-load-balancer-controller-${way}/spec.yaml`), 'utf8');
}

describe('000', () => {
  test.each(WAYS)('%s: every difference has its reason', (way) => {
    const rows = TABLE.filter(({ ways = WAYS }) => ways.includes(way));
    expect(unexplained(differences(printedObjects(specOf(way)), ORIGINAL), rows)).toEqual({ unlisted: [], stale: [] });
  });

  test('the Dockerfile is the one of the document', () => {
    const { artefacts } = compileAll([{ file: 'spec.yaml', text: specOf('upstream') }]);
    expect(artefacts.find(({ path }) => path.endsWith('/Dockerfile'))?.text).toBe(sourceDocument('000/Dockerfile'));
  });
});
