import { createCipheriv } from 'node:crypto';

import { isFields } from '../calls.mts';
import type { Fields } from '../calls.mts';

/** AES-256-CBC with PKCS7 [D]. */
const IV = '5e8y6w45ju8w9jq8';
const KEY_LENGTH = 32;

/** The text as JDY answers private data. A secret of another length than documented encrypts nothing. */
export function encrypt(text: string, clientSecret: string): string {
	const key = Buffer.from(clientSecret, 'utf8');
	if (key.length !== KEY_LENGTH) return text;
	const cipher = createCipheriv('aes-256-cbc', key, Buffer.from(IV, 'utf8'));
	return Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
}

function encryptAt(value: unknown, [name = '', ...rest]: string[], clientSecret: string): unknown {
	if (Array.isArray(value)) return value.map((one) => encryptAt(one, [name, ...rest], clientSecret));
	if (!isFields(value) || value[name] === undefined) return value;
	const inner = value[name];
	const changed = rest.length > 0 ? encryptAt(inner, rest, clientSecret) : typeof inner === 'string' && inner !== '' ? encrypt(inner, clientSecret) : inner;
	return { ...value, [name]: changed };
}

/** @param paths of the fields, e.g. `rows.contact_phone` */
export function encryptFields(data: Fields, paths: string[] = [], clientSecret: string): Fields {
	return paths.reduce((changed, path) => encryptAt(changed, path.split('.'), clientSecret) as Fields, data);
}
