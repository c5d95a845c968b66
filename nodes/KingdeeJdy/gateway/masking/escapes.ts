import { namedCharacter } from './entities';

/** A text after some of its escapes have been decoded, with the position of each of its units in the original text. */
interface DecodedText {
	text: string;
	/** One entry more than the text has units: the last one is the end. Undefined for the text itself. */
	origins?: Uint32Array;
}

/** One way to write a character as several. */
interface Escape {
	marker: string;
	/** Matches one escape, of bounded length: a pattern that takes a whole run in would exhaust the stack. */
	pattern: RegExp;
	/** What an escape stands for, or undefined if it stands for nothing. */
	read: (escape: string) => string | undefined;
}

const MAX_CODE_POINT = 0x10ffff;

/** Twice-encoded texts, in one way or in two, are read; a third encoding does not occur. */
const MAX_LAYERS = 2;

const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([['b', '\b'], ['f', '\f'], ['n', '\n'], ['r', '\r'], ['t', '\t']]);

function characterOf(code: string, radix: number): string | undefined {
	const codePoint = parseInt(code, radix);
	return codePoint <= MAX_CODE_POINT ? String.fromCodePoint(codePoint) : undefined;
}

function readPercent(escape: string): string | undefined {
	if (/^%u/i.test(escape)) return characterOf(escape.slice(2), 16);
	return Buffer.from(escape.replaceAll('%', ''), 'hex').toString('utf8');
}

function readEntity(escape: string): string | undefined {
	const name = escape.replace(/^&|;$/g, '');
	if (!name.startsWith('#')) return namedCharacter(name);
	return /^#x/i.test(name) ? characterOf(name.slice(2), 16) : characterOf(name.slice(1), 10);
}

function readBackslash(escape: string): string | undefined {
	const rest = escape.slice(1);
	return rest.length > 1 ? characterOf(rest.slice(1), 16) : (SHORT_ESCAPES.get(rest) ?? rest);
}

const ESCAPES: Escape[] = [
	{
		marker: '%',
		pattern: /%u[\da-f]{4}|%[0-7][\da-f]|%[cd][\da-f]%[89ab][\da-f]|%e[\da-f](?:%[89ab][\da-f]){2}|%f[0-7](?:%[89ab][\da-f]){3}/gi,
		read: readPercent,
	},
	{ marker: '&', pattern: /&(?:#\d{1,10};?|#x[\da-f]{1,8};?|[a-z]{2,16}\d{0,2};)/gi, read: readEntity },
	{ marker: '\\', pattern: /\\(?:u[\da-fA-F]{4}|x[\da-fA-F]{2}|["'\\/bfnrt])/g, read: readBackslash },
];

/** Whether anything in a text may be an escape. */
export function mayHoldEscapes(text: string): boolean {
	return ESCAPES.some(({ marker }) => text.includes(marker));
}

function readEscapes({ text, origins }: DecodedText, { marker, pattern, read }: Escape): DecodedText | undefined {
	if (!text.includes(marker)) return undefined;
	const parts: string[] = [];
	const places = new Uint32Array(text.length + 1);
	let length = 0;
	let at = 0;
	const place = (index: number) => {
		places[length] = origins?.[index] ?? index;
		length += 1;
	};
	const copyUpTo = (end: number) => {
		parts.push(text.slice(at, end));
		for (; at < end; at += 1) place(at);
	};
	for (const { 0: escape, index } of text.matchAll(pattern)) {
		const character = read(escape);
		if (character === undefined) continue;
		copyUpTo(index);
		parts.push(character);
		for (let unit = 0; unit < character.length; unit += 1) place(index);
		at = index + escape.length;
	}
	if (parts.length === 0) return undefined;
	copyUpTo(text.length);
	place(text.length);
	return { text: parts.join(''), origins: places };
}

/** A text as it is, and as everybody understands it who reads escapes in it. */
export function* decodingsOf(reading: DecodedText, layers = MAX_LAYERS): Generator<DecodedText> {
	yield reading;
	if (layers === 0) return;
	for (const escape of ESCAPES) {
		const inner = readEscapes(reading, escape);
		if (inner) yield* decodingsOf(inner, layers - 1);
	}
}
