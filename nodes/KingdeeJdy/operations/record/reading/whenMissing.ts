import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Failure } from '../../../gateway/errors/failures';
import { oneOf } from '../../../shared/parameters/checks';
import { withInput } from '../../../shared/results/inputFields';
import type { NodeParameters } from '../../common/nodeParameters';

/** What is output for an input item whose documents are not in JDY: an error, no item, or one item that says so. */
export type WhenMissing = 'error' | 'nothing' | 'empty';

const EMPTY = { name: 'Return an Empty Item', value: 'empty', description: 'One item with the fields of the input item, and "found" is false' };

const forGet: INodeProperties = {
	displayName: 'When Nothing Is Found',
	name: 'whenMissing',
	type: 'options',
	options: [{ name: 'Fail the Item', value: 'error', description: 'The item fails' }, EMPTY],
	default: 'error',
	description: 'What is output for an input item whose documents are not in JDY',
	displayOptions: { show: { '/resource': ['record'], '/operation': ['get'] } },
};

export const whenMissingProperties: INodeProperties[] = [
	forGet,
	{
		...forGet,
		options: [EMPTY, { name: 'Return Nothing', value: 'nothing', description: 'No item; a hint names the input items that found nothing' }],
		default: 'nothing',
		displayOptions: { show: { '/resource': ['record'], '/operation': ['getMany'] } },
	},
];

/** @throws ValidationError for any other value */
export function readWhenMissing({ options }: Pick<NodeParameters, 'options'>, usual: 'error' | 'nothing'): WhenMissing {
	return oneOf(options.whenMissing ?? usual, [usual, 'empty'], 'When Nothing Is Found');
}

/** The rows, or one item that says that there are none, with the fields of the input item. */
export function rowsOrMissing(rows: IDataObject[], whenMissing: WhenMissing, input: IDataObject): IDataObject[] {
	return rows.length === 0 && whenMissing === 'empty' ? [withInput({ found: false }, input)] : rows;
}

/** "Does not exist" [R]. */
const NOT_THERE = 1030002003;

/** Whether JDY refused a read because what was asked for is not there. It says 不存在 of other things as well, e.g. of a path. */
export function saysMissing({ outcome, kind, errcode, message }: Pick<Failure<string>, 'outcome' | 'kind' | 'errcode' | 'message'>, keys: readonly string[]): boolean {
	if (outcome !== 'rejected' || !['field', 'businessRule'].includes(kind)) return false;
	return errcode === NOT_THERE || (message.includes('不存在') && keys.some((key) => message.includes(key)));
}
