import type { Client } from './accounts.mts';
import type { Reply } from './answers.mts';
import type { DocumentStore } from './documents.mts';
import type { Fault } from './faults.mts';
import type { RecordStore } from './jdy/records.mts';
import type { Account, Settings } from './settings.mts';

/** Whether what a call wants is done. Everything is checked and answered either way. */
export type Kept = 'now' | 'never' | { afterMs: number };

/** A call that passed the gateway, as an endpoint gets it. */
export interface Call {
	store: DocumentStore;
	records: RecordStore;
	settings: Settings;
	client: Client;
	account: Account;
	query: URLSearchParams;
	/** JSON, with the digits of its numbers. */
	body: unknown;
	/** The body as it came. */
	bytes: Buffer;
	contentType: string;
	kept: Kept;
}

export interface Served {
	reply: Reply;
	/** The document that was saved, or will be; the first of several. */
	saved?: { id: string };
	/** What goes wrong with the answer by the nature of the call. */
	fault?: Fault;
}

export interface Endpoint {
	method: string;
	/** @default 'json' */
	reads?: 'json' | 'nothing' | 'bytes';
	serve: (call: Call) => Served;
}

export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value) && !isNumber(value);
}

/** A value as text, so that 1 and "1" are the same. */
export function plain(value: unknown): string {
	return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** Whether a value is a number, with its digits or without. */
export function isNumber(value: unknown): boolean {
	const isRaw = (JSON as unknown as { isRawJSON: (value: unknown) => boolean }).isRawJSON;
	return typeof value === 'number' || isRaw(value);
}

/** Reads JSON so that writing it again gives the same numbers. */
export function readExactly(text: string): unknown {
	const rawJson = (JSON as unknown as { rawJSON: (source: string) => unknown }).rawJSON;
	const parse = JSON.parse as (text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown) => unknown;
	return parse(text, (_key, value, context) => (typeof value === 'number' && context.source !== undefined ? rawJson(context.source) : value));
}
