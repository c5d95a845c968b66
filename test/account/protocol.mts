import { readFileSync } from 'node:fs';

/** Rows of the tables of codes in docs/protocol.md: `4001 to 4005 | meaning`. */
const ROW = /^\| ([\d, to]+?)(?: \([^)]*\)|, status[^|]*)? \| ([^|]+) \|/gm;

const protocol = readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8');

function codesIn(written: string): number[] {
	return written.split(', ').flatMap((part) => {
		const [from = 0, to = from] = part.split(' to ').map(Number);
		return Array.from({ length: to - from + 1 }, (_unused, index) => from + index);
	});
}

/** `a field: missing, wrong type` has a meaning for each of two codes; otherwise all of it is about each. */
function meaningsIn(meaning: string, count: number): string[] {
	const [subject = '', list = meaning] = meaning.includes(': ') ? meaning.split(': ') : ['', meaning];
	const parts = list.replace(/;.*/, '').split(', ');
	return parts.length === count ? parts.map((part) => (subject === '' ? part : `${subject}: ${part}`)) : Array.from({ length: count }, () => meaning);
}

const meanings = new Map<number, string>();
for (const [, written = '', meaning = ''] of protocol.matchAll(ROW)) {
	const codes = codesIn(written);
	const each = meaningsIn(meaning.trim(), codes.length);
	for (const [index, code] of codes.entries()) if (!meanings.has(code)) meanings.set(code, each[index] ?? '');
}

/** What docs/protocol.md says of a code; a code that it does not know is nothing more than its number. */
export function meaningOf(code: number): string | undefined {
	if (meanings.has(code)) return meanings.get(code);
	if (/^20\d\d002000$/.test(String(code))) return 'system error of a module';
	return /^20\d{8}$/.test(String(code)) ? 'a rule of the document refused it' : undefined;
}
