/**
 * `npm run test:engines`: the built package in the engines of the versions of n8n that people run, on Node.js 22 and 24, and on
 * 20, where it has to refuse. Each engine is a version of n8n-core, which it installs into .cache/. Ends with one line of JSON.
 */
import { once } from 'node:events';
import { join } from 'node:path';

import { nodeFromNpm } from '../../scripts/nodeFromNpm.mjs';
import { Program, runCommand } from '../helpers/n8n/programs.mts';
import type { Features } from './features.mts';
import { folderOf, installEngine, placePackage } from './install.mts';
import { writeJavaScript } from './javaScript.mts';
import { isInReadme, tableOf } from './table.mts';
import type { Tried } from './table.mts';

/** The oldest that has all that the nodes need; the last of the 1.x line; two on the way; the newest that there is on npm. */
const ENGINES = [
	{ n8n: '1.119', core: '1.118.1' },
	{ n8n: '1.123', core: '1.122.48' },
	{ n8n: '2.20', core: '2.20.6' },
	{ n8n: '2.34', core: '2.34.2' },
	{ n8n: '2.41', core: '2.41.1' },
] as const;

const NODES = ['22', '24'] as const;
const OLD_NODE = '20';
/** The newest engine that still runs on it. */
const OLD_ENGINE = '1.122.48';

const AT_ONCE = 2;
const PATIENCE_MS = 120_000;

interface Trial {
	core: string;
	node: string;
	file: 'all' | 'oldNode';
}

interface Result extends Trial {
	passed: number;
	failed: number;
}

/** Does the work of a list, so many of them at the same time. */
async function inTurns<T, R>(list: readonly T[], work: (entry: T) => Promise<R>): Promise<R[]> {
	const results: R[] = [];
	const waiting = [...list.entries()];
	const lane = async (): Promise<void> => {
		for (let next = waiting.shift(); next; next = waiting.shift()) results[next[0]] = await work(next[1]);
	};
	await Promise.all(Array.from({ length: AT_ONCE }, lane));
	return results;
}

const countOf = (output: string, what: string): number => Number(new RegExp(`^ℹ ${what} (\\d+)$`, 'm').exec(output)?.[1] ?? NaN);

/** Runs the tests of one file in one engine on one Node.js; without a count of what has passed it has failed. */
async function run({ core, node, file }: Trial, code: string): Promise<Result> {
	const args = ['--test-force-exit', '--test-reporter=spec', join(code, `${file}.mjs`)];
	const program = new Program(nodeFromNpm(node), args, { cwd: folderOf(core) });
	const timer = setTimeout(() => program.child.kill('SIGKILL'), PATIENCE_MS);
	await once(program.child, 'close');
	clearTimeout(timer);
	const [passed, failed] = [countOf(program.output, 'pass'), countOf(program.output, 'fail')];
	const isGood = program.child.exitCode === 0 && failed === 0 && passed > 0;
	console.log(`${isGood ? 'ok  ' : 'FAIL'} n8n-core ${core} on Node.js ${node}: ${passed} passed, ${failed} failed`);
	if (!isGood) console.log(program.output);
	return { core, node, file, passed: passed || 0, failed: isGood ? 0 : failed || 1 };
}

function featuresOf(core: string, code: string): Features {
	const output = runCommand(nodeFromNpm('24'), [join(code, 'features.mjs')], { cwd: folderOf(core) });
	return JSON.parse(output.trimEnd().split('\n').at(-1) ?? '') as Features;
}

const startedAt = Date.now();
for (const version of [OLD_NODE, ...NODES]) nodeFromNpm(version);
await inTurns(ENGINES, async ({ core }) => await installEngine(core));
for (const { core } of ENGINES) placePackage(core);
const code = writeJavaScript();

const trials = ENGINES.flatMap(({ core }) => NODES.map((node): Trial => ({ core, node, file: 'all' })));
const results = await inTurns([{ core: OLD_ENGINE, node: OLD_NODE, file: 'oldNode' } as const, ...trials], async (trial) => await run(trial, code));

const tried = ENGINES.map(({ n8n, core }): Tried => {
	const nodes = results.filter((result) => result.core === core && result.file === 'all' && result.failed === 0).map(({ node }) => node);
	return { n8n, nodes, features: featuresOf(core, code) };
});
const strangers = tried.filter(({ features }, index) => features.core !== ENGINES[index]?.core || !features.sharesClasses);
for (const { n8n } of strangers) console.log(`FAIL what ran as n8n ${n8n} was another engine`);
const table = tableOf(tried);
const isTold = isInReadme(table);
console.log(`\n${table}\n`);
if (!isTold) console.log('FAIL README.md, Compatibility, does not hold this table\n');

const sum = (what: 'passed' | 'failed') => results.reduce((total, result) => total + result[what], 0);
const failed = sum('failed') + strangers.length + (isTold ? 0 : 1);
console.log(JSON.stringify({ engines: ENGINES.length, runs: results.length, passed: sum('passed'), failed, seconds: Math.round((Date.now() - startedAt) / 1000) }));
process.exitCode = failed === 0 ? 0 : 1;
