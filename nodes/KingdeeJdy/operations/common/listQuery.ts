import { readValues } from '../../catalogue/encoding/values';
import type { Values } from '../../catalogue/encoding/values';
import { PrivateData } from '../../catalogue/responses/privateData';
import type { Call } from '../../catalogue/types';
import { failed } from '../../gateway/errors/failures';
import { ValidationError } from '../../gateway/errors/validationError';
import type { Envelope } from '../../gateway/types';
import type { Caller, PreparedItem, References } from '../../shared/contract/operation';
import type { ItemResult } from '../../shared/contract/outcomes';
import { asItemResult, pageSizeFor, readList } from '../../shared/pagination/pages';
import { readInArrayFormat } from './answers/arrayFormats';
import { hintAtMissing, hintAtSentAsGiven, hintAtUndecrypted, hintAtUnknown } from './hints';
import type { StandardSettings } from './nodeParameters';
import { filterParameters, pageValues, pagingNames } from './pages';
import { referencesOf } from './references';
import type { ReferenceMode } from './references';
import { requestOf } from './request';
import type { Request } from './request';
import { truncatedAt } from './answers/truncatedReports';
import { unfilteredBy } from './answers/unfiltered';
import { checkKnown } from './unknownFilters';
import type { UnknownFilters } from './unknownFilters';

/** What is read: a list, a report, or what answers one object. */
export interface ListQuery extends StandardSettings {
	call: Call;
	/** As the user gave them; checked by `filtersOf`. */
	filters: Values;
	unknownFilters: UnknownFilters;
	references: ReferenceMode;
	/** Undefined: all rows. */
	limit: number | undefined;
}

/**
 * Filters as they are sent.
 *
 * @throws ValidationError naming the filter
 */
function filtersOf(listing: ListQuery): Values {
	const { call, filters, timeZone, unknownFilters } = listing;
	for (const name of pagingNames(call)) if (name in filters) throw new ValidationError(`Field "${name}"`, 'cannot be a filter: pages are asked for by Return All and Limit');
	const documented = filterParameters(call);
	const read = readValues(documented, filters, { timeZone, missing: 'send', references: listing.references });
	checkKnown(read, documented, unknownFilters);
	hintAtUnknown(listing, read.unknown, documented);
	hintAtSentAsGiven(listing, read.asGiven);
	hintAtMissing(listing, read.missing);
	return read.values;
}

/** What the filters refer to by numbers, names and barcodes. */
export async function filterReferences<Q extends ListQuery>(query: Q): Promise<References<Q> | undefined> {
	return await referencesOf(query, filterParameters(query.call), query.filters, (filters) => ({ ...query, filters }));
}

/** Asks for a page, or for everything if the call has no pages. */
function pageRequest(listing: ListQuery, values: Values, number: number, size: number): Request {
	const { call } = listing;
	return requestOf(call, { ...values, ...pageValues(call, number, size) }, listing);
}

/** The request for the first page. */
export function firstRequest(listing: ListQuery): Request {
	return pageRequest(listing, filtersOf(listing), 1, pageSizeFor(listing.limit));
}

/** Private data in clear, if that is wanted. */
export function inClear<T>(rows: T[], settings: StandardSettings, call: Call, clientSecret: string): T[] {
	if (!settings.decrypts || call.encrypted.length === 0) return rows;
	const privateData = new PrivateData(clientSecret);
	const clear = rows.map((row) => privateData.inClear(row, call) as T);
	hintAtUndecrypted(settings, privateData.refused);
	return clear;
}

async function readRows(
	{ parameters, gateway }: PreparedItem<ListQuery>,
	values: Values,
	ask: (page: number, size: number) => Promise<ItemResult>,
): Promise<ItemResult> {
	const { call, limit, sending } = parameters;
	const read = await readList({
		ask,
		limit,
		concurrency: sending.concurrency,
		where: { rows: call.rows, total: call.total },
		isPaged: call.paging !== undefined,
		// The rows of a report may share the ID of what they are about.
		hasIds: call.kind === 'list',
	});
	if ('failure' in read) return failed(read.failure);
	const unfiltered = unfilteredBy(read.rows, values, filterParameters(call));
	if (unfiltered) return failed(unfiltered);
	const cut = truncatedAt(read.rows.length, parameters, values);
	if (cut && 'failure' in cut) return failed(cut.failure);
	const notice = [read.notice, cut?.notice].filter((one) => one !== undefined).join('; ');
	return asItemResult({ ...(notice !== '' && { notice }), total: read.total, rows: inClear(read.rows, parameters, call, gateway.credential.clientSecret) });
}

/** Reads a list page by page; what answers one object is that object. */
export async function runListQuery(prepared: PreparedItem<ListQuery>, call: Caller): Promise<ItemResult> {
	const { parameters, gateway, endpoint, body } = prepared;
	if (parameters.call.rows) {
		const values = filtersOf(parameters);
		return await readInArrayFormat(prepared, values, async (arrayFormat) =>
			await readRows(prepared, values, async (page, size) => {
				const request = pageRequest({ ...parameters, arrayFormat }, values, page, size);
				return await call(request.endpoint, request.body);
			}),
		);
	}
	const ended = await call(endpoint, body);
	if (ended.type === 'failed') return ended;
	const data = inClear([ended.envelope.data], parameters, parameters.call, gateway.credential.clientSecret);
	return { type: 'done', envelope: { ...ended.envelope, data } };
}

/** The rows of what `runListQuery` returned. */
export function rowsOf({ data }: Envelope): unknown[] {
	return Array.isArray(data) ? data : [data];
}
