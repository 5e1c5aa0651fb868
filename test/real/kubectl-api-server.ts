/** An API server as small as kubectl needs it, on loopback: discovery, GET, POST, and a note of who asked for what. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { findProgram } from '../../judge/find-program';

/** A resource that the server has. */
export interface ServedResource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** One object that was asked for or sent. */
interface Asked {
  readonly method: string;
  readonly path: string;
  readonly authorization?: string;
  readonly body?: unknown;
}

export interface SmallApiServer {
  readonly port: number;
  /** Without discovery. */
  readonly asked: Asked[];
  readonly close: () => Promise<void>;
}

/** A key, an authority and a certificate of it for 127.0.0.1, in a folder: `<name>.crt` and `<name>.key`. */
export function signCertificate(folder: string, name: string): void {
  const openssl = (...args: readonly string[]): void => {
    execFileSync(findProgram('openssl', process.env)!, args, { cwd: folder, stdio: 'pipe' });
  };
  const names = ['-addext', 'subjectAltName=IP:127.0.0.1', '-subj', `/CN=${name}`, '-days', '2'];
  openssl(
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    ...names,
    ...['-keyout', `${name}.key`, '-out', `${name}.crt`],
  );
}

/** Starts a server of one group on a free port; whoever has not the token is refused. */
export async function smallApiServer(
  folder: string,
  certificate: string,
  token: string,
  apiVersion: string,
  resources: readonly ServedResource[],
): Promise<SmallApiServer> {
  const asked: Asked[] = [];
  const [group = '', version = ''] = apiVersion.split('/');
  const groupVersion = { groupVersion: apiVersion, version };
  const discovery: Readonly<Record<string, object>> = {
    '/version': { major: '1', minor: '25', gitVersion: 'v1.25.2' },
    '/api': { kind: 'APIVersions', versions: [] },
    '/apis': {
      kind: 'APIGroupList',
      apiVersion: 'v1',
      groups: [{ name: group, versions: [groupVersion], preferredVersion: groupVersion }],
    },
    [`/apis/${apiVersion}`]: {
      kind: 'APIResourceList',
      groupVersion: apiVersion,
      resources: resources.map((resource) => ({ ...resource, singularName: '', verbs: ['get', 'create', 'patch'] })),
    },
  };
  const options = {
    cert: readFileSync(join(folder, `${certificate}.crt`)),
    key: readFileSync(join(folder, `${certificate}.key`)),
  };
  const server = createServer(options, (request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method = '', headers } = request;
      const path = (request.url ?? '').replace(/\?.*/, '');
      const text = Buffer.concat(parts).toString();
      const answer = (status: number, body: object): void => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      };
      const isDiscovery = path in discovery || path.startsWith('/openapi');
      const authorization = headers.authorization;
      const body = text === '' ? undefined : JSON.parse(text);
      if (!isDiscovery) asked.push({ method, path, ...(authorization && { authorization }), ...(body && { body }) });
      if (authorization !== `Bearer ${token}`) answer(401, status(401, 'Unauthorized'));
      else if (path in discovery) answer(200, discovery[path]!);
      else if (method === 'POST') answer(201, body);
      else answer(404, status(404, 'NotFound'));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { port: (server.address() as AddressInfo).port, asked, close: () => stop(server) };
}

function status(code: number, reason: string): object {
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason, message: reason, code };
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
