/** A longer number is no amount and no id; it is not calculated with. */
export const MAX_NUMBER_LENGTH = 1000;

/** Goes on with the sentence that a field or a text begins. */
export const NUMBER_TOO_LONG = 'has a number of more than 1,000 characters';

export const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** What a double holds for sure: up to this length a number without an exponent loses nothing. */
const SURE_LENGTH = 15;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NUMBER_CHARACTERS = '0123456789-+.eE';
const SPACES = ' \t\n\r';

/** Sign, digits without leading and trailing zeros, and the power of ten: equal for equal values. */
function decimal(source: string): string {
	const [mantissa = '', exponent = '0'] = source.toLowerCase().split('e');
	const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
	const digits = whole + fraction;
	let first = 0;
	while (digits[first] === '0') first += 1;
	let end = digits.length;
	while (end > first && digits[end - 1] === '0') end -= 1;
	if (end === first) return '0';
	// A power that a double cannot hold belongs to no finite number, so it can only be unequal.
	const power = Number(exponent) - fraction.length + digits.length - end;
	return `${mantissa.startsWith('-') ? '-' : ''}${digits.slice(first, end)}e${power}`;
}

/** Whether a double holds the value of this JSON number exactly; integers beyond 2^53 never count as safe. */
export function isExact(source: string): boolean {
	if (source.length <= SURE_LENGTH && !/[eE]/.test(source)) return true;
	if (source.length > MAX_NUMBER_LENGTH) return false;
	const value = Number(source);
	if (!Number.isFinite(value)) return false;
	if (Number.isInteger(value) && !Number.isSafeInteger(value)) return false;
	return decimal(source) === decimal(String(value));
}

function afterString(text: string, start: number): number {
	for (let at = start + 1; at < text.length; at += 1) {
		const code = text.charCodeAt(at);
		if (code === QUOTE) return at + 1;
		if (code === BACKSLASH) at += 1;
	}
	return text.length;
}

function after(text: string, start: number, characters: string): number {
	let at = start;
	while (at < text.length && characters.includes(text.charAt(at))) at += 1;
	return at;
}

/**
 * Puts quotes around the numbers of a JSON text that a double would change. Wherever a number is allowed a text is allowed
 * too, except that only a text can be a name: so what stands before a colon is left alone, and wrong JSON stays wrong.
 */
export function quoteInexactNumbers(text: string): string {
	const parts: string[] = [];
	let written = 0;
	let at = 0;
	while (at < text.length) {
		const code = text.charCodeAt(at);
		if (code === QUOTE) {
			at = afterString(text, at);
		} else if (code !== 0x2d && (code < 0x30 || code > 0x39)) {
			at += 1;
		} else {
			const end = after(text, at, NUMBER_CHARACTERS);
			const source = text.slice(at, end);
			if (!isExact(source) && JSON_NUMBER.test(source) && text[after(text, end, SPACES)] !== ':') {
				parts.push(text.slice(written, at), '"', source, '"');
				written = end;
			}
			at = end;
		}
	}
	return written === 0 ? text : parts.join('') + text.slice(written);
}
