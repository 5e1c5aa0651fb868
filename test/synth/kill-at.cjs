/**
 * Preloaded by node: counts the calls of node:fs that change the output folder, and kills the process before one of them, or
 * in the middle of a write. Calls that only read leave the folder as the one before them did.
 */
const fs = require('node:fs');
const process = require('node:process');

const at = Number(process.env.KILL_AT);
const halfWritten = process.env.KILL_HALF === 'yes';
let calls = 0;

function kill() {
  process.kill(process.pid, 'SIGKILL');
  for (;;);
}

const names = halfWritten ? ['writeFileSync'] : ['mkdirSync', 'writeFileSync', 'renameSync', 'rmSync', 'rmdirSync'];
for (const name of names) {
  const original = fs[name];
  fs[name] = (...args) => {
    if (!String(args[0]).startsWith('dist')) return original(...args);
    calls += 1;
    if (calls === at) {
      // A write may end in the middle.
      if (halfWritten && name === 'writeFileSync')
        original(args[0], String(args[1]).slice(0, String(args[1]).length / 2));
      kill();
    }
    return original(...args);
  };
}
process.on('exit', () => fs.writeSync(2, `${calls} calls\n`));
