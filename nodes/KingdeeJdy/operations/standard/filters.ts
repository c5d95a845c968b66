import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../../catalogue/types';
import type { Values } from '../../catalogue/wire/values';
import { isRecord } from '../../gateway/json';
import { oneOf } from '../../shared/checks';
import { rowJson } from '../../shared/output';
import { readForm, readJsonObject } from './given';
import { filterParameters } from './listing';
import type { FormSource } from './reading';

const FILTER_MODES = ['fields', 'json'] as const;

/** What the user filters by, from the form or from JSON. */
export function readFilters(parameters: FormSource, call: Call): Values {
	const mode = oneOf(parameters.read('filterMode', 'fields'), FILTER_MODES, 'Filters');
	return mode === 'json' ? readJsonObject(parameters, 'filtersJson', 'Filters') : readForm(parameters, 'filters', filterParameters(call));
}

/** A row as json; whatever else stands in a list of rows comes as `{ data }`. */
export function jsonOf(row: unknown): IDataObject {
	return isRecord(row) ? rowJson(row) : ({ data: row } as IDataObject);
}
