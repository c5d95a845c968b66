import { parametersOf } from '../../catalogue/catalogue';
import type { Call } from '../../catalogue/types';
import { isRecord } from '../../gateway/json';
import { innerData } from '../../shared/output';
import { inParallel } from '../../shared/parallel';
import type { Row } from '../../shared/rows';
import type { Entry } from './entries';
import type { Ask, Read } from './timedList';

/** Documents that are read at once. */
const CONCURRENCY = 4;

/** Refusals of one document, after which the others can still be read: it was deleted, or JDY does not show it. */
const OF_DOCUMENT: ReadonlySet<string> = new Set(['field', 'businessRule', 'notFound']);

export interface Detailed {
	/** One for each entry: the whole document, or its rows where JDY did not show it. */
	rows: Row[][];
	/** Documents that could not be read. */
	unread: number;
}

/** Reads the document of an entry; undefined where its rows do not name it. */
export type ReadDocument = (entry: Entry) => ReturnType<Ask> | undefined;

/** Reads documents by the detail call of their type, by ID, or else by number. */
export function detailOf({ method, path, ...call }: Call, ask: Ask): ReadDocument {
	const names = new Set(parametersOf({ method, path, ...call }).map(({ name }) => name));
	return ({ rows }) => {
		const [row = {}] = rows;
		const number = row.number ?? row.bill_no;
		const named = names.has('id') && row.id !== undefined ? { id: String(row.id) } : names.has('number') && number !== undefined ? { number: String(number) } : undefined;
		return named && ask({ method, path, query: new URLSearchParams(named).toString(), effect: 'read' }, '');
	};
}

/**
 * Reads the document of each entry whole. A document that JDY refuses to show comes as its rows: it was changed all the same.
 *
 * @returns a failure where reading itself fails: then nothing was read
 */
export async function readDetails(entries: readonly Entry[], read: ReadDocument): Promise<Read<Detailed>> {
	const documents = new Map<Entry, Row>();
	let failed: Extract<Awaited<ReturnType<Ask>>, { type: 'failed' }> | undefined;
	await inParallel(entries, CONCURRENCY, async (entry) => {
		const ended = await read(entry);
		if (ended === undefined) return true;
		if (ended.type === 'failed') {
			if (!OF_DOCUMENT.has(ended.failure.kind)) failed ??= ended;
			return failed === undefined;
		}
		const document = innerData(ended.envelope);
		if (isRecord(ended.envelope.data) && Object.keys(document).length > 0) documents.set(entry, document);
		return true;
	});
	if (failed) return failed;
	const rows = entries.map((entry) => {
		const document = documents.get(entry);
		return document ? [document] : entry.rows;
	});
	return { value: { rows, unread: entries.length - documents.size } };
}
