import { parametersOf } from '../../catalogue/catalogue';
import type { Call } from '../../catalogue/types';
import { isRecord } from '../../gateway/json';
import { innerData } from '../../shared/output';
import type { ItemFailure } from '../../shared/outcomes';
import { inParallel } from '../../shared/parallel';
import type { Row } from '../../shared/rows';
import { isOfDocument } from '../refusals';
import { digestOf } from './entries';
import type { Entry } from './entries';
import type { Ask, Read } from './timedList';

/** Documents that are read at once. */
const CONCURRENCY = 4;

/** What came of an entry: the whole document, or its rows where JDY did not show it. */
export interface Detailed {
	entry: Entry;
	rows: Row[];
	isWhole: boolean;
}

/** Reads the document of an entry; undefined where its rows do not name it. */
export type ReadDocument = (entry: Entry) => ReturnType<Ask> | undefined;

/** What names a document in its detail call, and in the rows of its list. */
const NAMES = [
	{ name: 'id', fields: ['id'] },
	{ name: 'number', fields: ['number', 'bill_no'] },
];

function isName(value: unknown): boolean {
	return (typeof value === 'string' && value !== '') || typeof value === 'number';
}

/** Reads documents by the detail call of their type, by ID, or else by number. */
export function detailOf({ method, path, ...call }: Call, ask: Ask): ReadDocument {
	const names = new Set(parametersOf({ method, path, ...call }).map(({ name }) => name));
	return ({ rows }) => {
		const [row = {}] = rows;
		const found = NAMES.map(({ name, fields }) => ({ name, value: names.has(name) ? fields.map((field) => row[field]).find(isName) : undefined }));
		const named = found.find(({ value }) => value !== undefined);
		return named && ask({ method, path, query: new URLSearchParams({ [named.name]: String(named.value) }).toString(), effect: 'read' }, '');
	};
}

/**
 * Reads the document of each entry whole, in order, as long as there is time; what is left comes with the next poll. A
 * document that JDY refuses to show comes as its rows: it was changed all the same.
 *
 * @returns a failure where reading itself fails: then nothing was read
 */
export async function readDetails(entries: readonly Entry[], read: ReadDocument, hasTime: () => boolean): Promise<Read<Detailed[]>> {
	const detailed: Detailed[] = [];
	let failure: ItemFailure | undefined;
	let begun = 0;
	await inParallel([...entries.entries()], CONCURRENCY, async ([index, entry]) => {
		if (begun > 0 && !hasTime()) return false;
		begun += 1;
		const ended = await read(entry);
		const refusal = ended?.type === 'failed' ? ended.failure : undefined;
		if (refusal && !isOfDocument(refusal)) failure ??= refusal;
		const document = ended?.type === 'done' && isRecord(ended.envelope.data) ? innerData(ended.envelope) : {};
		const isWhole = Object.keys(document).length > 0;
		detailed[index] = isWhole ? { entry: { ...entry, document: digestOf(document) }, rows: [document], isWhole } : { entry, rows: entry.rows, isWhole };
		return failure === undefined;
	});
	return failure ? { failure } : { value: detailed.filter((one) => one !== undefined) };
}
