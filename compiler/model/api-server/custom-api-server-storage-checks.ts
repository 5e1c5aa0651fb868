import type { CustomApiServerSpec } from '../../spec/generated/custom-api-server';
import type { Problems } from '../problems';
import type { CustomApiServerModel, EtcdStorage, FileStorage } from './custom-api-server';

/** Where objects are kept: in one place, that others cannot read, and that stays. */
export function checkStorage(model: CustomApiServerModel, { backend }: CustomApiServerSpec, problems: Problems): void {
  const { etcd, file } = backend;
  if (etcd === undefined && file === undefined) {
    problems.add('BAL3294', '/spec/backend', 'backend names no place: "etcd" and "file" are two');
  } else if (etcd !== undefined && file !== undefined) {
    problems.add('BAL3294', '/spec/backend/file', '"file" stands beside "etcd"');
  } else if (model.storage.kind === 'etcd') checkEtcd(model, model.storage, problems);
  else checkFile(model, model.storage, problems);
}

function checkEtcd({ profile }: CustomApiServerModel, { servers, tls, prefix }: EtcdStorage, problems: Problems): void {
  const pointer = '/spec/backend/etcd';
  if (servers.length === 0) problems.add('BAL3295', pointer, 'etcd has no servers');
  servers.forEach((server, index) => {
    const place = `${pointer}/servers/${index}`;
    if (servers.indexOf(server) !== index) problems.add('BAL3001', place, `"${server}" is named twice`);
    if (profile === 'hardened' && server.startsWith('http:')) {
      problems.add('BAL3295', place, `"${server}" is plain HTTP`);
    }
  });
  if (profile === 'hardened') {
    if (tls === undefined)
      problems.add('BAL3296', pointer, '"tls" is missing: etcd cannot tell the server from others');
    return;
  }
  const idle = { tls, prefix };
  for (const [field, value] of Object.entries(idle)) {
    if (value === undefined) continue;
    const message = `${field} is for profile hardened: the original has no flag for it`;
    problems.add('BAL3026', `${pointer}/${field}`, message);
  }
}

/** Folders that belong to the system, with all that is in them: https://refspecs.linuxfoundation.org/FHS_3.0/fhs/index.html */
const SYSTEM =
  /^\/(bin|boot|dev|etc|lib|lib32|lib64|libx32|proc|root|run|sbin|sys|usr|var\/(run|lock|log|cache|tmp))(\/|$)/;

/** Folders of which the whole is not for one program. */
const SHARED = /^\/(tmp|var|var\/lib|home|opt|srv|mnt|media)$/;

function checkFile(
  { profile, replicas }: CustomApiServerModel,
  { rootPath, accessModes }: FileStorage,
  problems: Problems,
): void {
  const pointer = '/spec/backend/file/rootPath';
  if (SYSTEM.test(rootPath) || SHARED.test(rootPath)) {
    problems.add('BAL3298', pointer, `"${rootPath}" belongs to the system`);
  } else if (profile === 'hardened' && rootPath.startsWith('/tmp/')) {
    problems.add('BAL3298', pointer, `"${rootPath}" is in "/tmp", which is emptied with each Pod`);
  }
  if (replicas > 1) problems.add('BAL3297', '/spec/replicas', `"${replicas}" servers would write the same files`);
  accessModes.forEach((mode, index) => {
    const place = `/spec/backend/file/volume/accessModes/${index}`;
    if (accessModes.indexOf(mode) !== index) problems.add('BAL3001', place, `"${mode}" is named twice`);
    else if (mode === 'ReadWriteOncePod' && accessModes.length > 1) {
      // https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes
      problems.add('BAL3294', place, '"ReadWriteOncePod" stands beside another mode');
    }
  });
}
