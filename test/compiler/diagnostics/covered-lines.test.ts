/** What a report tells to be a secret is in none of its frames. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Code, type Diagnostic, formatText, linesIn, PLAIN } from '../../../compiler/diagnostics';
import { withoutSecrets } from '../../../compiler/diagnostics/covered-lines';
import { isSecretName } from '../../../compiler/diagnostics/secret-names';

function at(code: Code, line: number, column: number): Diagnostic {
  return { code, message: 'm', location: { file: 'f', line, column, pointer: '' } };
}

function covered(text: string, ...diagnostics: Diagnostic[]): string | undefined {
  return withoutSecrets(() => linesIn(text), diagnostics)('f')?.join('\n');
}

describe('lines with a secret', () => {
  test.each([
    ['a value', 'a: 1\nb: hunter2\nc: 3\n', [2, 4], 'a: 1\nb: ***\nc: 3\n'],
    ['a text of several lines', 'a: |\n  hunter2\n\n  hunter3\nb: 2\n', [1, 4], 'a: ***\n  ***\n\n  ***\nb: 2\n'],
    ['the word behind an option', '- --token\n- hunter2\n- x\n', [1, 3], '- ***\n***\n- x\n'],
    ['the list behind a key', 'tokens:\n  - hunter2\nb: 2\n', [1, 1], '***\n  ***\nb: 2\n'],
  ] as const)('%s', (_, text, [line, column], shown) => {
    expect(covered(text, at('BAL3293', line, column))).toBe(shown);
  });

  test('the first of two secrets of a line decides', () => {
    expect(covered('{a: one, b: two}', at('BAL3274', 1, 13), at('BAL3274', 1, 5))).toBe('{a: ***');
  });

  test('other diagnostics, other files and a place without a line cover nothing', () => {
    const nowhere: Diagnostic = { code: 'BAL3274', message: 'm', location: { file: 'f', pointer: '' } };
    expect(covered('a: 1', at('BAL2001', 1, 1), nowhere)).toBe('a: 1');
    expect(withoutSecrets(() => undefined, [at('BAL3274', 1, 1)])('f')).toBeUndefined();
  });

  test('the frame of a neighbour does not show it, and a caret stays in a line that was cut', () => {
    const view = { linesOf: () => linesIn('a: hunter2, b: 1\nc: 1'), palette: PLAIN };
    const text = formatText([at('BAL3274', 1, 4), at('BAL2001', 1, 13), at('BAL2001', 2, 1)], view);
    expect(text).not.toContain('hunter2');
    expect(text).toContain('  1 | a: ***\n');
  });
});

describe('what has the name of a secret', () => {
  test.each([
    ['pasword: hunter2 # why', 'pasword: *** # why'],
    ['{user: u, password: hunter2, weigth: 3}', '{user: u, password: *******, weigth: 3}'],
    ['"password":"hunter2","b":1', '"password":*********,"b":1'],
    ['token:\n  - hunter2\nb: 1', 'token:\n  - ***\nb: 1'],
    ['secret: |\n  a: hunter2\n  hunter3\nb: 1', 'secret: |\n  ***\n  ***\nb: 1'],
    ['apiKey: "hunter\n  hunter3"\nb: 1', 'apiKey: ***\n  ***\nb: 1'],
    [
      '- name: DB_PASSWORD\n  value: hunter2\n- name: A\n  value: b',
      '- name: DB_PASSWORD\n  value: ***\n- name: A\n  value: b',
    ],
    ['AWS_SECRET_ACCESS_KEY: hunter2', 'AWS_SECRET_ACCESS_KEY: ***'],
    ['accessKeyId: hunter2', 'accessKeyId: ***'],
    ['tokn: hunter2', 'tokn: ***'],
    ['key: hunter2', 'key: ***'],
    ['# password: hunter2', '# password: ***'],
    ['args: [--token=hunter2, --name=x]', 'args: [--token=*******, --name=x]'],
    ['url: postgres://u:hunter2@h/db', 'url: postgres://u:*******@h/db'],
  ])('%j', (text, shown) => {
    expect(covered(text)).toBe(shown);
  });

  test.each([
    'secretName: web-tls',
    'tokenSecretRef: web',
    'keyRef: web',
    'passwordSecret: {name: bgp, key: s6800}',
    'password:\n  secretKeyRef:\n    name: db\n    key: pw',
    '- key: dedicated\n  operator: Exists',
    'imagePullSecrets: [web]',
    'accessKeySecretKey: secret-key',
    'automountServiceAccountToken: false',
    'topologyKey: kubernetes.io/hostname',
    'resources: [secrets, tokenreviews]',
    'message: the token of the secret',
  ])('%j is harmless', (text) => {
    expect(covered(text)).toBe(text);
  });

  test('no field of a kind that holds a text is taken for one', () => {
    const wrong: string[] = [];
    const walk = (schema: Readonly<Record<string, unknown>>, file: string): void => {
      const properties = (schema.properties ?? {}) as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
      for (const [name, field] of Object.entries(properties)) {
        if (isSecretName(name) && ['string', 'integer', 'number'].includes(String(field.type)))
          wrong.push(`${file} ${name}`);
      }
      const inner = [...Object.values(properties), schema.items, schema.additionalProperties];
      for (const one of inner) if (typeof one === 'object' && one !== null) walk(one as typeof schema, file);
    };
    const folder = join(__dirname, '../../../schemas');
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
      walk(JSON.parse(readFileSync(join(folder, file), 'utf8')), file);
    }
    expect(wrong).toEqual([]);
  });
});
