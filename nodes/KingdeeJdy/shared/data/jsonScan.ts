const SHORT_ESCAPE = /["\\/bfnrt]/;
const UNICODE_ESCAPE = /u[\da-fA-F]{4}/y;
const FIRST_PRINTABLE = 0x20;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** How many characters an escape has, its backslash included; 0 for one that JSON does not know. */
function escapeLength(text: string, at: number): number {
	if (SHORT_ESCAPE.test(text.charAt(at + 1))) return 2;
	UNICODE_ESCAPE.lastIndex = at + 1;
	return UNICODE_ESCAPE.test(text) ? 6 : 0;
}

/**
 * Steps over a text in quotes, by hand: a pattern would remember a way back for each of a million escapes. Control
 * characters pass, because they get a message of their own.
 *
 * @returns where the text ends and where its first control character stands, or undefined if it never ends well
 */
export function stepOver(text: string, start: number): { end: number; control: number } | undefined {
	let control = -1;
	let at = start + 1;
	while (at < text.length) {
		const character = text.charAt(at);
		if (character === '"') return { end: at + 1, control };
		const length = character === '\\' ? escapeLength(text, at) : 1;
		if (length === 0) return undefined;
		if (control === -1 && text.charCodeAt(at) < FIRST_PRINTABLE) control = at;
		at += length;
	}
	return undefined;
}

/** The position of an offset, as an editor counts. */
export function lineAndColumn(text: string, offset: number): string {
	let line = 1;
	let lineStart = 0;
	for (let at = 0; at < offset; at += 1) {
		const code = text.charCodeAt(at);
		if (code !== LINE_FEED && code !== CARRIAGE_RETURN) continue;
		if (code === CARRIAGE_RETURN || text.charCodeAt(at - 1) !== CARRIAGE_RETURN) line += 1;
		lineStart = at + 1;
	}
	return `line ${line}, column ${offset - lineStart + 1}`;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSING: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/** Whether the brackets of a text stand within each other deeper than so many levels; those within quotes do not count. */
export function isNestedDeeper(text: string, levels: number): boolean {
	let depth = 0;
	let isQuoted = false;
	for (let at = 0; at < text.length; at += 1) {
		const code = text.charCodeAt(at);
		if (code === QUOTE) isQuoted = !isQuoted;
		else if (isQuoted) at += code === BACKSLASH ? 1 : 0;
		else if (OPENING.has(code)) depth += 1;
		else if (CLOSING.has(code)) depth -= 1;
		if (depth > levels) return true;
	}
	return false;
}
