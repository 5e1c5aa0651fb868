import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** The tests use what a user gets: the built command and the built library. */
export default function setup(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: join(__dirname, '..'), stdio: 'inherit' });
}
