import type { AlibabaCloudControllerManagerModel } from '../../model/alibaba-controllers/alibaba-cloud-controller-manager';
import { MANAGER_FLAGS } from '../../model/alibaba-controllers/cloud-manager-flags';

/** The command line: the flags of the document or ours, and those of the spec, in one order. */
export function managerCommand({ version, flags }: AlibabaCloudControllerManagerModel): string[] {
  const printed = MANAGER_FLAGS.flatMap(({ field, names }) => {
    const [name, value] = [names[version], flags[field]];
    return name === undefined || value === undefined
      ? []
      : [`--${name}=${Array.isArray(value) ? value.join(',') : value}`];
  });
  return ['/cloud-controller-manager', ...printed];
}
