/** The comparison of two outputs of a fleet: the same objects, sections, lines and words but for one text. */
import { expect } from 'vitest';
import type { Artefact } from '../../compiler/manifest/artefact';
import { mapTree, objectsIn, type Translate } from './outcome';
import { parseToml } from './toml-tree';

/** Expects two outputs to be the same, but for what `translate` makes of the words and keys of the first. */
export function expectSameShape(before: readonly Artefact[], after: readonly Artefact[], translate: Translate): void {
  expect(after.map(({ path }) => path)).toEqual(before.map(({ path }) => translate(path)));
  before.forEach(({ path, text }, index) => {
    const other = after[index]!.text;
    const [one, two] = path.endsWith('.k8s.yaml') ? [documentsIn(text), documentsIn(other)] : [[text], [other]];
    expect(two).toHaveLength(one.length);
    one.forEach((part, at) => {
      // Equal texts have equal trees: reading them is most of the time that this test takes.
      if (part === two[at]) return;
      const [left, right] = [readArtefact(path, part), readArtefact(path, two[at]!)];
      expect(right, path).toEqual(mapTree(left, translate));
    });
  });
}

function documentsIn(text: string): string[] {
  return text.replace(/files-hash: ["']?[0-9a-f]{16}["']?$/gm, 'files-hash: hash').split(/^---\n/m);
}

/** What an artefact says, as its reader understands it. */
function readArtefact(path: string, text: string): unknown {
  if (path.endsWith('.k8s.yaml')) return objectsIn(text).map(readObject);
  return path.endsWith('.toml') ? parseToml(text) : wordsIn(path, text);
}

/** The files in a ConfigMap are read too. */
function readObject(object: unknown): unknown {
  const { kind, data } = object as { readonly kind: string; readonly data?: Readonly<Record<string, string>> };
  if (kind !== 'ConfigMap' || data === undefined) return object;
  const files = Object.entries(data).map(([name, text]) => [name, readArtefact(name, text)]);
  return { ...(object as object), data: Object.fromEntries(files) };
}

/**
 * The lines of a configuration or a script, in words. What means something to a shell, to BIRD, to FRR or to Comware is a
 * word of its own, so that no text can bring it along: blanks, quotes, `;`, braces, `#`, `!`, `?`, `$`, `\` and the like.
 */
function wordsIn(path: string, text: string): string[][] {
  // A protocol of BIRD is named after a master with other signs in place of "-" and "."
  const named = /\/(bird6?\.conf|verify\.txt)$/.test(path)
    ? text.replace(/\bspeaker_[A-Za-z0-9_]+_ipv/g, 'speaker_ipv')
    : text;
  return named.split('\n').map((line) => line.match(/[A-Za-z0-9_./:=[\]-]+|\s+|./gu) ?? []);
}
