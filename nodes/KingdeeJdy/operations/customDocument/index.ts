import type { INodeProperties } from 'n8n-workflow';

import { runner } from '../runner';
import { get } from './get';
import { getMany } from './getMany';
import { operate } from './operate';
import { customOperationFields } from './properties';

/** The operations of the resource Custom Document, by their values. */
export const customDocument = {
	audit: runner(operate('audit')),
	delete: runner(operate('delete')),
	get: runner(get),
	getMany: runner(getMany),
	unaudit: runner(operate('unaudit')),
};

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['customDocument'] } },
	options: [
		{
			name: 'Audit',
			value: 'audit',
			action: 'Audit custom documents',
			description: 'Approve documents (审核)',
		},
		{
			name: 'Delete',
			value: 'delete',
			action: 'Delete custom documents',
			description: 'Delete documents for good (删除)',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get a custom document',
			description: 'Read one document (详情)',
		},
		{
			name: 'Get Many',
			value: 'getMany',
			action: 'Get many custom documents',
			description: 'Read the list of documents (列表)',
		},
		{
			name: 'Unaudit',
			value: 'unaudit',
			action: 'Unaudit custom documents',
			description: 'Withdraw the approval of documents (反审核)',
		},
	],
	default: 'getMany',
};

/** The fields of the resource. */
export const customDocumentProperties: INodeProperties[] = [operation, ...customOperationFields];
