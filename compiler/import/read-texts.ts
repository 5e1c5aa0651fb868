import type { PlainObject } from '../spec/leaf-differences';
import { fieldOf, itemsAt } from './field';
import { wordsOfScript } from './import-command';
import { withoutKeys } from './redact';
import { readToml } from './toml';

/** An object with its texts read, where a program of ours or of the originals reads them: their fields are compared, not the texts. */
export function withTextsRead(object: PlainObject): PlainObject {
  if (object.kind === 'ConfigMap') return configMapRead(object);
  return object.kind === 'Deployment' || object.kind === 'DaemonSet' ? workloadRead(object) : object;
}

function configMapRead(object: PlainObject): PlainObject {
  const text = fieldOf(object, 'data', 'config_bgp.toml');
  if (typeof text !== 'string') return object;
  return { ...object, data: { ...(object.data as PlainObject), 'config_bgp.toml': readToml(text) } };
}

/** Scripts of containers as their words. */
function workloadRead(object: PlainObject): PlainObject {
  const containers = itemsAt(object, 'spec', 'template', 'spec', 'containers');
  if (containers.length === 0) return object;
  const spec = object.spec as PlainObject;
  const template = spec.template as PlainObject;
  const pod = template.spec as PlainObject;
  const read = { ...pod, containers: containers.map(containerRead) };
  return { ...object, spec: { ...spec, template: { ...template, spec: read } } };
}

function containerRead(container: unknown): unknown {
  const [command, args] = [itemsAt(container, 'command'), itemsAt(container, 'args')];
  const words = withoutKeys([...command, ...args]);
  const place = words.findIndex((word) => typeof word === 'string' && /^-[a-z]*c$/.test(word)) + 1;
  if (!/^(?:.*\/)?(?:ba|da|a|k|z)?sh$/.test(String(words[0])) || place === 0) return withWords(container, words);
  const read = words.map((word, index) => (index === place && typeof word === 'string' ? scriptRead(word) : word));
  return withWords(container, read);
}

function withWords(container: unknown, words: readonly unknown[]): unknown {
  const { length } = itemsAt(container, 'command');
  return {
    ...(container as PlainObject),
    ...(length > 0 && { command: words.slice(0, length) }),
    ...(words.length > length && { args: words.slice(length) }),
  };
}

function scriptRead(script: string): unknown {
  const commands = wordsOfScript(script)
    .filter((words) => words.length > 0)
    .map(withoutKeys);
  return commands.length === 1 ? commands[0] : commands;
}
