import { ValidationError } from '../errors/validationError';

/** A header value as HTTP allows it: Latin-1 without control characters. */
const HEADER_TEXT = /^[\t\x20-\x7e\x80-\xff]*$/;

/** @throws ValidationError naming `label` */
export function requiredText(value: unknown, label: string): string {
	if (typeof value !== 'string' || value.trim() === '') throw new ValidationError(label, 'must not be empty');
	if (!value.isWellFormed()) throw new ValidationError(label, 'contains a lone surrogate; copy the value again');
	if (/[\r\n]/.test(value)) throw new ValidationError(label, 'must not contain a line break');
	return value.trim();
}

/**
 * Checks a text that is to become a header.
 *
 * @throws ValidationError naming `label`
 */
export function headerText(value: unknown, label: string): string {
	const text = requiredText(value, label);
	if (!HEADER_TEXT.test(text)) {
		throw new ValidationError(label, 'contains a character that cannot be sent in a header; copy the value again');
	}
	return text;
}

/**
 * Accepts `https://tf.jdy.com` and `https://tf.jdy.com/`; returns the origin.
 *
 * @throws ValidationError naming `label`
 */
export function origin(value: unknown, label: string, example = 'https://tf.jdy.com'): string {
	const text = headerText(value, label);
	const url = URL.canParse(text) ? new URL(text) : undefined;
	const isHttp = url?.protocol === 'https:' || url?.protocol === 'http:';
	const isBare = url?.pathname === '/' && !/[?#@]/.test(text);
	if (!url || !isHttp || !isBare) {
		throw new ValidationError(label, `must be an http(s) address without a path, for example ${example}`);
	}
	return url.origin;
}
