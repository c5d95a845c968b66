import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { ValidationError } from '../errors/validationError';
import { isRecord } from '../json/json';

/** The formats in which n8n can write a list into a query. */
type ArrayFormat = NonNullable<IHttpRequestOptions['arrayFormat']>;

/** A request's address as n8n hands it over; the HTTP Request node says `uri` for what the helpers call `url`. */
export interface AddressedRequest {
	url?: string | undefined;
	uri?: string | undefined;
	baseURL?: string | undefined;
	qs?: IDataObject | undefined;
	arrayFormat?: ArrayFormat | undefined;
}

/** The parts of an address, already in the form in which they are sent. */
interface WireUrl {
	origin: string;
	path: string;
	/** Without `?`. */
	query: string;
}

function listKey(key: string, index: string, format: ArrayFormat): string {
	if (format === 'repeat' || format === 'comma') return key;
	return format === 'brackets' ? `${key}[]` : `${key}[${index}]`;
}

/** `{ a: { b: [1] } }` gives `a[b][0]=1`, as n8n's own helpers write it. */
function* flatten(key: string, value: unknown, format: ArrayFormat): Generator<[string, string]> {
	if (value === undefined) return;
	if (Array.isArray(value) && format === 'comma') {
		if (value.length > 0) yield [key, value.join(',')];
	} else if (Array.isArray(value)) {
		for (const [index, entry] of value.entries()) yield* flatten(listKey(key, String(index), format), entry, format);
	} else if (value instanceof Date) {
		yield [key, value.toISOString()];
	} else if (isRecord(value)) {
		for (const [name, entry] of Object.entries(value)) yield* flatten(`${key}[${name}]`, entry, format);
	} else {
		yield [key, value === null ? '' : String(value)];
	}
}

function join(baseUrl: string, url: string): string {
	if (baseUrl === '' || /^[a-z][a-z\d+.-]*:\/\//i.test(url)) return url;
	return url === '' ? baseUrl : `${baseUrl.replace(/\/+$/, '')}/${url.replace(/^\/+/, '')}`;
}

/**
 * The one address of a request, with the query in the form that is signed and sent:
 * `application/x-www-form-urlencoded`, so a space is `+`, `*` stays, `~` is `%7E`. [S]
 *
 * @throws ValidationError if there is no absolute http(s) address
 */
export function wireUrl(request: AddressedRequest): WireUrl {
	const text = join((request.baseURL ?? '').trim(), (request.url ?? request.uri ?? '').trim());
	if (!URL.canParse(text)) throw new ValidationError('URL', 'must be an absolute http(s) address');
	const url = new URL(text);
	const query = new URLSearchParams(url.searchParams);
	for (const [name, value] of Object.entries(request.qs ?? {})) {
		for (const [key, entry] of flatten(name, value, request.arrayFormat ?? 'indices')) query.append(key, entry);
	}
	return { origin: url.origin, path: url.pathname, query: query.toString() };
}
