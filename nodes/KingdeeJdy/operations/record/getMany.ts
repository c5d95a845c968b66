import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Call, RecordType } from '../../catalogue/types';
import type { Values } from '../../catalogue/wire/values';
import { Complaint } from '../../gateway/complaint';
import { checkFilledIn } from '../../shared/expressions';
import { isRecord } from '../../gateway/json';
import { oneOf } from '../../shared/options';
import { rowJson } from '../../shared/output';
import type { Operation } from '../../shared/plan';
import { readForm, readJsonObject } from '../standard/given';
import { filterParameters, firstRequest, readListing, rowsOf } from '../standard/listing';
import type { Listing } from '../standard/listing';
import { parametersFor, readLimit, readSettings } from '../standard/reading';
import type { Parameters } from '../standard/reading';
import { readType, subjectOf } from './type';

const FILTER_MODES = ['fields', 'json'] as const;

interface RecordListing extends Listing {
	type: RecordType;
}

/** What the user filters by, from the form or from JSON. */
export function readFilters(parameters: Parameters, call: Call): Values {
	const mode = oneOf(parameters.read('filterMode', 'fields'), FILTER_MODES, 'Filters');
	return mode === 'json' ? readJsonObject(parameters, 'filtersJson', 'Filters') : readForm(parameters, 'filters', filterParameters(call));
}

/** @throws Complaint where the list does not tell when something was changed */
function changedSince({ options, raw }: Parameters, { changed }: Call, type: RecordType): Values {
	const label = 'Only Changed Since';
	const value: unknown = options.changedSince;
	if (value === undefined || value === null || value === '') return {};
	checkFilledIn(label, value, raw('options', 'changedSince'));
	if (!changed) throw new Complaint(label, `cannot be used with ${type.name}: JDY has no filter by time for it`);
	return { [changed.from]: value };
}

async function read(context: IExecuteFunctions, itemIndex: number): Promise<RecordListing> {
	const parameters = parametersFor(context, itemIndex);
	const settings = readSettings(parameters);
	const type = await readType(parameters, 'getMany');
	const call = type.list;
	if (!call) throw new Complaint('Type', `${type.name} has no list`);
	const filters = { ...readFilters(parameters, call), ...changedSince(parameters, call, type) };
	return { ...settings, type, call, filters, limit: readLimit(parameters) };
}

/** A row as json; whatever else stands in a list of rows comes as `{ data }`. */
export function jsonOf(row: unknown): IDataObject {
	return isRecord(row) ? rowJson(row) : ({ data: row } as IDataObject);
}

/** One output item for each row of the list. */
export const getMany: Operation<RecordListing> = {
	action: 'read',
	read,
	endpoint: (listing) => firstRequest(listing).endpoint,
	body: (listing) => firstRequest(listing).body,
	subject: subjectOf,
	run: readListing,
	items: (envelope) => rowsOf(envelope).map(jsonOf),
};
