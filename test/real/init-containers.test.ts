import { realpathSync } from 'node:fs';
import { expect, it } from 'vitest';
import { findProgram } from '../../judge/find-program';
import { judgeNginxConf, nginxBinaries } from '../../judge/nginx';
import { withoutNewerWords } from '../../judge/nginx-words';
import { runInSandbox } from '../../judge/sandbox';
import { compiledBalancer, SAMPLE_BACKENDS, sampleHost } from './compiled-balancer';
import { describeReal } from './programs';

const RESOLVER_CONF = '/run/nginx/resolver.conf';
const TARGET = '1.30.1';

/** The shell that the Deployment names, and as far as they are here those that have this name in other images. */
const SHELLS = [['/bin/sh'], ['dash'], ['bash', '--posix'], ['busybox', 'sh']].flatMap(([name = '', ...args]) => {
  const path = findProgram(name, process.env);
  const known = path === undefined || (name !== '/bin/sh' && realpathSync(path) === realpathSync('/bin/sh'));
  return known ? [] : [[path, ...args]];
});

const binaries = nginxBinaries(process.env);

/** The command of the init container, with another shell in place of its own. */
function commandIn(shell: readonly string[], nginxVersion: string): string[] {
  const [own, ...args] = compiledBalancer({ nginxVersion }).preparation ?? [];
  expect(own).toBe('/bin/sh');
  return [...shell, ...args];
}

const FOUND = [
  {
    what: 'an IPv4 address',
    resolvConf: 'search default.svc.cluster.local svc.cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n',
    resolver: 'resolver 10.96.0.10 ipv6=off;\n',
  },
  {
    what: 'an IPv6 address',
    resolvConf: 'nameserver fd00:10:96::a\n',
    resolver: 'resolver [fd00:10:96::a] ipv4=off;\n',
  },
  {
    what: 'the first of several, after comments, with blanks and tabs',
    resolvConf:
      '# nameserver 192.0.2.1\n; nameserver 192.0.2.2\n\n nameserver\t10.96.0.10  # here\nnameserver 192.0.2.3\n',
    resolver: 'resolver 10.96.0.10 ipv6=off;\n',
  },
  {
    what: 'a last line without its end',
    resolvConf: 'search default.svc.cluster.local\nnameserver 10.96.0.10',
    resolver: 'resolver 10.96.0.10 ipv6=off;\n',
  },
];

describeReal('the init container find-resolver', ['nginx', 'unshare'], () => {
  for (const shell of SHELLS) {
    for (const { what, resolvConf, resolver } of FOUND) {
      it(`in ${shell.join(' ')}: ${what}`, () => {
        const { status, stderr, written } = findResolver(shell, resolvConf);
        expect({ status, stderr, written }).toEqual({ status: 0, stderr: '', written: resolver });
        for (const { version, ...binary } of binaries) {
          const conf = withoutNewerWords(compiledBalancer({ nginxVersion: TARGET }).conf, { version, target: TARGET });
          const file = withoutNewerWords(written, { version, target: TARGET });
          const files = { [RESOLVER_CONF]: file.text };
          expect(judgeNginxConf({ version, ...binary }, conf.text, { files })).toEqual({ ok: true });
        }
      });
    }

    it(`in ${shell.join(' ')}: fails where there is no name server`, () => {
      const { status, stderr } = findResolver(shell, 'search default.svc.cluster.local\n');
      expect({ status, stderr }).toEqual({ status: 1, stderr: 'no nameserver in /etc/resolv.conf\n' });
    });
  }
});

interface Found {
  readonly status: number;
  readonly stderr: string;
  /** The text of resolver.conf. */
  readonly written: string;
}

function findResolver(shell: readonly string[], resolvConf: string): Found {
  const show = `"$@"; status=$?; [ ! -e ${RESOLVER_CONF} ] || cat ${RESOLVER_CONF}; exit $status`;
  const command = ['/bin/sh', '-c', show, 'sh', ...commandIn(shell, TARGET)];
  const { status, stdout, stderr } = runInSandbox(command, { resolvConf });
  return { status, stderr, written: stdout };
}

/** Adds the name that is missing when the script says that it waits for it, and tells how the script ended. */
const ADD_WHEN_ASKED = `
entry=$1; shift
"$@" 2> /run/said &
until [ -s /run/said ]; do sleep 0.01; done
echo "$entry" >> /etc/hosts
wait $!; status=$?
cat /run/said
exit $status
`;

describeReal('the init container wait-for-backends', ['unshare'], () => {
  const names = SAMPLE_BACKENDS.map(({ name }) => sampleHost(name));
  const [last = '', ...others] = [...names].reverse();

  it.each(SHELLS.map((shell) => shell.join(' ')))('in %s: ends at once where every name resolves', (shell) => {
    const hosts = Object.fromEntries(names.map((name) => [name, '192.0.2.1']));
    const run = runInSandbox(commandIn(shell.split(' '), '1.22.1'), { hosts, timeoutMilliseconds: 1500 });
    expect(run).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('waits for the name that does not resolve, and no longer', () => {
    const hosts = Object.fromEntries(others.map((name) => [name, '192.0.2.1']));
    const command = ['/bin/sh', '-c', ADD_WHEN_ASKED, 'sh', `192.0.2.2 ${last}`, ...commandIn(['/bin/sh'], '1.22.1')];
    const run = runInSandbox(command, { hosts });
    expect(run).toEqual({ status: 0, stdout: `waiting until ${last} resolves\n`, stderr: '' });
  });
});
