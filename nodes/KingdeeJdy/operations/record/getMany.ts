import type { IExecuteFunctions } from 'n8n-workflow';

import type { Values } from '../../catalogue/encoding/values';
import type { Call, RecordType } from '../../catalogue/types';
import { ValidationError } from '../../gateway/errors/validationError';
import type { Operation } from '../../shared/contract/operation';
import { chosenFields } from '../../shared/parameters/chosen';
import { checkFilledIn, isExpression } from '../../shared/parameters/expressions';
import { jsonOf, readFilters } from '../common/filters';
import { filterReferences, firstRequest, rowsOf, runListQuery } from '../common/listQuery';
import { parametersFor, readLimit, readSettings } from '../common/nodeParameters';
import type { NodeParameters } from '../common/nodeParameters';
import { readOutput, shownRows, unknownFieldsNotice } from '../common/output/output';
import type { Output } from '../common/output/output';
import { periodFilters } from '../common/period/period';
import { readReferenceMode } from '../common/references';
import { readUnknownFilters } from '../common/unknownFilters';
import { withDisabled } from './reading/disabled';
import { readWhenMissing, rowsOrMissing } from './reading/whenMissing';
import type { WhenMissing } from './reading/whenMissing';
import { readDetailsOption, readWhole, sendingOf } from './reading/wholeDocuments';
import type { DetailedListing } from './reading/wholeDocuments';
import { knownOf, readType, recordSubjectOf } from './type';

/** @throws ValidationError if the list does not say when something was changed */
function changedSince({ options, raw }: NodeParameters, { changed }: Call, type: RecordType): Values {
	const label = 'Only Changed Since';
	const written = isExpression(raw('options')) ? undefined : { changedSince: raw('options', 'changedSince') };
	const { changedSince: value } = chosenFields({ changedSince: options.changedSince }, written, { all: label, field: () => label });
	if (value === undefined || value === null || value === '') return {};
	checkFilledIn(label, value, raw('options', 'changedSince'));
	if (!changed) throw new ValidationError(label, `cannot be used with ${type.name}: JDY has no filter by time for it`);
	return { [changed.from]: value };
}

interface Listing extends DetailedListing {
	whenMissing: WhenMissing;
	output: Output;
}

async function read(context: IExecuteFunctions, itemIndex: number): Promise<Listing> {
	const parameters = parametersFor(context, itemIndex);
	const settings = readSettings(parameters);
	const type = await readType(parameters, 'getMany');
	const call = type.list;
	if (!call) throw new ValidationError('Type', `${type.name} has no list`);
	const own = readFilters(parameters, call, settings);
	const given = { ...own, ...periodFilters(parameters, call, own, settings), ...changedSince(parameters, call, type) };
	const filters = withDisabled(given, type, parameters, settings);
	const details = readDetailsOption(parameters, type);
	return {
		...settings,
		sending: sendingOf(parameters, settings, details),
		type,
		call,
		details,
		filters,
		unknownFilters: readUnknownFilters(parameters.options),
		references: readReferenceMode(parameters.options),
		limit: readLimit(parameters),
		whenMissing: readWhenMissing(parameters, 'nothing'),
		output: readOutput(parameters.options, context.getNode()),
	};
}

/** One output item for each row of the list, or for the whole document of each. */
export const getMany: Operation<Listing> = {
	action: 'read',
	read,
	references: filterReferences,
	endpoint: (listing) => firstRequest(listing).endpoint,
	body: (listing) => firstRequest(listing).body,
	subject: recordSubjectOf,
	run: async (prepared, call, options) => {
		const listed = await runListQuery(prepared, call);
		return listed.type === 'done' && prepared.parameters.details ? await readWhole(listed, prepared, call, options) : listed;
	},
	rowLimit: ({ limit }) => limit,
	notice: (envelope, { output }) => unknownFieldsNotice(rowsOf(envelope), output),
	items: (envelope, { type, output, whenMissing }, json) => rowsOrMissing(shownRows(rowsOf(envelope).map(jsonOf), output, knownOf(type)), whenMissing, json),
	whenNothing: 'the option When Nothing Is Found outputs an item for each',
};
