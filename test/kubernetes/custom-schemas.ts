/** Schemas of kinds that no package of Kubernetes' own schemas has, with the fields that we print: no unknown ones. */
import Ajv, { type ValidateFunction } from 'ajv';
import { albConfigProblems } from './alb-config-schema';
import { closed, metadata, text, texts } from './closed-schema';

/** https://external-secrets.io/latest/api/externalsecret/ */
const EXTERNAL_SECRET = closed(['apiVersion', 'kind', 'metadata', 'spec'], {
  apiVersion: text,
  kind: text,
  metadata,
  spec: closed(['secretStoreRef', 'target', 'data'], {
    refreshInterval: { type: 'string', pattern: '^([0-9]+h)?([0-9]+m)?([0-9]+s)?$' },
    secretStoreRef: closed(['name'], { kind: { enum: ['SecretStore', 'ClusterSecretStore'] }, name: text }),
    target: closed(['name'], {
      name: text,
      creationPolicy: { enum: ['Owner', 'Orphan', 'Merge', 'None'] },
      template: closed(['engineVersion', 'data'], { engineVersion: { const: 'v2' }, data: texts }),
    }),
    data: {
      type: 'array',
      minItems: 1,
      items: closed(['secretKey', 'remoteRef'], {
        secretKey: { type: 'string', pattern: '^[-._a-zA-Z0-9]{1,253}$' },
        remoteRef: closed(['key'], { key: text, property: text }),
      }),
    },
  }),
});

const ajv = new Ajv({ allErrors: true });

/** By apiVersion and kind. */
const VALIDATORS: Readonly<Record<string, ValidateFunction>> = {
  'external-secrets.io/v1 ExternalSecret': ajv.compile(EXTERNAL_SECRET),
};

/** Kinds with a judge in a file of its own. */
const OTHERS: Readonly<Record<string, (object: object) => string[]>> = {
  'alibabacloud.com/v1 AlbConfig': albConfigProblems,
};

/** What the schema of such a kind refuses; undefined for a kind that is not one of these. */
export function customProblems(object: object): string[] | undefined {
  const { apiVersion, kind } = object as { readonly apiVersion?: unknown; readonly kind?: unknown };
  const other = OTHERS[`${apiVersion} ${kind}`];
  if (other !== undefined) return other(object);
  const validate = VALIDATORS[`${apiVersion} ${kind}`];
  if (validate === undefined) return undefined;
  validate(object);
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    return `${instancePath || '/'} ${message} ${JSON.stringify(params)}`;
  });
}
