import { isRecord, stringify } from '../../../gateway/json/json';
import { maskOf } from '../../../gateway/masking/mask';
import { MASKED } from '../../../gateway/masking/maskText';
import { MAX_LAYERS, readJson } from './jsonTexts';

/** `appSecret` is the one that is known [C]; whatever else has such a name is hidden as well. */
const SECRET_NAME = /secret|token|passw|signature|private/i;

/** A text in which something has such a name, in whatever notation: `appSecret=…`, `<appSecret>…`, JSON that is cut. */
const NAMES_SECRET = /(?:secret|token|passw|signature|private)\w{0,20}\s{0,10}[=:：>"'\\%&]/i;

/** Only a text with one of these can become another one: an escape may stand for any letter of a name. */
const MAY_NAME_SECRET = /secret|token|passw|signature|private|\\u/i;

/** JSON texts of one message that are read; anybody can send more. */
const MAX_JSON_TEXTS = 100;

/** Anything shorter is a flag or a count, and would be hidden all over the message. */
const MIN_LENGTH = 6;

/** Secrets times characters that are searched: what thirty accounts have, and a tenth of a second. */
const MAX_SEARCH = 500_000;

function leavesOf(value: unknown): unknown[] {
	if (typeof value !== 'object' || value === null) return [value];
	return Object.values(value).flatMap(leavesOf);
}

function changed(value: unknown, change: (leaf: unknown) => unknown): unknown {
	if (Array.isArray(value)) return value.map((entry) => changed(entry, change));
	if (!isRecord(value)) return change(value);
	return Object.fromEntries(Object.entries(value).map(([name, entry]) => [String(change(name)), changed(entry, change)]));
}

/** Takes the secrets out of one message that anybody may have sent; the work is bounded. */
class SecretSearch {
	private readonly found = new Set<string>();

	private jsonTexts = 0;

	/** Returns a value without what has the name of a secret, also within JSON texts. */
	hideNamed(value: unknown, layers = MAX_LAYERS): unknown {
		if (typeof value === 'string') return this.hideInText(value, layers);
		if (Array.isArray(value)) return value.map((entry) => this.hideNamed(entry, layers));
		if (!isRecord(value)) return value;
		return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, SECRET_NAME.test(name) ? this.keep(entry) : this.hideNamed(entry, layers)]));
	}

	/** Returns a value without what was found, wherever it occurs again. */
	hideFound(value: unknown): unknown {
		const secrets = [...this.found];
		if (secrets.length === 0) return value;
		if (secrets.length * JSON.stringify(value).length <= MAX_SEARCH) return maskOf(secrets).clean(value);
		// Too much to be searched: no text that is shorter holds any of them, in whatever form.
		const shortest = secrets.reduce((length, secret) => Math.min(length, secret.length), Infinity);
		return changed(value, (leaf) => ((typeof leaf === 'string' || typeof leaf === 'number') && String(leaf).length >= shortest ? MASKED : leaf));
	}

	private hideInText(text: string, layers: number): string {
		if (!MAY_NAME_SECRET.test(text)) return text;
		const inner = layers === 0 ? undefined : this.readText(text);
		if (!inner) return NAMES_SECRET.test(text) ? MASKED : text;
		const clean = stringify(this.hideNamed(inner.value, layers - 1));
		return clean === stringify(inner.value) ? text : clean;
	}

	private readText(text: string): { value: unknown } | undefined {
		this.jsonTexts += 1;
		return this.jsonTexts > MAX_JSON_TEXTS ? undefined : readJson(text);
	}

	/** Remembers a secret, or all values below its name. */
	private keep(value: unknown): string {
		for (const leaf of leavesOf(value)) {
			const text = typeof leaf === 'string' || typeof leaf === 'number' ? String(leaf) : '';
			if (text.length < MIN_LENGTH) continue;
			this.found.add(text);
			const inner = MAY_NAME_SECRET.test(text) ? this.readText(text)?.value : undefined;
			for (const entry of leavesOf(inner)) if (typeof entry === 'string' && entry.length >= MIN_LENGTH) this.found.add(entry);
		}
		return MASKED;
	}
}

/** The data of a message without secrets. */
export function withoutSecrets(data: unknown): unknown {
	const search = new SecretSearch();
	return search.hideFound(search.hideNamed(data));
}
