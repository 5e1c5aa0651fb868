import Handlebars from 'handlebars';

/** A piece of text of a template, as Handlebars' parser leaves it: what stands alone on a line has been taken off its ends. */
interface ContentStatement {
  readonly type: 'ContentStatement';
  readonly original: string;
  readonly loc: { readonly start: { readonly line: number } };
  readonly rightStripped?: boolean;
  readonly leftStripped?: boolean;
  value: string;
}

interface Block {
  readonly type: string;
  readonly program?: Block;
  readonly inverse?: Block;
  readonly body?: readonly (Block | ContentStatement)[];
}

/** The syntax tree of a template in which each line of text ends with a mark: the number of the template and of the line, between U+E000 and U+E001. */
export function markTemplate(source: string, template: number): hbs.AST.Program {
  const tree = Handlebars.parse(source);
  markIn(tree as unknown as Block, template);
  return tree;
}

function markIn(block: Block | ContentStatement, template: number): void {
  if ('original' in block && block.type === 'ContentStatement') {
    const first = block.loc.start.line + lineBreaks(block.original.slice(0, strippedLength(block)));
    let line = first - 1;
    block.value = block.value.replace(/\n/g, () => {
      line += 1;
      return `\uE000${template}:${line}\uE001\n`;
    });
    return;
  }
  const { program, inverse, body = [] } = block as Block;
  for (const inner of [program, inverse, ...body]) if (inner !== undefined) markIn(inner, template);
}

/** How much was taken off the front: the rest of the line on which a block statement stood alone. */
function strippedLength({ original, value, rightStripped, leftStripped }: ContentStatement): number {
  if (rightStripped !== true) return 0;
  if (leftStripped !== true) return original.length - value.length;
  return Math.min(/^[ \t]*\r?\n?/.exec(original)![0].length, original.length - value.length);
}

function lineBreaks(text: string): number {
  return text.split('\n').length - 1;
}
