/**
 * `npm run check:account [-- --yes] [-- --write ts_…]`: what an account of Kingdee JDY shows of what this package takes for
 * granted. Reads only, unless writing is wanted; each write is asked for. Ends with jdy-account-report.md and .json.
 */
import { readFileSync, writeFileSync } from 'node:fs';

import { isFields } from './answer.mts';
import type { Fields } from './answer.mts';
import { agreed, askAtTerminal } from './asking.mts';
import { CALLS_FOR_RETRIES, check } from './check.mts';
import { readAccountCredential } from './credential.mts';
import type { AccountCredential } from './credential.mts';
import type { Line, Probe } from './probe.mts';
import { mostCalls, readingProbes, writingProbes } from './probes/index.mts';
import { TICKS, markdownOf, reportOf, seenText } from './report.mts';
import { overSockets } from './sockets.mts';

/** A fifth of what an account has, so that others go on. */
const PACE_MS = 600;
const TIMEOUT_MS = 30_000;
const RETRY_AFTER_MS = 10_000;
const [MARKDOWN, JSON_FILE] = ['jdy-account-report.md', 'jdy-account-report.json'];

/** The document that is saved; from JDY_WRITE_DATA. */
function writeData(): Fields {
	const text = process.env.JDY_WRITE_DATA;
	try {
		const data: unknown = JSON.parse(text ?? '{}');
		if (isFields(data)) return data;
	} catch {
		// Said below, without the text: it may hold anything.
	}
	throw new Error('JDY_WRITE_DATA is no JSON object');
}

/** A line as it is shown while the check goes on. */
function shown(line: Line, credential: AccountCredential): string {
	const [said] = reportOf({ lines: [line], calls: 0 }, credential, '', new Date()).lines;
	const text = said === undefined ? '' : seenText(said);
	return `  ${TICKS[line.verdict]} ${line.probe.assumption}${text === '' ? '' : `: ${text}`}${line.advice === undefined ? '' : `\n      ${line.advice}`}`;
}

interface Words {
	isAgreed: boolean;
	isWriting: boolean;
	customType: string;
}

/** @throws Error for words that are none: a secret does not belong on a command line */
function readWords(words: readonly string[], environment: NodeJS.ProcessEnv): Words {
	const isWriting = words.includes('--write');
	const customType = (isWriting ? words[words.indexOf('--write') + 1] : environment.JDY_CUSTOM_TYPE)?.trim() ?? '';
	if (words.some((word) => word !== '--yes' && word !== '--write' && word !== customType)) throw new Error('The words are --yes and --write with the code of a custom document type. Credentials come from the environment or are asked for.');
	if (isWriting && !/^\w+$/.test(customType)) throw new Error('--write needs the code of a custom document type, such as ts_45465632434343');
	return { isAgreed: words.includes('--yes') || Boolean(environment.CI), isWriting, customType };
}

function planOf(probes: readonly Probe[], isWriting: boolean): string {
	return `
Checks ${probes.length} assumptions about this account with ${mostCalls(probes) + CALLS_FOR_RETRIES} calls at most, ${60_000 / PACE_MS} a minute.
${isWriting ? 'Reads, and saves, audits, unaudits and deletes one custom document and saves and deletes one customer, each after a question.' : 'Only reads: nothing in the books is changed.'} One or two tokens are fetched.
Writes ${MARKDOWN} and ${JSON_FILE}: shapes, counts, codes and times, no secret and no value of your firm. Nothing else is kept.
`;
}

async function run(): Promise<void> {
	const { isAgreed, isWriting, customType: named } = readWords(process.argv.slice(2), process.env);
	const ask = process.stdin.isTTY ? askAtTerminal : undefined;
	const may = async (question: string): Promise<boolean> => ask !== undefined && (await agreed(ask, question));
	const data = isWriting ? { writeData: writeData() } : {};
	const credential = await readAccountCredential(process.env, ask);
	const customType = named === '' && ask ? (await ask('A custom document type to read, such as ts_45465632434343; empty for none')).trim() : named;
	const probes = isWriting ? [...readingProbes, ...writingProbes] : readingProbes;
	console.log(planOf(probes, isWriting));
	if (!isAgreed && !(await may('Go on?'))) throw new Error('Nothing was sent. Without a terminal, --yes goes on.');
	const transport = overSockets(TIMEOUT_MS);
	let layer = '';
	const show = (line: Line): void => {
		if (line.probe.layer !== layer) console.log(`\n${line.probe.layer}`);
		layer = line.probe.layer;
		console.log(shown(line, credential));
	};
	const checked = await check(probes, { credential, transport, customType, paceMs: PACE_MS, timeoutMs: TIMEOUT_MS, retryAfterMs: RETRY_AFTER_MS, now: () => Date.now(), ...data }, async ({ writes = '' }) => await may(`\n${writes}`), show);
	transport.close();
	const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
	const report = reportOf(checked, credential, version, new Date());
	writeFileSync(MARKDOWN, markdownOf(report));
	writeFileSync(JSON_FILE, `${JSON.stringify(report, null, '\t')}\n`);
	console.log(`\n${report.confirmed} confirmed, ${report.contradicted} contradicted, ${report.open} open, with ${report.calls} calls: ${MARKDOWN}, ${JSON_FILE}`);
}

await run().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : 'The check failed');
	process.exitCode = 1;
});
