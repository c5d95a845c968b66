import type { Endpoint } from './calls.mts';
import { customFields } from './customFields.mts';
import { standardAt } from './jdy/serve.mts';
import { detail, list } from './listing.mts';
import { operate } from './operating.mts';

const CUSTOM = new Map<string, Endpoint>([
	['/jdy/v2/cust/save', { method: 'POST', serve: ({ store, account, body, kept }) => store.save(account, body, kept) }],
	['/jdy/v2/cust/list', { method: 'POST', serve: list }],
	['/jdy/v2/cust/detail', { method: 'POST', serve: detail }],
	['/jdy/v2/cust/operate', { method: 'POST', serve: operate }],
	['/jdy/v2/sys/custom_mult_field', { method: 'GET', reads: 'nothing', serve: customFields }],
]);

/** The calls of the gateway at a path. */
export function endpointsAt(path: string): Endpoint[] {
	const own = CUSTOM.get(path);
	return own ? [own] : standardAt(path);
}
