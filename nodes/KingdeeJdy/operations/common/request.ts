import { encodeQuery } from '../../catalogue/encoding/query';
import type { Values } from '../../catalogue/encoding/values';
import type { Call } from '../../catalogue/types';
import { stringify } from '../../gateway/json/json';
import type { Endpoint } from '../../gateway/types';
import type { StandardSettings } from './nodeParameters';

/** A request of the standard API. */
export interface Request {
	endpoint: Endpoint;
	/** Empty if the values stand in the query. */
	body: string;
}

/** The request of a call with values in their documented types. */
export function requestOf({ method, path, effect }: Call, values: Values, { arrayFormat }: Pick<StandardSettings, 'arrayFormat'>): Request {
	if (method !== 'GET') return { endpoint: { method, path, effect }, body: stringify(values) };
	const query = encodeQuery(values, arrayFormat);
	return { endpoint: { method, path, effect, ...(query === '' ? {} : { query }) }, body: '' };
}
