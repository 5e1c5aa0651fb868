/** OASIS' own schema of SARIF 2.1.0, as @microsoft/jest-sarif carries it; what it cannot say is checked beside it. */
import sarif from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json';
import Ajv from 'ajv';

/** Characters of a URI reference: RFC 3986, 2; a `%` always has two digits. */
const URI_REFERENCE = /^(?:[A-Za-z0-9._~:/?#[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*$/;
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

/** What is read of a log. */
interface Log {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly results: readonly { readonly ruleId: string; readonly ruleIndex: number }[];
    },
  ];
}

// The schema calls itself draft-04. It has nothing that draft-07 reads otherwise, once `id` is gone.
const { $schema: _draft, id: _id, ...schema } = sarif;
const valid = new Ajv({
  allErrors: true,
  // One pattern of the schema has a bracket too many, which is no regular expression of Unicode mode.
  unicodeRegExp: false,
  formats: {
    uri: (text: string) => URL.canParse(text) && URI_REFERENCE.test(text),
    'uri-reference': URI_REFERENCE,
    'date-time': DATE_TIME,
  },
}).compile<Log>(schema);

/** What is wrong in a SARIF log: nothing, if the list is empty. */
export function sarifProblems(text: string): readonly unknown[] {
  const log: unknown = JSON.parse(text);
  if (!valid(log)) return valid.errors ?? [];
  const [{ tool, results }] = log.runs;
  return results.filter(({ ruleId, ruleIndex }) => tool.driver.rules[ruleIndex]?.id !== ruleId);
}
