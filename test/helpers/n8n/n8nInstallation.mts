import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { Program, runCommand, sleepMs } from './programs.mts';

/** The version that is tried; newer patches of 2.41 name packages that cannot be had. */
const N8N_VERSION = '2.41.1';

export const N8N_FOLDER = resolve('.cache', 'n8n');
export const N8N_BINARY = join(N8N_FOLDER, 'node_modules', 'n8n', 'bin', 'n8n');

const READY = join(N8N_FOLDER, `ready-${N8N_VERSION}`);
const ATTEMPTS = 3;
const TELL_EVERY_MS = 10_000;

const nodeFolder = dirname(dirname(process.execPath));

/** The environment of npm and n8n: this very Node first, and its headers for what has to be built. */
export function environment(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
	const headers = existsSync(join(nodeFolder, 'include', 'node')) ? { npm_config_nodedir: nodeFolder } : {};
	return { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH}`, ...headers, ...extra };
}

export type Log = (line: string) => void;

/** Runs npm in the folder of n8n, and tells every 10 s how far it is. */
async function npm(step: string, args: string[], log: Log): Promise<void> {
	for (let attempt = 1; ; attempt++) {
		log(step);
		const startedAt = Date.now();
		const program = new Program('npm', [...args, '--no-audit', '--no-fund'], { cwd: N8N_FOLDER, env: environment() });
		while (program.isRunning) {
			await Promise.race([program.ended, sleepMs(TELL_EVERY_MS)]);
			const folder = join(N8N_FOLDER, 'node_modules');
			const packages = existsSync(folder) ? readdirSync(folder).length : 0;
			if (program.isRunning) log(`       ${Math.round((Date.now() - startedAt) / 1000)} s, ${packages} folders of packages`);
		}
		if (program.child.exitCode === 0) return;
		if (attempt >= ATTEMPTS) throw new Error(`npm ${args.join(' ')} failed:\n${program.output.slice(-3000)}`);
	}
}

/** Installs n8n into .cache/ unless an earlier run has done so: about 5 minutes and 3 GB. */
export async function installN8n(log: Log): Promise<void> {
	if (existsSync(READY)) return;
	log(`Installing n8n ${N8N_VERSION} into .cache/n8n, once: about 5 minutes and 3 GB`);
	mkdirSync(N8N_FOLDER, { recursive: true });
	writeFileSync(join(N8N_FOLDER, 'package.json'), JSON.stringify({ private: true, dependencies: { n8n: N8N_VERSION }, overrides: { linkedom: '0.18.13' } }));
	await npm('  1 of 3: packages', ['install', '--ignore-scripts'], log);
	await npm('  2 of 3: the SQLite driver is built', ['rebuild', 'sqlite3', '--ignore-scripts=false'], log);
	log('  3 of 3: check');
	runCommand(process.execPath, ['-e', 'require("sqlite3"); new (require("isolated-vm").Isolate)()'], { cwd: N8N_FOLDER });
	writeFileSync(READY, '');
}

/** When a file below these paths was last changed. */
function changedAtMs(paths: string[]): number {
	return Math.max(
		...paths.map((path) => {
			const status = statSync(path);
			return status.isDirectory() ? changedAtMs(readdirSync(path).map((name) => join(path, name))) : status.mtimeMs;
		}),
	);
}

const SOURCES = ['nodes', 'credentials', 'package.json', 'gulpfile.js', 'tsconfig.json'];

/**
 * Packs this package and installs it into a user folder, the way n8n installs community packages, unless it stands there
 * as it is.
 */
export function installPackage(userFolder: string): void {
	const nodes = join(userFolder, '.n8n', 'nodes');
	const installed = join(nodes, 'installed-at');
	if (existsSync(installed) && statSync(installed).mtimeMs > changedAtMs(SOURCES)) return;
	runCommand('npm', ['run', 'build'], { env: environment() });
	const [{ filename }] = JSON.parse(runCommand('npm', ['pack', '--json', '--loglevel=error', '--pack-destination', N8N_FOLDER], { env: environment() })) as [{ filename: string }];
	mkdirSync(nodes, { recursive: true });
	writeFileSync(join(nodes, 'package.json'), JSON.stringify({ name: 'installed-nodes', private: true, dependencies: {} }));
	runCommand('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', join(N8N_FOLDER, filename)], { cwd: nodes, env: environment() });
	writeFileSync(installed, '');
}
