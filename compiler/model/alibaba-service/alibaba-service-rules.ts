import type { AlibabaProduct } from './alibaba-service';

/** A field, or one of its values, that is nothing without another. Paths are below the provider's field. */
export interface Need {
  readonly field: string;
  /** The value that needs it; absent for every value. */
  readonly value?: string | boolean;
  readonly needs: string;
  /** Values of the other field that serve; absent for every value. */
  readonly among?: readonly (string | boolean)[];
}

/** Two fields, or values of them, that do not go together. */
export interface Exclusion {
  readonly field: string;
  readonly value?: string | boolean;
  readonly excludes: string;
  readonly among?: readonly (string | boolean)[];
}

const HTTP_CHECK: readonly Need[] = ['uri', 'domain', 'method', 'httpCodes'].map((field) => ({
  field: `healthCheck.${field}`,
  needs: 'healthCheck.type',
  among: ['http'],
}));

const BOTH: readonly Need[] = [
  { field: 'forceOverrideListeners', value: true, needs: 'id' },
  { field: 'backend.weight', needs: 'id' },
  ...HTTP_CHECK,
];

/** Which fields need which: docs/usage.md of cloud-provider-alibaba-cloud, "Annotation list", and the readers of its code. */
export const NEEDS: Readonly<Record<AlibabaProduct, readonly Need[]>> = {
  clb: [
    ...BOTH,
    { field: 'vswitchId', needs: 'addressType', among: ['intranet'] },
    { field: 'address', needs: 'vswitchId' },
    { field: 'bandwidth.chargeType', value: 'paybybandwidth', needs: 'bandwidth.megabitsPerSecond' },
    // Without a list, or with one that is empty, everybody gets in.
    { field: 'acl.enabled', value: true, needs: 'acl.ids' },
    { field: 'acl.enabled', value: true, needs: 'acl.type' },
    { field: 'stickySession.enabled', value: true, needs: 'stickySession.type' },
    { field: 'stickySession.type', value: 'insert', needs: 'stickySession.cookieTimeoutSeconds' },
    { field: 'stickySession.type', value: 'server', needs: 'stickySession.cookie' },
    { field: 'connectionDrain.enabled', value: true, needs: 'connectionDrain.timeoutSeconds' },
    { field: 'healthCheck.layer7', value: true, needs: 'healthCheck.type' },
    { field: 'healthCheck.type', value: 'http', needs: 'healthCheck.uri' },
    { field: 'backend.ipVersion', value: 'ipv6', needs: 'ipVersion', among: ['ipv6'] },
  ],
  nlb: [
    ...BOTH,
    { field: 'ipv6AddressType', needs: 'ipVersion', among: ['DualStack'] },
    { field: 'backend.ipVersion', value: 'ipv6', needs: 'ipVersion', among: ['DualStack'] },
    { field: 'backend.ipVersion', value: 'DualStack', needs: 'ipVersion', among: ['DualStack'] },
    { field: 'proxyProtocolDetails', needs: 'proxyProtocol', among: [true] },
    { field: 'tls.mutualAuthentication', value: true, needs: 'tls.caCertificateIds' },
    { field: 'tls.caCertificateIds', needs: 'tls.mutualAuthentication' },
    { field: 'tls.alpn.enabled', value: true, needs: 'tls.alpn.policy' },
    { field: 'tls.alpn.policy', needs: 'tls.alpn.enabled', among: [true] },
  ],
};

const NODE_LABELS: Exclusion = { field: 'backend.labels', excludes: 'backend.type', among: ['eni'] };

/** Which fields exclude each other, from the same sources. */
export const EXCLUSIONS: Readonly<Record<AlibabaProduct, readonly Exclusion[]>> = {
  clb: [
    NODE_LABELS,
    { field: 'spec', excludes: 'instanceChargeType', among: ['PayByCLCU'] },
    { field: 'bandwidth', excludes: 'addressType', among: ['intranet'] },
    { field: 'address', excludes: 'ipVersion', among: ['ipv6'] },
    { field: 'externalIPType', excludes: 'addressType', among: ['internet'] },
    // The controller looks at the EIP first, and then no more at the host name.
    { field: 'hostname', excludes: 'externalIPType' },
    { field: 'stickySession.cookie', excludes: 'stickySession.type', among: ['insert'] },
    { field: 'stickySession.cookieTimeoutSeconds', excludes: 'stickySession.type', among: ['server'] },
  ],
  nlb: [NODE_LABELS, { field: 'bandwidthPackageId', excludes: 'addressType', among: ['intranet'] }],
};
