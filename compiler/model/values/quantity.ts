/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
const UNITS: Readonly<Record<string, number>> = {
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** The number that a quantity means, in its base unit; the form was checked by the schema. */
export function parseQuantity(quantity: string | number): number {
  const text = String(quantity);
  const unit = /[A-Za-z]*$/.exec(text)?.[0] ?? '';
  return Number(text.slice(0, text.length - unit.length)) * (UNITS[unit] ?? 1);
}
