/** Forms of names, numbers and addresses as the API server checks them, written apart from the compiler's own. */
import { BlockList, isIP, isIPv6 } from 'node:net';

const LABEL_1123 = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const LABEL_1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const QUALIFIED = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const QUANTITY = /^([+-]?(?:\d+\.?\d*|\.\d+))(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?\d+)?$/;

/** A label of RFC 1123, at most 63 characters: containers, volumes, namespaces, port names of Services. */
export function isDnsLabel(text: string): boolean {
  return text.length <= 63 && LABEL_1123.test(text);
}

/** A label of RFC 1035, at most 63 characters, which starts with a letter: names of Services. */
export function isDns1035Label(text: string): boolean {
  return text.length <= 63 && LABEL_1035.test(text);
}

/** Labels of RFC 1123 with dots between them, at most 253 characters: names of most objects. */
export function isDnsSubdomain(text: string): boolean {
  return text.length <= 253 && text.split('.').every((label) => LABEL_1123.test(label));
}

/** A port name as IANA defines it: at most 15 characters, a letter among them, no two hyphens in a row. */
export function isPortName(text: string): boolean {
  return text.length <= 15 && LABEL_1123.test(text) && /[a-z]/.test(text) && !text.includes('--');
}

/** A key of a label or an annotation: an optional DNS prefix, and a name of at most 63 characters. */
export function isLabelKey(text: string): boolean {
  const [name = '', prefix, ...rest] = text.split('/').reverse();
  if (rest.length > 0 || (prefix !== undefined && !isDnsSubdomain(prefix))) return false;
  return name.length <= 63 && QUALIFIED.test(name);
}

/** A value of a label. */
export function isLabelValue(text: unknown): boolean {
  return typeof text === 'string' && text.length <= 63 && (text === '' || QUALIFIED.test(text));
}

/** A port number. */
export function isPort(port: unknown): boolean {
  return Number.isInteger(port) && Number(port) >= 1 && Number(port) <= 65535;
}

const FACTORS = new Map([
  ...['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'].map((unit, index) => [unit, 1000 ** (index - 3)] as const),
  ...['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'].map((unit, index) => [unit, 1024 ** (index + 1)] as const),
]);

/** What a quantity means, in its base unit; NaN where it is none. */
export function quantity(text: unknown): number {
  const [, digits, unit = ''] = QUANTITY.exec(String(text)) ?? [];
  if (digits === undefined) return Number.NaN;
  return Number(digits) * (FACTORS.get(unit) ?? Number(`1${unit}`));
}

/** Addresses that the API server refuses as the external address of a Service. */
const UNUSABLE = new BlockList();
UNUSABLE.addSubnet('0.0.0.0', 32);
UNUSABLE.addSubnet('127.0.0.0', 8);
UNUSABLE.addSubnet('169.254.0.0', 16);
UNUSABLE.addSubnet('224.0.0.0', 24);
UNUSABLE.addAddress('::', 'ipv6');
UNUSABLE.addAddress('::1', 'ipv6');
UNUSABLE.addSubnet('fe80::', 10, 'ipv6');
UNUSABLE.addSubnet('ff02::', 16, 'ipv6');

/** An IP address without leading zeros that is neither loopback, unspecified nor link-local. */
export function isUsableAddress(address: string): boolean {
  return isIP(address) !== 0 && !UNUSABLE.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/** A network: an address, `/` and a length without leading zeros. */
export function isNetwork(cidr: string): boolean {
  const [address = '', length = '', ...rest] = cidr.split('/');
  const family = isIP(address);
  return (
    rest.length === 0 &&
    family !== 0 &&
    /^(0|[1-9]\d{0,2})$/.test(length) &&
    Number(length) <= (family === 4 ? 32 : 128)
  );
}
