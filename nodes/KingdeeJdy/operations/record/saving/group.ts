import type { Caller, Grouping, NonEmpty, ReadItem } from '../../../shared/contract/operation';
import { accountColumns } from '../grouping/accountColumns';
import { Columns } from '../grouping/columns';
import { documentOf, lineShapeError } from '../grouping/lines';
import { traceOf } from '../grouping/trace';
import type { Saving } from './saving';
import { checkSameSettings } from './sharedOptions';

/** One document of the fields of all items. */
async function merge(items: NonEmpty<ReadItem<Saving>>, call: Caller): Promise<Saving> {
	checkSameSettings(items);
	const [{ parameters: first }] = items;
	const { type, shape, timeZone, group } = first;
	if (!group) return first;
	const { value, linesField, groupFields } = group;
	const lineShape = { parameters: shape.parameters, linesField, groupFields };
	const problem = lineShapeError(lineShape);
	if (problem) throw problem;
	const columns = new Columns(lineShape);
	const hasUnknown = items.some(({ parameters }) => columns.unknownIn(parameters.given).length > 0);
	if (hasUnknown && type.entity !== undefined) columns.learn(await accountColumns(type.entity, call));
	const members = items.map(({ itemIndex, parameters: { given } }) => ({ itemIndex, given }));
	const hasId = items.some(({ parameters }) => parameters.hasId);
	return { ...first, given: documentOf(value, members, columns, { linesField, timeZone }), hasId };
}

/** Group Items: several input items make one document, each a line of it. */
export const group: Grouping<Saving> = {
	identify: ({ type, group: own }) => own && { kind: type.value, value: own.value },
	trace: traceOf,
	merge,
};
