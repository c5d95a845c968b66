import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { ValidationError } from '../gateway/errors/validationError';
import type { GatewayState } from '../gateway/state';
import { errorText, localFailure } from '../shared/contract/outcomes';
import { includeInputProperty, sendingProperties, sortedProperties } from '../shared/parameters/options';
import { failAll } from '../shared/results/onError';
import { account, accountProperties } from './account';
import { api } from './api';
import { apiProperties } from './api/properties';
import { allowWritesProperty, referencesProperty, shownFor, standardOptions, unknownFiltersProperty } from './common/options';
import { outputProperties } from './common/output/output';
import { periodProperty } from './common/period/period';
import { customDocument, customDocumentProperties } from './customDocument';
import { record, recordProperties } from './record';
import { recordOptions } from './record/properties';
import { report } from './report';
import { reportProperties } from './report/properties';
import type { Runner } from './runner';

/** What the node Kingdee JDY can do: resources, and the operations of each. */
const RESOURCES: Record<string, Record<string, Runner>> = { account, api, customDocument, record, report };

/** The fields of the node. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Account',
				value: 'account',
			},
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
	...accountProperties,
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
		options: sortedProperties([...sendingProperties, includeInputProperty, allowWritesProperty, ...standardOptions('api', 'record', 'report'), ...outputProperties, shownFor(periodProperty, ['record', 'report'], 'getMany'), shownFor(unknownFiltersProperty, ['record', 'report'], 'getMany'), shownFor(referencesProperty, ['record', 'report'], 'getMany', 'save', 'saveRows', 'upsert'), shownFor(referencesProperty, ['api']), ...recordOptions]),
	},
];

/** A resource that has one operation needs none to be named. */
function find(resource: string, operation: string): Runner | undefined {
	const operations = Object.hasOwn(RESOURCES, resource) ? (RESOURCES[resource] ?? {}) : {};
	const [only, ...others] = Object.values(operations);
	return operation === '' && others.length === 0 ? only : Object.entries(operations).find(([name]) => name === operation)?.[1];
}

/** @throws ValidationError for a resource or an operation that this version does not have, and what n8n throws for a parameter that cannot be read */
function chosen(context: IExecuteFunctions): Runner {
	const resource = String(context.getNodeParameter('resource', 0, ''));
	const operation = String(context.getNodeParameter('operation', 0, ''));
	const run = find(resource, operation);
	if (run) return run;
	// Of a resource that it does not know n8n hands over no operation.
	if (!Object.hasOwn(RESOURCES, resource)) throw new ValidationError('Resource', `"${resource}" is not known to this version of the package`);
	throw new ValidationError('Operation', `"${operation}" is not known for the resource "${resource}"`);
}

/** Runs the operation that the node is set to, for all items. */
export async function runNode(context: IExecuteFunctions, state: GatewayState): Promise<INodeExecutionData[]> {
	let run: Runner;
	try {
		run = chosen(context);
	} catch (error) {
		return failAll(context, localFailure('input', errorText(error)), { subject: {}, action: 'change' });
	}
	return await run(context, state);
}
