import type { Checked } from './check.mts';
import { OFFICIAL } from './credential.mts';
import type { AccountCredential } from './credential.mts';
import { LAYERS } from './probe.mts';
import type { Line, Seen, Verdict } from './probe.mts';
import { meaningOf } from './protocol.mts';
import { wordOf } from './words.mts';

/** A report that can be passed on: no value of the firm and no secret in it. */
export interface Report {
	checkedAt: string;
	version: string;
	node: string;
	gateway: 'official' | 'another';
	authentication: AccountCredential['authentication'];
	calls: number;
	confirmed: number;
	contradicted: number;
	open: number;
	lines: ReportLine[];
}

export interface ReportLine {
	id: string;
	layer: string;
	assumption: string;
	mark: string;
	source: string;
	seen: Seen;
	/** What docs/protocol.md says of the code in `seen`. */
	codeMeaning?: string;
	verdict: Verdict;
	waitsFor?: string;
	meaning: string;
}

const MAX = 10_000_000_000;

/** Numbers as large as a count, a code or a time may be, truths, and words that are known: nothing else gets into a report. */
function cleaned(seen: Seen): Seen {
	const clean = (value: Seen[string]) => (typeof value === 'boolean' || (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < MAX) ? value : wordOf(value));
	return Object.fromEntries(Object.entries(seen).map(([name, value]) => [name, clean(value)]));
}

/** The anchor that GitHub gives a heading. */
function anchorOf(heading: string): string {
	return heading.toLowerCase().replace(/[^\p{L}\p{N}\-_ ]/gu, '').replaceAll(' ', '-');
}

/** Where a probe says nothing else of it. */
const EITHER_WAY = 'Nothing has to be set: the nodes work either way.';

function reportLine({ probe, seen, verdict, advice, waitsFor }: Line): ReportLine {
	const { id, layer, assumption, mark, anchor } = probe;
	const clean = cleaned(seen);
	const code = typeof clean.code === 'number' && clean.code !== 0 ? clean.code : typeof clean.status === 'number' && clean.status > 299 ? clean.status : 0;
	const codeMeaning = meaningOf(code);
	const meaning = advice ?? (verdict === 'contradicted' ? EITHER_WAY : '');
	return { id, layer, assumption, mark, source: `docs/protocol.md#${anchorOf(anchor)}`, seen: clean, ...(codeMeaning !== undefined && { codeMeaning }), verdict, ...(waitsFor !== undefined && { waitsFor }), meaning };
}

export function reportOf({ lines, calls }: Checked, { gatewayUrl, authentication }: AccountCredential, version: string, now: Date): Report {
	const count = (verdict: Verdict) => lines.filter((line) => line.verdict === verdict).length;
	return {
		checkedAt: now.toISOString(),
		version,
		node: process.version,
		gateway: gatewayUrl === OFFICIAL ? 'official' : 'another',
		authentication,
		calls,
		confirmed: count('confirmed'),
		contradicted: count('contradicted'),
		open: count('open'),
		lines: lines.map(reportLine),
	};
}

export const TICKS: Record<Verdict, string> = { confirmed: '✓', contradicted: '✗', open: '?' };

/** `tooFewRows` as `too few rows`. */
const spaced = (word: string): string => (/^[a-z]+[A-Z]/.test(word) ? word.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`) : word);

/** `answerMs` as `answer`, `offSeconds` as `off`, `countAtSize1` as `count at size1`. */
const worded = (name: string): string => name.replace(/(Ms|Seconds)$/, '').replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();

const unitOf = (name: string): string => (name.endsWith('Ms') ? ' ms' : name.endsWith('Seconds') ? ' s' : '');

/** What was seen, in words. */
export function seenText({ seen, codeMeaning, waitsFor }: Pick<ReportLine, 'seen' | 'codeMeaning' | 'waitsFor'>): string {
	if (waitsFor !== undefined) return `not asked: ${waitsFor} comes first`;
	const parts = Object.entries(seen).map(([name, value]) => (name === 'why' ? spaced(String(value)) : `${worded(name)} ${value === true ? 'yes' : value === false ? 'no' : spaced(String(value))}${unitOf(name)}`));
	return [parts.join(', '), codeMeaning].filter(Boolean).join('; ');
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** The report for people, as Markdown. */
export function markdownOf(report: Report): string {
	const head = [
		'# What an account of Kingdee JDY shows',
		'',
		`Made by \`npm run check:account\` at ${report.checkedAt}, version ${report.version}, Node.js ${report.node}, ${report.gateway === 'official' ? 'the official gateway' : 'another gateway than the official one'}, authentication ${report.authentication}, ${report.calls} calls.`,
		'',
		`**${report.confirmed} confirmed, ${report.contradicted} contradicted, ${report.open} open.** It holds shapes, counts, codes and times: no secret, and no value of the firm. Marks are those of docs/protocol.md; \`-\` differs between accounts.`,
	];
	const tables = LAYERS.flatMap((layer) => {
		const lines = report.lines.filter((line) => line.layer === layer);
		if (lines.length === 0) return [];
		const rows = lines.map((line) => `| ${TICKS[line.verdict]} | ${cell(line.assumption)} | ${line.mark} | ${line.verdict} | ${cell(seenText(line))} | ${cell(line.meaning)} |`);
		return ['', `## ${layer}`, '', '| | Assumption | Mark | Verdict | Seen | What it means |', '|---|---|---|---|---|---|', ...rows];
	});
	return `${[...head, ...tables].join('\n')}\n`;
}
