import { GATEWAY, businessError } from '../answers.mts';
import type { Call, Endpoint, Served } from '../calls.mts';
import { act } from './actions.mts';
import { jdyCallsAt } from './catalogue.mts';
import type { JdyCall } from './catalogue.mts';
import { detail, read } from './details.mts';
import { HIDDEN } from './hidden.mts';
import type { Asked } from './jdyCall.mts';
import { list } from './lists.mts';
import { savePartly } from './partials.mts';
import { save } from './saves.mts';
import { upload } from './uploads.mts';

function handlerOf({ method, path, kind, partial, multipart, row }: JdyCall): (asked: Asked) => Served {
	if (multipart) return upload;
	if (method === 'POST' && HIDDEN[path]) return act;
	if (partial) return savePartly;
	switch (kind) {
		case 'list':
			return list;
		case 'report':
			return row ? list : read;
		case 'detail':
			return detail;
		case 'read':
			return read;
		case 'save':
			return save;
		case 'action':
		case 'upload':
		case 'delete':
			return act;
	}
}

function endpointOf(jdy: JdyCall): Endpoint {
	const serve = (call: Call): Served => {
		const module = jdy.path.split('/')[3] ?? '';
		// With which errcode a call of a module fails that the edition lacks is [?].
		if (call.settings.missingModules.includes(module)) {
			return { reply: call.settings.missingModuleRefusal === 'gateway' ? GATEWAY.apiNotFound() : businessError(1040003000, '当前版本未开通该模块') };
		}
		return handlerOf(jdy)({ ...call, jdy, taken: new Set() });
	};
	return { method: jdy.method, reads: jdy.multipart ? 'bytes' : jdy.method === 'GET' ? 'nothing' : 'json', serve };
}

const endpoints = new Map<string, Endpoint[]>();

/** The calls of the standard API at a path. */
export function standardAt(path: string): Endpoint[] {
	const known = endpoints.get(path);
	if (known) return known;
	const made = jdyCallsAt(path).map(endpointOf);
	if (made.length > 0) endpoints.set(path, made);
	return made;
}
