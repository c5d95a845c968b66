import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { Program } from '../helpers/n8n/programs.mts';

export const FOLDER = resolve('.cache', 'engines');
const ATTEMPTS = 3;

const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { devDependencies: Record<string, string> };

/** The folder of an engine. */
export function folderOf(core: string): string {
	return join(FOLDER, core);
}

/** Installs a version of n8n-core unless an earlier run has done so: about 50 s and 250 to 450 MB. */
export async function installEngine(core: string): Promise<void> {
	const folder = folderOf(core);
	const modules = join(folder, 'node_modules');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'package.json'), '{"private":true}');
	if (core === devDependencies['n8n-core']) {
		rmSync(modules, { recursive: true, force: true });
		symlinkSync(resolve('node_modules'), modules, 'junction');
		return;
	}
	for (let tried = 1; !existsSync(join(folder, 'installed')); tried++) {
		console.log(`Installing n8n-core ${core} into .cache/engines, once`);
		const npm = new Program('npm', ['install', `n8n-core@${core}`, '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder });
		await npm.ended;
		if (npm.child.exitCode === 0) writeFileSync(join(folder, 'installed'), '');
		else if (tried === ATTEMPTS) throw new Error(`n8n-core ${core} could not be installed:\n${npm.output.slice(-3000)}`);
	}
}

/** Puts the built package beside each engine: what its nodes require there is that engine's. */
export function placePackage(core: string): void {
	const target = join(folderOf(core), 'dist');
	rmSync(target, { recursive: true, force: true });
	cpSync('dist', target, { recursive: true });
}
