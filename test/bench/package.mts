import { spawnSync } from 'node:child_process';

import { CREDENTIAL_FILE, NODE_FILE } from '../helpers/built.mts';
import { runCommand } from '../helpers/n8n/programs.mts';
import { median } from './measure.mts';

const ROUNDS = 9;

/** Run in a fresh process that has n8n-workflow, as n8n has it when it loads a package. */
const LOAD = `
	require('n8n-workflow');
	const startedAt = performance.now();
	require('${CREDENTIAL_FILE}');
	require('${NODE_FILE}');
	console.log(performance.now() - startedAt);
`;

/** Milliseconds to load both entry files. */
export function loadMs(): number {
	const once = () => Number(spawnSync(process.execPath, ['--eval', LOAD], { encoding: 'utf8' }).stdout);
	return median(Array.from({ length: ROUNDS }, once));
}

/** Sizes of the tarball, in kB. */
export function packageSize(): { packedKb: number; unpackedKb: number; files: number } {
	const [tarball] = JSON.parse(runCommand('npm', ['pack', '--dry-run', '--json'])) as Array<{ size: number; unpackedSize: number; entryCount: number }>;
	if (!tarball) throw new Error('npm pack told nothing');
	return { packedKb: tarball.size / 1000, unpackedKb: tarball.unpackedSize / 1000, files: tarball.entryCount };
}
