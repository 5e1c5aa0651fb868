import { basename } from 'node:path';

/** How the program was called: kubectl runs `kubectl-balancer` from PATH for `kubectl balancer`. */
export function programName(): string {
  return /^kubectl-balancer(\.|$)/.test(basename(process.argv[1] ?? '')) ? 'kubectl balancer' : 'balancer';
}
