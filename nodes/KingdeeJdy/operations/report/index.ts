import type { IExecuteFunctions } from 'n8n-workflow';

import { reportByPath } from '../../catalogue/catalogue';
import { ValidationError } from '../../gateway/errors/validationError';
import type { Operation } from '../../shared/contract/operation';
import { jsonOf, readFilters } from '../common/filters';
import { filterReferences, firstRequest, rowsOf, runListQuery } from '../common/listQuery';
import type { ListQuery } from '../common/listQuery';
import { parametersFor, readLimit, readLocator, readSettings } from '../common/nodeParameters';
import { readReferenceMode } from '../common/references';
import { readUnknownFilters } from '../common/unknownFilters';
import { runner } from '../runner';

async function read(context: IExecuteFunctions, itemIndex: number): Promise<ListQuery> {
	const parameters = parametersFor(context, itemIndex);
	const settings = readSettings(parameters);
	const path = readLocator(parameters, 'report', 'Report');
	if (path === '') throw new ValidationError('Report', 'must not be empty');
	const call = await reportByPath(path);
	if (call?.effect !== 'read') throw new ValidationError('Report', `"${path}" is not known; choose one from the list, or use the resource API Call`);
	const unknownFilters = readUnknownFilters(parameters.options);
	return { ...settings, call, filters: readFilters(parameters, call, settings), unknownFilters, references: readReferenceMode(parameters.options), limit: readLimit(parameters) };
}

/** One output item for each row of a report; one for a report that has no rows. */
const getRows: Operation<ListQuery> = {
	action: 'read',
	read,
	references: filterReferences,
	endpoint: (listing) => firstRequest(listing).endpoint,
	body: (listing) => firstRequest(listing).body,
	subject: (listing) => ({ report: listing?.call.path.replace('/jdy/v2/', '') ?? null }),
	run: runListQuery,
	items: (envelope) => rowsOf(envelope).map(jsonOf),
};

/** The operations of the resource Report, by their values. */
export const report = { getMany: runner(getRows) };
