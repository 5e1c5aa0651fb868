import { identityOf, type PlainObject } from '../../spec/leaf-differences';

/** Groups in which a kind is what its name says: https://kubernetes.io/docs/reference/using-api/#api-groups, and those that we emit. */
const KNOWN_GROUPS =
  /^(|apps|batch|policy|autoscaling|extensions|(.+\.)?k8s\.io|monitoring\.coreos\.com|external-secrets\.io|alibabacloud\.com)$/;

/** A kind as the rules know it: with its group where that is not a known one, so that a Service of Knative is none of ours. */
export function kindOfObject({ kind, apiVersion }: PlainObject): string {
  const group = /^(.*)\//.exec(String(apiVersion ?? ''))?.[1] ?? '';
  return KNOWN_GROUPS.test(group) ? String(kind) : `${String(kind)}.${group}`;
}

/** How an object is called in a report: two of one kind and name in different groups are two objects. */
export function nameOfObject(object: PlainObject): string {
  return identityOf({ ...object, kind: kindOfObject(object) });
}
