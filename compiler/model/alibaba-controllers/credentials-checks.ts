import type { AlibabaCredentials } from '../../spec/generated/alibaba-load-balancer-controller';
import { isAccessKeyId } from '../../spec/literal';
import type { Problems } from '../problems';

/** Credentials name exactly one way, and no text in them is a key itself. */
export function checkCredentials(credentials: AlibabaCredentials, problems: Problems): void {
  const ways = Object.keys(credentials);
  if (ways.length === 0) problems.add('BAL3071', '/spec/credentials', 'credentials name no way: "secret" is one');
  const [first, ...others] = ways;
  for (const other of others) {
    problems.add('BAL3071', `/spec/credentials/${other}`, `"${other}" stands beside "${first}"`);
  }
  reportKeys(credentials, '/spec/credentials', problems);
}

/** The message does not repeat the key: it goes to logs. */
function reportKeys(value: unknown, pointer: string, problems: Problems): void {
  if (typeof value === 'string') {
    if (isAccessKeyId(value)) problems.add('BAL3070', pointer, 'the text is an AccessKey id, not the name of one');
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) reportKeys(item, `${pointer}/${key}`, problems);
  }
}
