/**
 * What a schema does not say of JUnit XML, for the elements that `balancer check` writes: that the counts are true, that a
 * case has one child, and that all characters are those of XML 1.0. Jenkins' own schema judges in junit-xsd.test.ts.
 */

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

interface Rule {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly children: readonly string[];
  readonly most: number;
  readonly hasText: boolean;
}

const COUNTS = ['tests', 'failures', 'errors'];
const MANY = Number.POSITIVE_INFINITY;

const RULES: Readonly<Record<string, Rule>> = {
  testsuites: { required: [], optional: COUNTS, children: ['testsuite'], most: MANY, hasText: false },
  testsuite: {
    required: ['name', ...COUNTS],
    optional: ['skipped'],
    children: ['testcase'],
    most: MANY,
    hasText: false,
  },
  testcase: {
    required: ['name', 'classname'],
    optional: [],
    children: ['failure', 'system-out'],
    most: 1,
    hasText: false,
  },
  failure: { required: ['type', 'message'], optional: [], children: [], most: 0, hasText: true },
  'system-out': { required: [], optional: [], children: [], most: 0, hasText: true },
};

/** What is wrong with a report; empty if nothing is. */
export function junitProblems(xml: string): string[] {
  // https://www.w3.org/TR/xml/#charsets
  if (/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u.test(xml))
    return ['a character that is no Char'];
  const problems: string[] = [];
  const root = parse(xml, problems);
  if (root === undefined || problems.length > 0) return [...problems, ...(root ? [] : ['no root element'])];
  if (root.name !== 'testsuites') problems.push(`the root is ${root.name}`);
  check(root, problems);
  return problems;
}

function check(element: Element, problems: string[]): void {
  const { name, attributes, children, text } = element;
  const rule = RULES[name];
  if (rule === undefined) return void problems.push(`unknown element ${name}`);
  const given = Object.keys(attributes);
  for (const key of rule.required) if (!given.includes(key)) problems.push(`${name} without ${key}`);
  for (const key of given)
    if (![...rule.required, ...rule.optional].includes(key)) problems.push(`${name} with ${key}`);
  for (const key of [...COUNTS, 'skipped'])
    if (attributes[key] !== undefined && !/^\d+$/.test(attributes[key])) problems.push(`${key} is no number`);
  if (children.length > rule.most) problems.push(`${name} has ${children.length} children`);
  for (const child of children) if (!rule.children.includes(child.name)) problems.push(`${child.name} in ${name}`);
  if (!rule.hasText && text.trim() !== '') problems.push(`text in ${name}`);
  const cases = below(element, 'testcase');
  const failed = cases.filter((one) => one.children.some((child) => child.name === 'failure'));
  if (attributes.tests !== undefined && Number(attributes.tests) !== cases.length) problems.push('a wrong tests');
  if (attributes.failures !== undefined && Number(attributes.failures) !== failed.length)
    problems.push('a wrong failures');
  for (const child of children) check(child, problems);
}

function below(element: Element, name: string): Element[] {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...below(child, name)]);
}

/** Elements, attributes and texts; no comments, sections or declarations of a type: they are not written. */
function parse(xml: string, problems: string[]): Element | undefined {
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!xml.startsWith(head)) problems.push('no declaration');
  const open: Element[] = [];
  let root: Element | undefined;
  const token = /<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>|([^<]+)|[\s\S]/gy;
  for (const [whole, end, name, attributes, empty, text] of xml.slice(head.length).matchAll(token)) {
    if (text !== undefined) {
      const parent = open.at(-1);
      if (parent) parent.text += text;
      else if (text.trim() !== '') problems.push('text outside of the root');
      checkText(text, problems);
    } else if (name === undefined) problems.push(`unexpected ${JSON.stringify(whole)}`);
    else if (end) {
      if (open.pop()?.name !== name) problems.push(`</${name}> closes another element`);
    } else {
      const element: Element = { name, attributes: attributesOf(attributes ?? '', problems), children: [], text: '' };
      const parent = open.at(-1);
      if (parent) parent.children.push(element);
      else if (root) problems.push('a second root');
      else root = element;
      if (!empty) open.push(element);
    }
  }
  if (open.length > 0) problems.push(`${open.at(-1)?.name} is not closed`);
  return root;
}

function attributesOf(text: string, problems: string[]): Record<string, string> {
  const pairs = [...text.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, key, value]) => [key!, value!] as const);
  if (new Set(pairs.map(([key]) => key)).size < pairs.length) problems.push('an attribute twice');
  for (const [, value] of pairs) checkText(value, problems);
  return Object.fromEntries(pairs);
}

function checkText(text: string, problems: string[]): void {
  if (/&(?!(amp|lt|gt|quot|apos);)/.test(text)) problems.push('a bare &');
  if (text.includes(']]>')) problems.push('"]]>" in a text');
}
