import type { Endpoint } from './calls.mts';
import { customFields } from './customFields.mts';
import { detail, list } from './listing.mts';
import { operate } from './operating.mts';

/** The calls of the gateway by their path. */
export const ENDPOINTS = new Map<string, Endpoint>([
	['/jdy/v2/cust/save', { method: 'POST', serve: ({ store, account, body, kept }) => store.save(account, body, kept) }],
	['/jdy/v2/cust/list', { method: 'POST', serve: list }],
	['/jdy/v2/cust/detail', { method: 'POST', serve: detail }],
	['/jdy/v2/cust/operate', { method: 'POST', serve: operate }],
	['/jdy/v2/sys/custom_mult_field', { method: 'GET', serve: customFields }],
]);
