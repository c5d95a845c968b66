import type { IExecuteFunctions } from 'n8n-workflow';

import { reportByPath } from '../../catalogue/catalogue';
import { ValidationError } from '../../gateway/errors/validationError';
import type { Operation } from '../../shared/contract/operation';
import { jsonOf, readFilters } from '../common/filters';
import { filterReferences, firstRequest, rowsOf, runListQuery } from '../common/listQuery';
import type { ListQuery } from '../common/listQuery';
import { parametersFor, readLimit, readLocator, readSettings } from '../common/nodeParameters';
import { readOutput, shownRows, unknownFieldsNotice } from '../common/output/output';
import type { Output } from '../common/output/output';
import { periodFilters } from '../common/period/period';
import { readReferenceMode } from '../common/references';
import { readUnknownFilters } from '../common/unknownFilters';
import { runner } from '../runner';

interface ReportQuery extends ListQuery {
	output: Output;
}

async function read(context: IExecuteFunctions, itemIndex: number): Promise<ReportQuery> {
	const parameters = parametersFor(context, itemIndex);
	const settings = readSettings(parameters);
	const path = readLocator(parameters, 'report', 'Report');
	if (path === '') throw new ValidationError('Report', 'must not be empty');
	const call = await reportByPath(path);
	if (call?.effect !== 'read') throw new ValidationError('Report', `"${path}" is not known; choose one from the list, or use the resource API Call`);
	const unknownFilters = readUnknownFilters(parameters.options);
	const own = readFilters(parameters, call, settings);
	return {
		...settings,
		call,
		filters: { ...own, ...periodFilters(parameters, call, own, settings) },
		unknownFilters,
		references: readReferenceMode(parameters.options),
		limit: readLimit(parameters),
		output: readOutput(parameters.options, context.getNode()),
	};
}

/** One output item for each row of a report; one for a report that has no rows. */
const getRows: Operation<ReportQuery> = {
	action: 'read',
	read,
	references: filterReferences,
	endpoint: (listing) => firstRequest(listing).endpoint,
	body: (listing) => firstRequest(listing).body,
	subject: (listing) => ({ report: listing?.call.path.replace('/jdy/v2/', '') ?? null }),
	run: runListQuery,
	rowLimit: ({ limit }) => limit,
	notice: (envelope, { output }) => unknownFieldsNotice(rowsOf(envelope), output),
	items: (envelope, { call, output }) => shownRows(rowsOf(envelope).map(jsonOf), output, { calls: [call] }),
};

/** The operations of the resource Report, by their values. */
export const report = { getMany: runner(getRows) };
