import type { INodeProperties } from 'n8n-workflow';

import { runner } from '../runner';
import { get } from './get';
import { getMany } from './getMany';
import { operate } from './operate';
import { recordOperationFields } from './properties';
import { pushDown } from './pushDown';
import { rowProperties } from './rows/properties';
import { saveRows } from './rows/saveRows';
import { save } from './saving/save';
import { upsert } from './upsert/upsert';

/** The operations of the resource Document or Master Data, by their values. */
export const record = {
	audit: runner(operate('audit')),
	close: runner(operate('close')),
	delete: runner(operate('delete')),
	get: runner(get),
	getMany: runner(getMany),
	pushDown: runner(pushDown),
	save: runner(save),
	saveRows: runner(saveRows),
	unaudit: runner(operate('unaudit')),
	upsert: runner(upsert),
};

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['record'] } },
	options: [
		{
			name: 'Audit',
			value: 'audit',
			action: 'Audit documents',
			description: 'Approve documents (审核)',
		},
		{
			name: 'Close',
			value: 'close',
			action: 'Close orders',
			description: 'Close orders that will not be completed (关闭)',
		},
		{
			name: 'Create or Update',
			value: 'upsert',
			action: 'Create or update a document or master data',
			description: 'Create a new record, or update the current one if it already exists (upsert)',
		},
		{
			name: 'Delete',
			value: 'delete',
			action: 'Delete documents or master data',
			description: 'Delete documents or master data for good (删除)',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get a document or master data',
			description: 'Read one with all its fields and lines (详情)',
		},
		{
			name: 'Get Many',
			value: 'getMany',
			action: 'Get many documents or master data',
			description: 'Read a list, with filters (列表)',
		},
		{
			name: 'Push Down',
			value: 'pushDown',
			action: 'Push documents down',
			description: 'Create the next documents from existing ones (下推), for example outbounds from orders',
		},
		{
			name: 'Save',
			value: 'save',
			action: 'Save a document or master data',
			description: 'Create one, or change the one whose ID is given (保存)',
		},
		{
			name: 'Save Rows as Documents',
			value: 'saveRows',
			action: 'Save rows of a spreadsheet as documents',
			description: 'Make documents with lines of the rows of a sheet, for example from Excel or CSV (表格, 导入)',
		},
		{
			name: 'Unaudit',
			value: 'unaudit',
			action: 'Unaudit documents',
			description: 'Withdraw the approval of documents (反审核)',
		},
	],
	default: 'getMany',
};

/** The fields of the resource. */
export const recordProperties: INodeProperties[] = [operation, ...recordOperationFields, ...rowProperties];
