import { CATALOGUE, type Code, type Diagnostic, type Location, severityOf } from '../diagnostics';

/** Codes that somebody accepts, and why. */
export interface Acceptance {
  readonly codes: readonly Code[];
  readonly reason: string;
  readonly location: Location;
}

/** What a suppression says behind its marker: one or more codes, and the reason. */
const FORM = /^(BAL\d+(?:\s*,\s*BAL\d+)*)(?![\w])(.*)$/s;

/** Codes about suppressions: to accept these would hide that nothing is accepted. */
const ABOUT_SUPPRESSIONS = /^BAL101[0-3]$/;

/** Reads what stands behind the marker of a suppression; what is wrong with it comes beside what is right. */
export function readAcceptance(
  text: string,
  location: Location,
): { readonly acceptance?: Acceptance; readonly problems: readonly Diagnostic[] } {
  const [, list, rest] = FORM.exec(text.trim()) ?? [];
  if (list === undefined || rest === undefined) {
    const message = 'a suppression names a code first, as in "BAL3014 the Service is never deleted"';
    return { problems: [{ code: 'BAL1011', message, location }] };
  }
  const reason = rest.replace(/^[\s:(–—-]+/, '').trim();
  const named = list.split(/\s*,\s*/);
  if (!/[\p{L}\p{N}]/u.test(reason)) {
    const message = `no reason is given for accepting ${named.join(', ')}`;
    return { problems: [{ code: 'BAL1010', message, location }] };
  }
  const problems = named.flatMap((code) => problemOf(code, location));
  const codes = named.filter((code): code is Code => problemOf(code, location).length === 0);
  return codes.length === 0 ? { problems } : { problems, acceptance: { codes, reason, location } };
}

function problemOf(code: string, location: Location): Diagnostic[] {
  if (!Object.hasOwn(CATALOGUE, code)) {
    return [{ code: 'BAL1011', message: `there is no code "${code}"`, location }];
  }
  if (ABOUT_SUPPRESSIONS.test(code)) {
    return [{ code: 'BAL1012', message: `"${code}" is about suppressions`, location }];
  }
  if (severityOf(code as Code) === 'warning') return [];
  return [{ code: 'BAL1012', message: `"${code}" is an error`, location }];
}
