import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { limitProperties } from '../common/properties';
import { conditionProperties, documentTypeProperty } from './fields';

const show = (...operation: string[]): IDisplayOptions => ({ show: { resource: ['customDocument'], operation } });

/** The fields of its operations. */
export const customOperationFields: INodeProperties[] = [
	documentTypeProperty({ resource: ['customDocument'] }),
	{
		displayName: 'IDs',
		name: 'ids',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 1486132453218684928, 1486132453218684929',
		hint: 'Up to 100 IDs go out in one call, also those of several items',
		description: 'The IDs of the documents: one, several separated by commas, or a list from an expression. Keep long IDs as text.',
		displayOptions: show('audit', 'delete', 'unaudit'),
	},
	...limitProperties({ resource: ['customDocument'], operation: ['getMany'] }),
	...conditionProperties(
		{ resource: ['customDocument'], operation: ['get', 'getMany'] },
		'Which documents are wanted: fields, named as in JDY, and their values. Which of them JDY applies depends on the document type. Without any, Get Many returns all documents.',
	),
];
