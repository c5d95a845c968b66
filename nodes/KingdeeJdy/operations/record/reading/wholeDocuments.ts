import type { Call, RecordType } from '../../../catalogue/types';
import { failed, refusesCredentials } from '../../../gateway/errors/failures';
import { ValidationError } from '../../../gateway/errors/validationError';
import { forEachAtOnce } from '../../../shared/concurrency/lanes';
import type { Caller, DispatchOptions, PreparedItem } from '../../../shared/contract/operation';
import { asRead, unusableAnswer } from '../../../shared/contract/outcomes';
import type { ItemDone, ItemFailure, ItemResult } from '../../../shared/contract/outcomes';
import type { Row } from '../../../shared/contract/row';
import { truth } from '../../../shared/parameters/checks';
import { inClear, rowsOf } from '../../common/listQuery';
import type { ListQuery } from '../../common/listQuery';
import type { NodeParameters as ItemParameters } from '../../common/nodeParameters';
import { askedIn, readDocument } from './detail';

/** Documents that are read at once unless the user says how many. */
const CONCURRENCY = 4;

/** A list whose documents may be wanted whole. */
export interface DetailedListing extends ListQuery {
	type: RecordType;
	/** Whether each document is read with its lines, which lists do not have. */
	details: boolean;
}

/** @throws ValidationError if the type has no call for details */
export function readDetailsOption({ options }: ItemParameters, { detail, name, nameZh }: RecordType): boolean {
	const isWanted = truth(options.details ?? false, 'Details');
	if (isWanted && !detail) throw new ValidationError('Details', `cannot be read for ${name} (${nameZh}): JDY has no call for them`);
	return isWanted;
}

/** Several documents are read at once, even if nobody has chosen how many. */
export function sendingOf({ options }: ItemParameters, { sending }: Pick<ListQuery, 'sending'>, details: boolean): ListQuery['sending'] {
	return details && options.concurrency === undefined ? { ...sending, concurrency: CONCURRENCY } : sending;
}

/** A list line by line has several rows of one document. */
function eachOnce(rows: readonly Row[], detail: Call): Array<{ row: Row; key: string | undefined }> {
	const known = new Set<string>();
	return rows.flatMap((row) => {
		const key = askedIn(row, detail)?.keys[0];
		if (key !== undefined && known.has(key)) return [];
		if (key !== undefined) known.add(key);
		return [{ row, key }];
	});
}

/** Refused credentials, and a run that has ended, concern all documents. */
function concernsAll(failure: ItemFailure): boolean {
	return refusesCredentials(failure) || failure.kind === 'stopped' || failure.kind === 'cancelled';
}

function ofDocument(failure: ItemFailure, typeName: string, key: string | undefined): ItemFailure {
	if (key === undefined) return failure;
	return { ...failure, message: `${typeName} ${key}: ${failure.message}`, parts: [{ id: key, outcome: failure.outcome }] };
}

/**
 * Reads the document of each row whole. One that cannot be read is a failure of its own at its place, or that of the item
 * where the first failure ends the run.
 */
export async function readWhole(
	listed: ItemDone,
	{ parameters, gateway }: PreparedItem<DetailedListing>,
	call: Caller,
	{ concurrency, stopsAtFailure }: DispatchOptions,
): Promise<ItemResult> {
	const { name, detail } = parameters.type;
	if (!detail) return listed;
	const entries = eachOnce(rowsOf(listed.envelope) as Row[], detail);
	const documents: unknown[] = entries.map(() => null);
	const failures = new Map<number, ItemFailure>();
	let ending: ItemFailure | undefined;
	await forEachAtOnce([...entries.entries()], concurrency, async ([place, { row, key }]) => {
		const ask = async (...request: Parameters<Caller>) => asRead(await call(...request));
		const read = (await readDocument(row, detail, name, { ...parameters, ask })) ?? { failure: unusableAnswer('notFound', `This row of ${name} has neither an ID nor a number by which JDY gives the document`) };
		if ('value' in read) [documents[place]] = inClear([read.value], parameters, detail, gateway.credential.clientSecret);
		else if (concernsAll(read.failure)) ending ??= read.failure;
		else failures.set(place, ofDocument(read.failure, name, key));
		if (stopsAtFailure) ending ??= failures.values().next().value;
		return ending === undefined;
	});
	if (ending) return failed(ending);
	const told = failures.size === 0 ? [] : [`${failures.size} of ${entries.length} documents of ${name} could not be read`];
	const notice = [...(listed.notice === undefined ? [] : [listed.notice]), ...told].join('; ');
	return { ...listed, envelope: { ...listed.envelope, data: documents }, ...(notice !== '' && { notice }), ...(failures.size > 0 && { failures }) };
}
