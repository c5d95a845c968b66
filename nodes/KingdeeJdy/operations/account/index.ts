import type { INodeProperties } from 'n8n-workflow';

import { runner } from '../runner';
import { check } from './check';
import { getInfo } from './getInfo';
import { MODULES } from './probes';

/** The operations of the resource Account, by their values. */
export const account = { check: runner(check), getInfo: runner(getInfo) };

/** The fields of the resource. */
export const accountProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['account'] } },
		options: [
			{
				name: 'Check Access',
				value: 'check',
				action: 'Check access to an account',
				description: 'Ask which types and reports the app may read in this account. Changes nothing; one call for each.',
			},
			{
				name: 'Get',
				value: 'getInfo',
				action: 'Get an account',
				description: 'Show the account of the credential, its siblings, the token and the clock, without secrets. Changes nothing.',
			},
		],
		default: 'check',
	},
	{
		displayName: 'Modules',
		name: 'modules',
		type: 'multiOptions',
		options: Object.entries(MODULES).map(([value, name]) => ({ name, value })),
		default: [],
		description: 'The modules whose types and reports are checked; all of them unless some are chosen',
		displayOptions: { show: { resource: ['account'], operation: ['check'] } },
	},
];
