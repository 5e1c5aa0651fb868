/**
 * Kubernetes objects as plain data. The only place that names the L1 types of cdk8s-plus-27, and it imports types only:
 * its classes drop what they do not expect. Beware of acronyms: the L1 types write clusterIp where Kubernetes has clusterIP.
 */
import type { k8s } from 'cdk8s-plus-27';

/** The L1 type with its wrapper classes (IntOrString and Quantity: objects with a `value` alone) replaced by what is printed. */
type Plain<T> = T extends Date
  ? string
  : T extends readonly (infer Item)[]
    ? readonly Plain<Item>[]
    : T extends object
      ? [keyof T] extends ['value']
        ? number | string
        : { readonly [Key in keyof T]: Plain<T[Key]> }
      : T;

/** Metadata of an object with a name of its own: generated names cannot be reviewed. */
export interface Metadata {
  readonly name: string;
  /** Absent for cluster-scoped objects. */
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Any Kubernetes object. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
}

type ObjectOf<ApiVersion extends string, Kind extends string, Props> = KubernetesObject & {
  readonly apiVersion: ApiVersion;
  readonly kind: Kind;
} & Omit<Plain<Props>, 'metadata'>;

export type Service = ObjectOf<'v1', 'Service', k8s.KubeServiceProps>;
export type ServicePort = Plain<k8s.ServicePort>;
/** A Service without an address of its own: it names Pods. */
export type HeadlessService = Service & { readonly spec: { readonly clusterIP: 'None' } };
export type ConfigMap = ObjectOf<'v1', 'ConfigMap', k8s.KubeConfigMapProps>;
export type ServiceAccount = ObjectOf<'v1', 'ServiceAccount', k8s.KubeServiceAccountProps>;
export type Deployment = ObjectOf<'apps/v1', 'Deployment', k8s.KubeDeploymentProps>;
export type DeploymentSpec = Plain<k8s.DeploymentSpec>;
export type PodSpec = Plain<k8s.PodSpec>;
export type Container = Plain<k8s.Container>;
export type Volume = Plain<k8s.Volume>;
export type VolumeMount = Plain<k8s.VolumeMount>;
export type StatefulSet = ObjectOf<'apps/v1', 'StatefulSet', k8s.KubeStatefulSetProps>;
export type DaemonSet = ObjectOf<'apps/v1', 'DaemonSet', k8s.KubeDaemonSetProps>;
export type NodeAffinity = Plain<k8s.NodeAffinity>;
export type Probe = Plain<k8s.Probe>;
export type PodDisruptionBudget = ObjectOf<'policy/v1', 'PodDisruptionBudget', k8s.KubePodDisruptionBudgetProps>;
export type NetworkPolicy = ObjectOf<'networking.k8s.io/v1', 'NetworkPolicy', k8s.KubeNetworkPolicyProps>;
export type NetworkPolicyPeer = Plain<k8s.NetworkPolicyPeer>;
export type NetworkPolicyPort = Plain<k8s.NetworkPolicyPort>;
export type NetworkPolicyEgressRule = Plain<k8s.NetworkPolicyEgressRule>;
export type Ingress = ObjectOf<'networking.k8s.io/v1', 'Ingress', k8s.KubeIngressProps>;
export type IngressPath = Plain<k8s.HttpIngressPath>;
export type IngressClass = ObjectOf<'networking.k8s.io/v1', 'IngressClass', k8s.KubeIngressClassProps>;
export type PolicyRule = Plain<k8s.PolicyRule>;
export type Subject = Plain<k8s.Subject>;
export type Role = ObjectOf<'rbac.authorization.k8s.io/v1', 'Role', k8s.KubeRoleProps>;
export type ClusterRole = ObjectOf<'rbac.authorization.k8s.io/v1', 'ClusterRole', k8s.KubeClusterRoleProps>;
export type RoleBinding = ObjectOf<'rbac.authorization.k8s.io/v1', 'RoleBinding', k8s.KubeRoleBindingProps>;
export type ClusterRoleBinding = ObjectOf<
  'rbac.authorization.k8s.io/v1',
  'ClusterRoleBinding',
  k8s.KubeClusterRoleBindingProps
>;

/** https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/, which plus-27 lacks. */
export interface ValidatingAdmissionPolicy extends KubernetesObject {
  readonly kind: 'ValidatingAdmissionPolicy';
  readonly spec: {
    readonly failurePolicy: 'Fail' | 'Ignore';
    readonly matchConstraints: {
      readonly resourceRules: readonly {
        readonly apiGroups: readonly string[];
        readonly apiVersions: readonly string[];
        readonly operations: readonly ('CREATE' | 'UPDATE')[];
        readonly resources: readonly string[];
      }[];
    };
    /** Each may use those before it, as `variables.<name>`. */
    readonly variables: readonly { readonly name: string; readonly expression: string }[];
    readonly validations: readonly {
      readonly expression: string;
      /** The answer where `messageExpression` fails. */
      readonly message: string;
      readonly messageExpression: string;
      readonly reason: 'Forbidden' | 'Invalid';
    }[];
  };
}

/** Puts a policy into force. */
export interface ValidatingAdmissionPolicyBinding extends KubernetesObject {
  readonly kind: 'ValidatingAdmissionPolicyBinding';
  readonly spec: { readonly policyName: string; readonly validationActions: readonly ('Deny' | 'Warn' | 'Audit')[] };
}
