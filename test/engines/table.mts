import { readFileSync } from 'node:fs';

import type { Features } from './features.mts';

/** How an engine has fared. */
export interface Tried {
	/** The version of n8n that has it, e.g. 1.123. */
	n8n: string;
	/** The versions of Node.js on which every test has passed. */
	nodes: string[];
	features: Features;
}

function missingIn({ waitsByCause, tellsPollBudget }: Features): string {
	const missing = [
		...(waitsByCause ? [] : ['where JDY is busy, n8n polls again at its usual time']),
		...(tellsPollBudget ? [] : ['n8n gives a poll no time limit']),
	];
	return missing.length === 0 ? '-' : missing.join('; ');
}

/** The table of README, Compatibility: what has passed, newest first. */
export function tableOf(tried: readonly Tried[]): string {
	const rows = tried.toReversed().map(({ n8n, nodes, features }) => `| ${n8n} (n8n-core ${features.core}) | ${nodes.join(', ')} | ${missingIn(features)} |`);
	return ['| n8n | Node.js | Limitations |', '|---|---|---|', ...rows].join('\n');
}

/** Whether README has this very table. */
export function isInReadme(table: string): boolean {
	return readFileSync('README.md', 'utf8').includes(`\n\n${table}\n\n`);
}
