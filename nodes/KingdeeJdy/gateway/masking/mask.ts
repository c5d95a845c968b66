import { JSON_NUMBER } from '../json/jsonNumbers';
import { mayHoldEscapes } from './escapes';
import { MASKED, maskText } from './maskText';
import { formsOf, hasOneForm, MIN_LENGTH_INSIDE_TEXT, shortestEncoding, writtenForms } from './secretForms';
import type { SecretForm } from './secretForms';

/** Keeps the secrets of a request out of everything that is reported about its answer. */
export interface Mask {
	/** Whether a text may hold a secret, in whatever form. Quick, and never a wrong no. */
	mayStandIn: (text: string) => boolean;
	/** Gives a parsed value back without the secrets. */
	clean: (value: unknown) => unknown;
}

/** What base64, base64url and hex are written in, by character code. */
const ENCODING_CHARACTERS = new Set(
	Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_', (character) => character.charCodeAt(0)),
);
const IS_ENCODING = Array.from({ length: 128 }, (_, code) => ENCODING_CHARACTERS.has(code));

/** Whether so many characters of an encoding stand together. Looks backwards from where a run would end, so most are skipped. */
function holdsRun(text: string, length: number): boolean {
	for (let end = length; end <= text.length; ) {
		let start = end;
		while (start > end - length && IS_ENCODING[text.charCodeAt(start - 1)] === true) start -= 1;
		if (start === end - length) return true;
		end = start + length;
	}
	return false;
}

type Container = unknown[] | Record<string, unknown>;

function isContainer(value: unknown): value is Container {
	return typeof value === 'object' && value !== null;
}

/** Changes every entry in place. */
function changeEntries(container: Container, change: (entry: unknown) => unknown): void {
	if (Array.isArray(container)) {
		for (const [index, entry] of container.entries()) container[index] = change(entry);
	} else {
		for (const [name, entry] of Object.entries(container)) container[name] = change(entry);
	}
}

/** Short forms occur in every text, and JSON writes a number in many ways: there is no quick check. */
function isAlwaysPossible(secret: string): boolean {
	return secret.length < MIN_LENGTH_INSIDE_TEXT || JSON_NUMBER.test(secret);
}

function mayStandPlain(secret: string, text: string): boolean {
	return hasOneForm(secret) ? text.includes(secret) : writtenForms(secret).some((form) => text.includes(form));
}

class SecretMask implements Mask {
	private readonly known: readonly string[];

	private forms: SecretForm[] | undefined;

	private numbers: number[] | undefined;

	constructor(known: readonly string[]) {
		this.known = known;
	}

	mayStandIn(text: string): boolean {
		let shortest = Infinity;
		for (const secret of this.known) {
			if (isAlwaysPossible(secret) || mayStandPlain(secret, text)) return true;
			shortest = Math.min(shortest, shortestEncoding(secret));
		}
		return this.known.length > 0 && (mayHoldEscapes(text) || holdsRun(text, shortest));
	}

	/** Walks with a list of what is still to be cleaned, because what V8 parses may be deeper than its stack. */
	clean(value: unknown): unknown {
		const root: unknown[] = [value];
		const copies: Container[] = [root];
		for (let copy = copies.pop(); copy !== undefined; copy = copies.pop()) {
			changeEntries(copy, (entry) => {
				const cleaned = this.cleanOutside(entry);
				if (isContainer(cleaned)) copies.push(cleaned);
				return cleaned;
			});
		}
		return root[0];
	}

	private isSecret(value: number): boolean {
		this.numbers ??= this.known.filter((secret) => JSON_NUMBER.test(secret)).map(Number);
		return this.numbers.includes(value);
	}

	private cleanText(text: string): string {
		if (!this.mayStandIn(text)) return text;
		this.forms ??= this.known.flatMap(formsOf);
		return maskText(text, this.forms);
	}

	/** Of a container only a copy with clean names: what it holds is still the old. */
	private cleanOutside(value: unknown): unknown {
		if (typeof value === 'string') return this.cleanText(value);
		if (typeof value === 'number') return this.isSecret(value) ? MASKED : value;
		if (!isContainer(value)) return value;
		return Array.isArray(value)
			? [...value]
			: Object.fromEntries(Object.entries(value).map(([name, entry]) => [this.cleanText(name), entry]));
	}
}

/**
 * An answer may echo what it was sent, as it was or encoded: no secret of the request stays in it.
 *
 * Of the secrets of a call the signature is new each time. So nothing is derived from a secret before a text comes
 * that may hold it.
 */
export function maskOf(secrets: Array<string | undefined>): Mask {
	return new SecretMask(secrets.filter((secret): secret is string => secret !== undefined && secret !== ''));
}
