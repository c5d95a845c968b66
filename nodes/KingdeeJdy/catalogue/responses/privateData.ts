import { createDecipheriv } from 'node:crypto';

import { isRecord } from '../../gateway/json/json';
import type { Call } from '../types';

/** AES-256-CBC with PKCS7, one IV for everybody [D]. */
const ALGORITHM = 'aes-256-cbc';
const IV = Buffer.from('5e8y6w45ju8w9jq8', 'latin1');
const KEY_BYTES = 32;
const BLOCK_BYTES = 16;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * A private value in clear. The official example: with the key `75eb3c7cd5974c3018d6934e142b5f81`, `bsiV0ZrykeIH/5ZZ65lX5A==`
 * is `18599999999`.
 *
 * @returns undefined for what is no value that this secret encrypted
 */
function decrypt(text: string, clientSecret: string): string | undefined {
	const key = Buffer.from(clientSecret, 'utf8');
	const bytes = BASE64.test(text) ? Buffer.from(text, 'base64') : Buffer.alloc(0);
	if (key.length !== KEY_BYTES || bytes.length === 0 || bytes.length % BLOCK_BYTES !== 0) return undefined;
	try {
		const decipher = createDecipheriv(ALGORITHM, key, IV);
		const clear = Buffer.concat([decipher.update(bytes), decipher.final()]);
		return new TextDecoder('utf-8', { fatal: true }).decode(clear);
	} catch {
		return undefined;
	}
}

/** Decrypts what the catalogue marks as private, and remembers what could not be. */
export class PrivateData {
	/** Names of fields of which a value stayed as it was. */
	readonly refused = new Set<string>();

	private readonly clientSecret: string;

	constructor(clientSecret: string) {
		this.clientSecret = clientSecret;
	}

	/** A row, or the `data` of a call without rows, with its private fields in clear; what does not decrypt stays. */
	inClear(row: unknown, { encrypted }: Call): unknown {
		return encrypted.reduce((value, path) => this.at(value, path, path.join('.')), row);
	}

	/** The `data` of a whole answer, likewise. */
	answerInClear(data: unknown, { encrypted, rows = [] }: Call): unknown {
		return encrypted.reduce((value, path) => this.at(value, [...rows, ...path], path.join('.')), data);
	}

	private at(value: unknown, path: string[], name: string): unknown {
		if (Array.isArray(value)) return value.map((entry) => this.at(entry, path, name));
		const [key, ...rest] = path;
		if (key === undefined) return this.text(value, name);
		if (!isRecord(value) || !Object.hasOwn(value, key)) return value;
		return { ...value, [key]: this.at(value[key], rest, name) };
	}

	private text(value: unknown, name: string): unknown {
		if (typeof value !== 'string' || value.trim() === '') return value;
		const clear = decrypt(value, this.clientSecret);
		if (clear === undefined) this.refused.add(name);
		return clear ?? value;
	}
}
