/** Where it was read what every controller needs. */
export const LEASES = 'kubernetes/client-go:tools/leaderelection/resourcelock/leaselock.go: Get, Create, Update';
export const RECORDER =
  'kubernetes/client-go:tools/record/event.go, recordEvent: Patch of a repeated event, else Create';
export const OWNERS =
  'https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#ownerreferencespermissionenforcement';
