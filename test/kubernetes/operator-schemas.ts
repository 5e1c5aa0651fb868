/** Schemas of what a BalancerOperator brings and of what it reads, which no package of Kubernetes' own schemas has. */
import Ajv, { type AnySchemaObject, type ValidateFunction } from 'ajv';
import { BALANCER_CRD } from '../../compiler/manifest/generated/balancer-crd';
import { closed, metadata, text, texts } from './closed-schema';

const head = { apiVersion: text, kind: text, metadata };

/** https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.ServiceMonitor: the fields that we print. */
const SERVICE_MONITOR = closed(['apiVersion', 'kind', 'metadata', 'spec'], {
  ...head,
  spec: closed(['endpoints', 'selector'], {
    endpoints: {
      type: 'array',
      minItems: 1,
      items: closed(['port'], {
        path: { type: 'string', pattern: '^/' },
        port: text,
        scheme: { enum: ['http', 'https'] },
        interval: { type: 'string', pattern: '^[0-9]+s$' },
        bearerTokenFile: { type: 'string', pattern: '^/' },
        tlsConfig: closed([], { insecureSkipVerify: { type: 'boolean' } }),
      }),
    },
    selector: closed(['matchLabels'], { matchLabels: texts }),
  }),
});

interface Definition {
  readonly spec: { readonly versions: readonly [{ readonly schema: { readonly openAPIV3Schema: AnySchemaObject } }] };
}

/** The schema of the CRD as the API server reads it with kubectl's strictness: no unknown fields. */
function balancer(): AnySchemaObject {
  const { openAPIV3Schema } = (BALANCER_CRD as unknown as Definition).spec.versions[0].schema;
  return strict({ ...openAPIV3Schema, properties: { ...openAPIV3Schema.properties, ...head } });
}

function strict(schema: AnySchemaObject): AnySchemaObject {
  const { properties, items, additionalProperties } = schema;
  return {
    ...schema,
    ...(properties && {
      additionalProperties: false,
      properties: Object.fromEntries(
        Object.entries(properties as Record<string, AnySchemaObject>).map(([name, field]) => [name, strict(field)]),
      ),
    }),
    ...(items && { items: strict(items) }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: strict(additionalProperties) }),
  };
}

const ajv = new Ajv({ allErrors: true, strict: false, logger: false, formats: { int32: true } });

/** By apiVersion and kind. */
const VALIDATORS: Readonly<Record<string, ValidateFunction>> = {
  'monitoring.coreos.com/v1 ServiceMonitor': ajv.compile(SERVICE_MONITOR),
  'exposer.hliangzhao.io/v1alpha1 Balancer': ajv.compile(balancer()),
};

/** What the schema of such a kind refuses; undefined for a kind that is not one of these. */
export function operatorProblems(object: object): string[] | undefined {
  const { apiVersion, kind } = object as { readonly apiVersion?: unknown; readonly kind?: unknown };
  const validate = VALIDATORS[`${apiVersion} ${kind}`];
  if (validate === undefined) return undefined;
  validate(object);
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    return `${instancePath || '/'} ${message} ${JSON.stringify(params)}`;
  });
}
