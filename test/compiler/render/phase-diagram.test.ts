/** The pictures of machines: the same every time, well-formed, no box over another, no arrow out of the picture. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PhaseMachineModel } from '../../../compiler/model/phase-machine/phase-machine';
import { cell, xml } from '../../../compiler/render/helpers';
import { phaseDiagram } from '../../../compiler/render/phase-diagram';
import { phaseDocs, phaseMermaid } from '../../../compiler/render/phase-docs';
import { knownMachines, provenMachine } from '../phase-machines';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The outer boxes of phases, which have the larger corners. */
function boxesOf(svg: string): readonly Box[] {
  const pattern = /<rect class="\w+" x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)" rx="8"\/>/g;
  return [...svg.matchAll(pattern)].map(([, ...numbers]) => {
    const [x = 0, y = 0, width = 0, height = 0] = numbers.map(Number);
    return { x, y, width, height };
  });
}

function overlap(one: Box, other: Box): boolean {
  const apart = (at: number, size: number, otherAt: number, otherSize: number): boolean =>
    at + size <= otherAt || otherAt + otherSize <= at;
  return !apart(one.x, one.width, other.x, other.width) && !apart(one.y, one.height, other.y, other.height);
}

/** Every tag is closed in its order, and no bare sign stands between them. */
function expectWellFormed(svg: string): void {
  const open: string[] = [];
  const tag = /<(\/?)([a-z]+)((?: [a-zA-Z:-]+="[^"<&]*")*)(\/?)>/y;
  for (let at = 0; at < svg.length; ) {
    tag.lastIndex = at;
    const found = tag.exec(svg);
    if (found === null) {
      const text = /[^<>&]+|&(?:amp|lt|gt|quot|apos);/y;
      text.lastIndex = at;
      const plain = text.exec(svg);
      expect(plain, svg.slice(at, at + 40)).not.toBeNull();
      at += plain![0].length;
      continue;
    }
    const [whole, closing, name, , empty] = found;
    if (closing) expect(open.pop()).toBe(name);
    else if (!empty) open.push(name!);
    at += whole.length;
  }
  expect(open).toEqual([]);
}

function checkPicture(machine: PhaseMachineModel): void {
  const svg = phaseDiagram(machine);
  expect(phaseDiagram(structuredClone(machine))).toBe(svg);
  expectWellFormed(svg);
  expect(svg).not.toMatch(/<(script|a|image|foreignObject|use)\b|\bon\w+=|href|NaN|Infinity|undefined/);
  const boxes = boxesOf(svg);
  expect(boxes).toHaveLength(machine.phases.length);
  boxes.forEach((one, index) => {
    expect(boxes.slice(index + 1).filter((other) => overlap(one, other))).toEqual([]);
  });
  const [, width = 0, height = 0] = (/viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? []).map(Number);
  for (const [, path = ''] of svg.matchAll(/ d="([^"]*)"/g)) {
    const numbers = path
      .split(' ')
      .filter((word) => /^-?\d+$/.test(word))
      .map(Number);
    numbers.forEach((value, index) => {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(index % 2 === 0 ? width : height);
    });
  }
}

test.each(knownMachines().map((machine) => [machine.name, machine] as const))('%s', (_, machine) => {
  checkPicture(machine);
});

test('machines at random', () => {
  fc.assert(fc.property(provenMachine, checkPicture), { numRuns: 200 });
});

describe('texts of people', () => {
  test.each([
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    [`a & "b" 'c'`, 'a &amp; &quot;b&quot; &apos;c&apos;'],
  ])('%s in XML', (text, expected) => {
    expect(xml(text)).toBe(expected);
  });

  test.each([
    ['a | b', 'a \\| b'],
    ['![x](http://e.example)', '\\!\\[x\\]\\(http&#58;//e.example\\)'],
    ['<img src=x>', '&lt;img src\\=x&gt;'],
    ['`a` *b* _c_ ~d~ $e$', '\\`a\\` \\*b\\* \\_c\\_ \\~d\\~ \\$e\\$'],
    ['www.evil.example a@b.example', 'www&#46;evil.example a&#64;b.example'],
    ['a\\', 'a\\\\'],
  ])('%s in a table of Markdown', (text, expected) => {
    expect(cell(text)).toBe(expected);
  });

  test.each(['a\nb', 'a\u202eb', 'a\u2028b', '\ud800', '\0', 3, undefined])('%j is no line', (text) => {
    expect(() => xml(text)).toThrow();
    expect(() => cell(text)).toThrow();
  });

  test('a description changes the lines of no file', () => {
    const [machine] = knownMachines();
    const lines = (description: string): number[] => {
      const phases = machine!.phases.map((phase) => ({ ...phase, description }));
      return [phaseDiagram, phaseDocs, phaseMermaid].map((write) => write({ ...machine!, phases }).split('\n').length);
    };
    for (const text of ['</title></svg><script>', '| a |', '-->', '%%{init: {}}%%', '# x'])
      expect(lines(text)).toEqual(lines('plain'));
  });
});
