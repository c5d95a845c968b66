import { OFFICIAL_GATEWAY } from '../../gateway/credential/credential';
import { ValidationError } from '../../gateway/errors/validationError';
import type { Endpoint } from '../../gateway/types';

const LABEL = 'Call';
const METHODS = ['GET', 'POST', 'DELETE'] as const;

export type Method = (typeof METHODS)[number];

/** A call as the user names it; the method may be left out. */
export interface CallName {
	method: Method | undefined;
	path: Endpoint['path'];
}

const PATH = /^\/jdy(?:\/[\w.~-]+)+\/?$/;

/** The credential says which host is called, so that no call can carry the app-token to another one. */
function withoutHost(text: string): string {
	if (text.startsWith(`${OFFICIAL_GATEWAY}/`)) return text.slice(OFFICIAL_GATEWAY.length);
	const isElsewhere = /^[a-z][a-z\d+.-]*:/i.test(text) || text.startsWith('//') || text.startsWith('\\');
	if (isElsewhere) throw new ValidationError(LABEL, 'must be a path without a host, for example GET /jdy/v2/scm/sal_order; the host is the Gateway URL of the credential');
	return text;
}

function checkedPath(text: string): string {
	const path = withoutHost(text);
	if (path.includes('?')) throw new ValidationError(LABEL, 'must not have a question mark; put the parameters into Query');
	if (!path.startsWith('/jdy/')) throw new ValidationError(LABEL, 'must begin with /jdy/, for example GET /jdy/v2/scm/sal_order');
	const hasDots = path.split('/').some((part) => part === '.' || part === '..');
	if (hasDots || !PATH.test(path)) throw new ValidationError(LABEL, 'must be a path of letters, digits, "_", "-" and "." between single slashes, without ".."');
	return path;
}

function checkedMethod(text: string): Method {
	const method = METHODS.find((known) => known === text.toUpperCase());
	if (!method) throw new ValidationError(LABEL, `must begin with ${METHODS.join(', ')} or the path, not with "${text.slice(0, 20)}"`);
	return method;
}

/**
 * Reads the name of a call: `POST /jdy/v2/scm/sal_order`, with or without the method.
 *
 * @throws ValidationError for anything that is no path of the gateway
 */
export function readCallName(value: unknown): CallName {
	if (typeof value !== 'string') throw new ValidationError(LABEL, 'must be text, for example GET /jdy/v2/scm/sal_order');
	const text = value.trim();
	if (text === '') throw new ValidationError(LABEL, 'must not be empty');
	const [, method, path = text] = /^([a-z]+)\s+(.+)$/is.exec(text) ?? [];
	return { method: method === undefined ? undefined : checkedMethod(method), path: checkedPath(path.trim()) };
}
