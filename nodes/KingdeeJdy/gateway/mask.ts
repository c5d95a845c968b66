/** Keeps the secrets of a request out of what its answer is told with. */
export interface Mask {
	/** Whether JSON text may hold a secret: as it is, or behind an escape. */
	mayStandIn: (text: string) => boolean;
	/** Gives a parsed value back without the secrets. */
	clean: (value: unknown) => unknown;
}

/** Shorter texts could stand by chance inside an id or a word; they are only masked where they are the whole text. */
const MIN_LENGTH_INSIDE_TEXT = 16;

const MASKED = '***';

/** An answer may echo what it was sent, as it was or as part of an address: no secret of the request stays in it. */
export function maskOf(secrets: Array<string | undefined>): Mask {
	const known = secrets.filter((secret): secret is string => secret !== undefined && secret !== '');
	const forms = [...new Set(known.flatMap((secret) => [secret, encodeURIComponent(secret)]))];

	function cleanText(text: string): string {
		if (forms.includes(text)) return MASKED;
		return forms.reduce((rest, secret) => (secret.length < MIN_LENGTH_INSIDE_TEXT ? rest : rest.replaceAll(secret, MASKED)), text);
	}

	function clean(value: unknown): unknown {
		if (typeof value === 'string') return cleanText(value);
		if (typeof value !== 'object' || value === null) return value;
		if (Array.isArray(value)) return value.map(clean);
		return Object.fromEntries(Object.entries(value).map(([name, entry]) => [cleanText(name), clean(entry)]));
	}

	return { mayStandIn: (text) => text.includes('\\') || forms.some((secret) => text.includes(secret)), clean };
}
