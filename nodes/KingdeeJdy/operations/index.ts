import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Memory } from '../gateway/memory';
import { Complaint } from '../gateway/complaint';
import { inOrder, includeInputProperty, sendingProperties } from '../shared/options';
import { api } from './api';
import { apiProperties } from './api/properties';
import { customDocument, customDocumentProperties } from './customDocument';
import { record, recordProperties } from './record';
import { recordOptions } from './record/properties';
import { report } from './report';
import { reportProperties } from './report/properties';
import type { Runner } from './runner';
import { standardOptions } from './standard/options';

/** What the node Kingdee JDY can do: resources, and the operations of each. */
const RESOURCES: Record<string, Record<string, Runner>> = { api, customDocument, record, report };

/** The fields of the node. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'API Call',
				value: 'api',
			},
			{
				name: 'Custom Document',
				value: 'customDocument',
			},
			{
				name: 'Document or Master Data',
				value: 'record',
			},
			{
				name: 'Report',
				value: 'report',
			},
		],
		default: 'record',
	},
	...recordProperties,
	...reportProperties,
	...customDocumentProperties,
	...apiProperties,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: inOrder([...sendingProperties, includeInputProperty, ...standardOptions('api', 'record', 'report'), ...recordOptions]),
	},
];

/** A resource that has one operation needs none to be named. */
function find(resource: string, operation: string): Runner | undefined {
	const operations = Object.hasOwn(RESOURCES, resource) ? (RESOURCES[resource] ?? {}) : {};
	const [only, ...others] = Object.values(operations);
	return others.length === 0 ? only : Object.entries(operations).find(([name]) => name === operation)?.[1];
}

/**
 * Runs the operation that the node is set to, for all items.
 *
 * @throws Complaint for an operation that there is not
 */
export async function runNode(context: IExecuteFunctions, memory: Memory): Promise<INodeExecutionData[]> {
	const resource = String(context.getNodeParameter('resource', 0, ''));
	const operation = String(context.getNodeParameter('operation', 0, ''));
	const run = find(resource, operation);
	if (!run) throw new Complaint('Operation', `"${operation}" is not known for the resource "${resource}"`);
	return await run(context, memory);
}
