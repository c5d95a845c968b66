import type { IDataObject } from 'n8n-workflow';

import type { Values } from '../../catalogue/encoding/values';
import type { Call } from '../../catalogue/types';
import { isRecord } from '../../gateway/json/json';
import { oneOf } from '../../shared/parameters/checks';
import { chosenFields, chosenJson } from '../../shared/parameters/chosen';
import { rowJson } from '../../shared/results/output';
import { emptyFields, readForm, readJsonObject } from './formInput';
import { hintAtEmpty } from './hints';
import { filterParameters } from './pages';
import type { FormSource, StandardSettings } from './nodeParameters';

/** How filters are named to the user. */
const NAMES = { all: 'Filters', field: (name: string) => `Field "${name}"` };

/** Filters of a form that choose rows. */
export const chooseInForm = (given: unknown, written: unknown) => chosenFields(given, written, NAMES);

const FILTER_MODES = ['fields', 'json'] as const;

/**
 * What the user filters by, from the form or from JSON.
 *
 * @param settings of whoever can be told of a filter that was left empty
 */
export function readFilters(parameters: FormSource, call: Call, settings?: StandardSettings): Values {
	const mode = oneOf(parameters.read('filterMode', 'fields'), FILTER_MODES, 'Filters');
	if (mode === 'json') return readJsonObject(parameters, 'filtersJson', 'Filters', (given, raw) => chosenJson(given, raw, NAMES));
	const documented = filterParameters(call);
	if (settings) hintAtEmpty(settings, emptyFields(parameters, 'filters', documented));
	return readForm(parameters, 'filters', documented, chooseInForm);
}

/** A row as json; whatever else stands in a list of rows comes as `{ data }`. */
export function jsonOf(row: unknown): IDataObject {
	return isRecord(row) ? rowJson(row) : ({ data: row } as IDataObject);
}
