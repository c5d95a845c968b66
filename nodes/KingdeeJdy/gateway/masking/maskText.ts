import { decodingsOf } from './escapes';
import { MIN_LENGTH_INSIDE_TEXT } from './secretForms';
import type { SecretForm } from './secretForms';

export const MASKED = '***';

type Span = [start: number, end: number];

const BASE64 = /[\w+/-]/;
const LETTER_OR_DIGIT = /[\p{L}\p{N}_]/u;
/** Writing without spaces between its words: a secret in Latin letters is a word of its own beside it. */
const IDEOGRAPH = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

function lowerCaseOfHex(text: string): string {
	return text.replace(/[A-F]+/g, (digits) => digits.toLowerCase());
}

function characterBefore(text: string, index: number): string {
	const pair = index > 1 ? text.codePointAt(index - 2) : undefined;
	return pair !== undefined && pair > 0xffff ? String.fromCodePoint(pair) : text.charAt(index - 1);
}

function characterAt(text: string, index: number): string {
	const codePoint = text.codePointAt(index);
	return codePoint === undefined ? '' : String.fromCodePoint(codePoint);
}

function goesOn(edge: string, neighbour: string): boolean {
	return LETTER_OR_DIGIT.test(neighbour) && IDEOGRAPH.test(neighbour) === IDEOGRAPH.test(edge);
}

function isWord(text: string, start: number, end: number): boolean {
	const first = characterAt(text, start);
	const last = characterBefore(text, end);
	return !goesOn(first, characterBefore(text, start)) && !goesOn(last, characterAt(text, end));
}

/** Takes in what else belongs to base64: characters that share bits with the secret, and the padding. */
function widened(text: string, form: SecretForm, [start, end]: Span): Span {
	if (form.writing !== 'base64') return [start, end];
	const first = form.reachesBack && BASE64.test(text.charAt(start - 1)) ? start - 1 : start;
	let last = form.reachesAhead && BASE64.test(text.charAt(end)) ? end + 1 : end;
	for (let padding = 0; padding < 2 && text[last] === '='; padding += 1) last += 1;
	return [first, last];
}

function spansOf(text: string, form: SecretForm): Span[] {
	const spans: Span[] = [];
	const { length } = form.text;
	for (let start = text.indexOf(form.text); start !== -1; ) {
		const isFound = length >= MIN_LENGTH_INSIDE_TEXT || isWord(text, start, start + length);
		if (isFound) spans.push(widened(text, form, [start, start + length]));
		start = text.indexOf(form.text, isFound ? start + length : start + 1);
	}
	return spans;
}

/** The positions of secrets in a text, in any form and under any escape, as offsets of the text itself. */
function findSecrets(text: string, forms: SecretForm[]): Span[] {
	const found: Span[] = [];
	for (const reading of decodingsOf({ text })) {
		const lowerCase = lowerCaseOfHex(reading.text);
		for (const form of forms) {
			for (const [start, end] of spansOf(form.writing === 'hex' ? lowerCase : reading.text, form)) {
				found.push([reading.origins?.[start] ?? start, reading.origins?.[end] ?? end]);
			}
		}
	}
	return found.sort(([one], [other]) => one - other);
}

/** Replaces each secret by `***`. */
export function maskText(text: string, forms: SecretForm[]): string {
	const parts: string[] = [];
	let at = 0;
	for (const [start, end] of findSecrets(text, forms)) {
		if (start >= at) parts.push(text.slice(at, start), MASKED);
		at = Math.max(at, end);
	}
	return at === 0 ? text : parts.join('') + text.slice(at);
}
