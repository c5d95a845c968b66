/** Gives a parsed answer back without the secrets of its request. */
export type Mask = (value: unknown) => unknown;

/** Shorter texts could stand by chance inside an id or a word; they are only masked where they are the whole text. */
const MIN_LENGTH_INSIDE_TEXT = 16;

const MASKED = '***';

/** An answer may echo what it was sent, as it was or as part of an address: no secret of the request stays in it. */
export function maskOf(secrets: Array<string | undefined>): Mask {
	const known = secrets.filter((secret): secret is string => secret !== undefined && secret !== '');
	const forms = [...new Set(known.flatMap((secret) => [secret, encodeURIComponent(secret)]))];
	const long = forms.filter(({ length }) => length >= MIN_LENGTH_INSIDE_TEXT);
	const clean = (text: string) => (forms.includes(text) ? MASKED : long.reduce((rest, secret) => rest.replaceAll(secret, MASKED), text));

	function mask(value: unknown): unknown {
		if (typeof value === 'string') return clean(value);
		if (typeof value !== 'object' || value === null) return value;
		if (Array.isArray(value)) return value.map(mask);
		return Object.fromEntries(Object.entries(value).map(([name, entry]) => [clean(name), mask(entry)]));
	}

	return mask;
}
