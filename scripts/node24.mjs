/**
 * Runs a script with Node 24 or later: `node scripts/node24.mjs script.mjs args…`; with `--or-22` before the script also with
 * Node 22, from 22.18 on, which runs TypeScript as it is.
 * Where only an older Node is installed, Node 24 is fetched from npm into .cache/, once.
 */
import { spawn } from 'node:child_process';

import { nodeFromNpm } from './nodeFromNpm.mjs';

const takes22 = process.argv[2] === '--or-22';
const args = process.argv.slice(takes22 ? 3 : 2);
const isNewEnough = process.versions.node.localeCompare(takes22 ? '22.18.0' : '24.0.0', 'en', { numeric: true }) >= 0;
const child = spawn(isNewEnough ? process.execPath : nodeFromNpm('24'), args, { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
