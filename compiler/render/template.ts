import Handlebars from 'handlebars/runtime';
import { TEMPLATES } from './generated/templates';
import { cell, image, number, token, tokens, xml } from './helpers';

/** The name of a template: its path below templates/, without `.hbs`. */
type TemplateName = keyof typeof TEMPLATES;

type Template = (view: object) => string;

const engine = Handlebars.create();
engine.registerHelper({ token, tokens, number, image, xml, cell });

/** `strict` does not look into the conditions of blocks: a misspelt name there must fail too, and 0 is present. */
engine.registerHelper('if', function (this: object, value: unknown, options: Handlebars.HelperOptions) {
  if (value === undefined) throw new Error('a template asks for a field that its view does not have');
  return value === null || value === false ? options.inverse(this) : options.fn(this);
});
engine.registerHelper('each', function (this: object, values: unknown, options: Handlebars.HelperOptions) {
  if (!Array.isArray(values)) throw new Error('a template iterates over a field that is no list');
  return values.map((value) => options.fn(value)).join('');
});

const compiled = new WeakMap<object, Template>();

/** Every template, ready to be rendered. */
type Templates = Readonly<Record<TemplateName, object>>;

let current: Templates = TEMPLATES;

/** Renders with other templates of the same names as long as a function runs: those with marks tell which line of a template made which line. */
export function withTemplates<T>(templates: Templates, run: () => T): T {
  current = templates;
  try {
    return run();
  } finally {
    current = TEMPLATES;
  }
}

/** The text of a template for a view: plain data, absent values as null. Throws on a view that does not fit: our fault. */
export function renderTemplate(name: TemplateName, view: object): string {
  const source = current[name];
  let template = compiled.get(source);
  if (template === undefined) {
    template = engine.template(source) as Template;
    compiled.set(source, template);
  }
  return template(view);
}
