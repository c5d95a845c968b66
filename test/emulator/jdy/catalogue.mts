import { readFileSync, readdirSync } from 'node:fs';

import { compile } from './schema.mts';
import type { Field, Schema } from './schema.mts';

/** A documented call, as the files of `calls/` have it. */
interface Written {
	method: string;
	path: string;
	kind: 'list' | 'detail' | 'save' | 'report' | 'read' | 'action' | 'upload' | 'delete';
	/** What its records are, e.g. `scm.sal_order`. */
	entity: string;
	query?: Schema;
	body?: Schema;
	answer: Schema;
	/** How times that filter are written: epoch ms unless told, `yyyy-MM-dd HH:mm:ss` here and there. */
	times?: 'text';
	/** What the first page is called, where that is not 1. */
	firstPage?: number;
	/** The field that JDY takes once only. */
	once?: string;
	/** Fields of the answer that are encrypted. */
	encrypted?: string[];
	/** Whether errcode 0 can hide refusals. */
	partial?: boolean;
	multipart?: boolean;
}

export interface JdyCall extends Omit<Written, 'query' | 'body' | 'answer'> {
	query: Field[];
	body: Field[];
	answer: Field[];
	/** Of one row, where the answer has rows. */
	row: Field[] | undefined;
}

const folder = new URL('calls/', import.meta.url);
let byPath: Map<string, JdyCall[]> | undefined;
let numbers: Record<string, string> | undefined;

function read(): Map<string, JdyCall[]> {
	const written = readdirSync(folder).flatMap((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Written[]);
	const calls = written.map((call): JdyCall => {
		const [query, body, answer] = [compile(call.query), compile(call.body), compile(call.answer)];
		return { ...call, query, body, answer, row: answer.find(({ name, isList }) => name === 'rows' && isList)?.fields };
	});
	return Map.groupBy(calls, ({ path }) => path);
}

/** All calls of the catalogue, the custom documents apart. Read when the first is needed. */
export function jdyCalls(): JdyCall[] {
	byPath ??= read();
	return [...byPath.values()].flat();
}

export function jdyCallsAt(path: string): JdyCall[] {
	byPath ??= read();
	return byPath.get(path) ?? [];
}

/** What the entity number of `common_operate` and `bill_push` stands for; undefined: there is no such type. */
export function entityOf(entityNumber: unknown): string | undefined {
	numbers ??= JSON.parse(readFileSync(new URL('entityNumbers.json', import.meta.url), 'utf8')) as Record<string, string>;
	return typeof entityNumber === 'string' && Object.hasOwn(numbers, entityNumber) ? numbers[entityNumber] : undefined;
}

/** Whether records of this kind can be saved by a call. */
export function isSaveable(entity: string): boolean {
	return jdyCalls().some((call) => call.kind === 'save' && call.entity === entity);
}
