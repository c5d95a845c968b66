import { callByPath } from '../../catalogue/catalogue';
import type { Call } from '../../catalogue/types';
import { ValidationError } from '../../gateway/errors/validationError';
import type { Endpoint } from '../../gateway/types';
import type { CallName, Method } from './callName';

const METHODS: readonly Method[] = ['GET', 'POST', 'DELETE'];

/**
 * The documented call of a name; undefined if there is none.
 *
 * @throws ValidationError if the method is missing and there are several
 */
export async function documented({ method, path }: CallName): Promise<Call | undefined> {
	if (method) return await callByPath(method, path);
	const calls = (await Promise.all(METHODS.map(async (each) => await callByPath(each, path)))).flatMap((call) => call ?? []);
	if (calls.length > 1) {
		throw new ValidationError('Call', `must say what is meant before the path: ${calls.map((call) => call.method).join(' or ')}`);
	}
	return calls[0];
}

/**
 * Completes the name of a call. What is not documented is a read if it is a GET, and a write otherwise: it may have
 * changed something.
 *
 * @throws ValidationError if the method is missing
 */
export function endpointOf(name: CallName, call: Call | undefined): Endpoint {
	const method = name.method ?? call?.method;
	if (!method) throw new ValidationError('Call', 'must have GET, POST or DELETE before its path, because the path is not among the documented ones');
	return { method, path: name.path, effect: call?.effect ?? (method === 'GET' ? 'read' : 'write') };
}
