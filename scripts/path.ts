/** Walks the whole path with the real programs and prints what went where: `npm run path`. */
import { nginxBinaries } from '../judge/nginx';
import { describeProgram, missingPrograms, realPrograms } from '../judge/real-programs';
import { pathTable, walkPath } from '../test/real/path';

function main(): number {
  const programs = realPrograms(process.env);
  const missing = missingPrograms(programs, ['nginx', 'gobgpd', 'gobgp', 'bird2', 'ip', 'unshare']);
  const [nginx] = nginxBinaries(process.env);
  if (missing.length > 0 || nginx === undefined) {
    process.stderr.write(`missing: ${missing.join(', ')}. Run scripts/install-judges.sh\n`);
    return 69;
  }
  const result = walkPath(nginx, 'bird2', { count: 1000, clients: 8 });
  process.stdout.write('client -> switch (BIRD, ECMP) -> node (ip rule) -> nginx of a Balancer -> echo servers\n\n');
  process.stdout.write(pathTable(result));
  const used = programs.filter(({ name }) => ['nginx', 'gobgpd', 'bird2', 'ip'].includes(name));
  process.stdout.write(`${used.map(describeProgram).join(', ')}\n`);
  return result.failed.length === 0 ? 0 : 1;
}

process.exitCode = main();
