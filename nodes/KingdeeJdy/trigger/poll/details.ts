import type { RecordType } from '../../catalogue/types';
import { oneDocument } from '../../operations/customDocument/get';
import { ENDPOINTS, pagesOf } from '../../operations/customDocument/request';
import { nameIn, readDocument } from '../../operations/record/reading/detail';
import { forEachAtOnce } from '../../shared/concurrency/lanes';
import type { ItemFailure } from '../../shared/contract/outcomes';
import type { Row } from '../../shared/contract/row';
import { innerData } from '../../shared/results/output';
import { isOfDocument } from '../refusals';
import type { Ask, PollResult } from './ask';
import { digestOf } from './entries';
import type { Entry } from './entries';

/** Documents that are read at once. */
const CONCURRENCY = 4;

/** The whole document of an entry, or its rows if JDY did not show it. */
export interface Detailed {
	entry: Entry;
	rows: Row[];
	isWhole: boolean;
}

/** Reads the document of an entry, and makes sure that it is that one; undefined if its rows do not name it. */
export type ReadDocument = (entry: Entry) => Promise<PollResult<Row> | undefined>;

/** Reads documents by the detail call of their type, by ID, or else by number; undefined if it has none. */
export function detailOf({ detail, name: typeName }: RecordType, ask: Ask): ReadDocument | undefined {
	if (!detail) return undefined;
	return async ({ rows: [row = {}] }) => await readDocument(row, detail, typeName, { ask, timeZone: 'UTC', arrayFormat: 'json' });
}

/** Reads custom documents by their ID. */
export function customDetailOf(bizType: string, ask: Ask): ReadDocument {
	return async ({ rows: [row = {}] }) => {
		const id = nameIn(row, ['id']);
		if (id === undefined) return undefined;
		const conditions = JSON.stringify({ id });
		const asked = await ask(ENDPOINTS.detail, pagesOf(bizType, conditions)(1, 1));
		const ended = asked.type === 'done' ? oneDocument(asked.envelope, conditions) : asked;
		return ended.type === 'failed' ? ended : { value: innerData(ended.envelope) };
	};
}

/**
 * Reads the document of each entry whole, in order, as long as there is time; what is left is emitted by the next poll. A
 * document that JDY refuses to show, or answers with another one, is emitted as its rows: it was changed all the same.
 *
 * @returns a failure if reading itself fails: then nothing was read
 */
export async function readDetails(entries: readonly Entry[], read: ReadDocument, hasTime: () => boolean): Promise<PollResult<Detailed[]>> {
	const detailed: Detailed[] = [];
	let failure: ItemFailure | undefined;
	let begun = 0;
	await forEachAtOnce([...entries.entries()], CONCURRENCY, async ([index, entry]) => {
		if (begun > 0 && !hasTime()) return false;
		begun += 1;
		const ended = await read(entry);
		if (ended && 'value' in ended) {
			const document = ended.value;
			detailed[index] = { entry: { ...entry, document: digestOf(document) }, rows: [document], isWhole: true };
		} else {
			if (ended && !isOfDocument(ended.failure)) failure ??= ended.failure;
			detailed[index] = { entry, rows: entry.rows, isWhole: false };
		}
		return failure === undefined;
	});
	return failure ? { failure } : { value: detailed.filter((one) => one !== undefined) };
}
