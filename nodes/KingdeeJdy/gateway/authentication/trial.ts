import type { Endpoint } from '../types';

/** Lists a type that need not exist: changes nothing, and tries every part of a credential. */
export const TRIAL = {
	endpoint: { method: 'POST', path: '/jdy/v2/cust/list', effect: 'read' } satisfies Endpoint as Endpoint,
	body: '{"biz_type":"ts_0","data":{},"page_no":"1","page_size":"1"}',
};
