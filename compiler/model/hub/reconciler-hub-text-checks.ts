import type { ReconcilerHubSpec } from '../../spec/generated/reconciler-hub';
import { placeholderIn } from '../../spec/literal';
import type { Problems } from '../problems';
import type { ReconcilerHubModel } from './reconciler-hub';

/** Images are those of a release. */
export function checkImages({ profile }: ReconcilerHubModel, spec: ReconcilerHubSpec, problems: Problems): void {
  const images = [
    ['/spec/image', spec.image] as const,
    ['/spec/web/image', spec.web?.image] as const,
    ...spec.reconcilers.map(({ image }, index) => [`/spec/reconcilers/${index}/image`, image] as const),
  ];
  for (const [pointer, image] of images) {
    if (image === undefined) continue;
    const moves = /:latest$/.test(image) || !/[:@][^/]*$/.test(image);
    if (/^controller(:latest)?$/.test(image)) {
      problems.add('BAL3160', pointer, `"${image}" is kubebuilder's placeholder for the image of a manager`);
    } else if (profile === 'hardened' && moves) {
      problems.add('BAL3161', pointer, `the image "${image}" is another one after each push`);
    }
  }
}

/** Forms in which passwords and tokens come into command lines; the published one of 004's README first. */
const SECRETS: readonly (readonly [form: RegExp, what: string])[] = [
  [/\badmin:teleport\b/, 'the published user and password of 004'],
  [/(password|passwd|secret|token|api-?key)=./i, 'an option with a password'],
  [/^-?-?(password|passwd|token|api-?key)$/i, 'an option for a password'],
  [/:\/\/[^/\s:@]*:[^/\s@]*@/, 'an address with a password'],
  [/\bbearer\s+\S/i, 'a bearer token'],
  [/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/, 'a JSON Web Token'],
  [/-----BEGIN/, 'a private key or a certificate'],
];

/** Words of command lines hold no secrets, and no place that nobody filled. The message does not repeat a secret: it goes to logs. */
export function checkWords(_: ReconcilerHubModel, spec: ReconcilerHubSpec, problems: Problems): void {
  const lines = [
    ['/spec', spec] as const,
    ['/spec/web', spec.web] as const,
    ...spec.reconcilers.map((reconciler, index) => [`/spec/reconcilers/${index}`, reconciler] as const),
  ];
  for (const [pointer, line] of lines) {
    for (const field of ['command', 'args'] as const) {
      for (const [index, word] of (line?.[field] ?? []).entries()) {
        checkWord(word, `${pointer}/${field}/${index}`, problems);
      }
    }
  }
}

function checkWord(word: string, pointer: string, problems: Problems): void {
  const what = SECRETS.find(([form]) => form.test(word))?.[1];
  const placeholder = placeholderIn(word);
  if (what !== undefined) problems.add('BAL3274', pointer, `the word is ${what}`);
  else if (placeholder !== undefined)
    problems.add('BAL3073', pointer, `"${word}" still has the placeholder "${placeholder}"`);
}
