import { describe, expect, it } from 'vitest';
import { withoutNewerWords } from '../../judge/nginx-words';

const CONF = `    resolver [fd00::a] ipv4=off;
    upstream upstream_resolve {
        server a.resolve:80 weight=40 resolve;
        server b:80 resolve backup;
    }
    server { proxy_pass upstream_resolve; }
`;
const NEITHER = CONF.replace(' ipv4=off', '').replace('=40 resolve', '=40').replace('80 resolve', '80');

describe('withoutNewerWords', () => {
  it.each([
    { version: '1.22.1', target: '1.30.1', text: NEITHER, leftOut: ['resolve', 'ipv4=off'] },
    { version: '1.23.1', target: '1.30.1', text: NEITHER.replace('::a]', '::a] ipv4=off'), leftOut: ['resolve'] },
    { version: '1.27.2', target: '1.27.3', text: NEITHER.replace('::a]', '::a] ipv4=off'), leftOut: ['resolve'] },
    { version: '1.27.3', target: '1.30.1', text: CONF, leftOut: [] },
    { version: '1.22.1', target: '1.22.1', text: CONF, leftOut: [] },
    { version: '1.22.1', target: '1.15.9', text: CONF, leftOut: [] },
  ])('nginx $version reads a configuration for $target', ({ version, target, text, leftOut }) => {
    expect(withoutNewerWords(CONF, { version, target })).toEqual({ text, leftOut });
  });
});
