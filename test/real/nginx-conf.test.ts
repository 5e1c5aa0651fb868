import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { judgeNginxConf, type NginxBinary, nginxBinaries } from '../../judge/nginx';
import { withoutNewerWords } from '../../judge/nginx-words';
import { compiledBalancer } from './compiled-balancer';
import { confFiles } from './conf-files';
import { describeReal } from './programs';

/** Where there is no nginx the tests are still listed, and skipped, under this name. */
const ABSENT: NginxBinary = { path: 'nginx', version: '0.0.0' };
const [first = ABSENT, ...others] = nginxBinaries(process.env);
const binaries = [first, ...others];

describeReal('the configurations of the project', ['nginx', 'unshare'], () => {
  for (const binary of binaries) {
    const { version } = binary;
    for (const { name, path, target } of confFiles()) {
      const conf = readFileSync(path, 'utf8');
      const { text, leftOut } = withoutNewerWords(conf, { version, target: target ?? version });
      const omission = leftOut.length === 0 ? '' : `, without "${leftOut.join('", "')}"`;
      it(`nginx ${version} accepts ${name} for ${target ?? 'an unknown version'}${omission}`, () => {
        expect(judgeNginxConf(binary, text)).toEqual({ ok: true });
        expect(target, 'no Balancer in the folder of this file makes it').toBeDefined();
      });
    }
  }
});

/** The example that 001 prints. */
const EXAMPLE_OF_001 = `events {
    worker_connections 1024;
}
stream {
    server {
        listen 80 tcp;
        proxy_pass upstream_http;
    }
    upstream upstream_http {
        server example-balancer-v1-backend:80 weight=40;
        server example-balancer-v2-backend:80 weight=20;
        server example-balancer-v3-backend:80 weight=40;
    }
}
`;
const WORKING = EXAMPLE_OF_001.replace(' tcp;', ';');

const REFUSED = [
  { what: '"tcp" after listen, as 001 prints it', conf: EXAMPLE_OF_001, line: 6, message: /^(the )?invalid .*"tcp"/ },
  {
    what: 'an upstream twice',
    conf: WORKING.replace('upstream upstream_http {', 'upstream upstream_http { server 192.0.2.1:80; }\n$&'),
    line: 10,
    message: 'duplicate upstream "upstream_http"',
  },
  { what: 'weight 0', conf: WORKING.replace('=20', '=0'), line: 11, message: 'invalid parameter "weight=0"' },
  {
    what: 'a missing semicolon',
    conf: WORKING.replace('1024;', '1024'),
    line: 3,
    message: 'unexpected "}"',
  },
  {
    what: 'a missing bracket',
    conf: WORKING.slice(0, -2),
    line: 14,
    message: 'unexpected end of file, expecting "}"',
  },
  {
    what: 'a host that is not found',
    conf: WORKING.replace('server example-balancer-v1-backend:80', 'include /run/nginx/servers; $&'),
    files: { '/run/nginx/servers': 'server nowhere.invalid:80;\n' },
    message: 'host not found in upstream "nowhere.invalid:80" in /run/nginx/servers:1',
  },
];

describeReal('a judge that can refuse', ['nginx', 'unshare'], () => {
  for (const binary of binaries) {
    const { version } = binary;
    it(`nginx ${version} accepts the example of 001 without "tcp"`, () => {
      expect(judgeNginxConf(binary, WORKING)).toEqual({ ok: true });
    });

    for (const { what, conf, files, line, message } of REFUSED) {
      it(`nginx ${version} refuses ${what}`, () => {
        const problem = { message: typeof message === 'string' ? message : expect.stringMatching(message) };
        const problems = [line === undefined ? problem : { line, ...problem }];
        expect(judgeNginxConf(binary, conf, { files })).toEqual({ ok: false, problems });
      });
    }

    it.runIf(lacksResolve(version))(`nginx ${version} refuses "resolve" where it is left in`, () => {
      const { conf } = compiledBalancer();
      const line = conf.split('\n').findIndex((text) => text.includes(' resolve;')) + 1;
      const problems = [{ line, message: 'invalid parameter "resolve"' }];
      expect(judgeNginxConf(binary, conf)).toEqual({ ok: false, problems });
    });
  }
});

function lacksResolve(version: string): boolean {
  return withoutNewerWords('server a:80 resolve;', { version, target: '999.0.0' }).leftOut.length > 0;
}

describeReal('a judge without side effects', ['nginx', 'unshare'], () => {
  it('accepts a log in /tmp, which the host never sees', () => {
    expectNoFile(join('/tmp', unique()), { ok: true });
  });

  it('refuses a log elsewhere, because nothing there can be written', () => {
    expectNoFile(join(process.cwd(), unique()), { ok: false });
  });

  function expectNoFile(path: string, judgement: { readonly ok: boolean }): void {
    const log = `log_format lines $remote_addr;\n    access_log ${path} lines;`;
    try {
      expect(judgeNginxConf(first, WORKING.replace('stream {', `stream {\n    ${log}`))).toMatchObject(judgement);
      expect(existsSync(path)).toBe(false);
    } finally {
      rmSync(path, { force: true });
    }
  }
});

function unique(): string {
  return `balancer-${process.pid}-${Date.now()}.log`;
}
