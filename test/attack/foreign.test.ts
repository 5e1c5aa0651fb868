/** Objects that are not ours pass through unread, whatever stands in them; what is looked at may be of any type. */
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { compileText, isRefusal } from './outcome';
import { PAYLOADS, titleOf, yamlOf } from './payloads';
import { templateOf, textWith } from './places';

const templates = {
  'a Service':
    'apiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: b}\nspec: {clusterIP: None, ports: [{port: 80, protocol: TCP}]}\n',
  'a List':
    'apiVersion: v1\nkind: List\nmetadata: {name: l}\nitems:\n  - {apiVersion: v1, kind: Service, metadata: {name: a, namespace: b}, spec: {ports: [{port: 80}]}}\n',
  'one of our kinds': 'apiVersion: exposer.hliangzhao.io/v1alpha1\nkind: Other\nmetadata: {name: a}\nspec: {a: b}\n',
  'an object that names nothing': 'apiVersion: v1\nkind: List\nitems: [{a: b}]\n',
};

describe.each(Object.entries(templates))('%s', (_, source) => {
  const template = templateOf(source);

  test.each(PAYLOADS.map((payload) => ({ title: titleOf(payload), payload })))('$title', ({ payload }) => {
    for (const place of template.places) {
      const isText = typeof payload.value === 'string' && payload.value.length < 1000;
      if (place.part === 'key' && !isText) continue;
      const text = textWith(template, new Map([[place, yamlOf(payload)]]));
      const { artefacts, errors } = compileText(text);
      expect(errors.filter((error) => !isRefusal(error))).toEqual([]);
      if (errors.length > 0) continue;
      expect(artefacts.map((artefact) => artefact.text)).toEqual([text]);
      expect(artefacts[0]!.path).toMatch(/^[a-z0-9._-]+\.k8s\.yaml$/);
    }
  });
});

describe('the text of a foreign object keeps its meaning', () => {
  test.each([
    ['an object on the line of the marker', '--- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n'],
    ['a tag on the line of the marker', '--- !!map\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n'],
    [
      'a block that keeps its line feeds',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  b: |+\n    c\n\n\n',
    ],
    [
      'the same before another document',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  b: |+\n    c\n\n---\n',
    ],
    ['a no-break space at the end', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\nb: c\u00a0\n'],
    ['a byte order mark', '\ufeffapiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n'],
    ['CRLF', 'apiVersion: v1\r\nkind: ConfigMap\r\nmetadata: {name: a}\r\n'],
  ])('%s', (_, text) => {
    const { artefacts, errors } = compileText(text);
    expect(errors).toEqual([]);
    expect(artefacts).toHaveLength(1);
    expect(objectsIn(artefacts[0]!.text)).toEqual(objectsIn(text));
  });

  test('two Lists become two files', () => {
    const list = (name: string) =>
      `apiVersion: v1\nkind: List\nitems:\n  - {apiVersion: v1, kind: ConfigMap, metadata: {name: ${name}}}\n`;
    const { artefacts, errors } = compileText(`${list('a')}---\n${list('b')}`);
    expect(errors.length > 0 || new Set(artefacts.map(({ path }) => path)).size === 2).toBe(true);
  });
});

function objectsIn(text: string): unknown[] {
  return parseAllDocuments(text)
    .map((document) => document.toJS())
    .filter((value) => value !== null);
}
