import { PAGE_SIZE } from '../../shared/pagination/page';
import type { Call, Paging, Written, WrittenCall } from '../types';
import type { Loaded } from './modules';
import { callName } from './names';

const PREFIX = '/jdy/v2/';

/** `scm/sal_order` of `/jdy/v2/scm/sal_order`, or of itself. */
export function shortPath(path: string): string {
	const trimmed = path.trim().replace(/^\/+/, '');
	return trimmed.startsWith(PREFIX.slice(1)) ? trimmed.slice(PREFIX.length - 1) : trimmed;
}

function pagingOf({ parameters, firstPage }: WrittenCall): Paging | undefined {
	const named = (pattern: RegExp) => Object.keys(parameters).find((name) => pattern.test(name));
	const page = named(/^(?:\w+\.)?page(?:_no)?$/);
	if (page === undefined) return undefined;
	const pageSize = named(/^(?:\w+\.)?page_size$/);
	const type = typeOf(parameters, page);
	return { page, ...(pageSize === undefined ? {} : { pageSize }), type, first: firstPage ?? 1, largest: PAGE_SIZE };
}

function typeOf(parameters: Written, name: string): 'string' | 'integer' {
	const written = parameters[name];
	return typeof written === 'string' && written.startsWith('integer') ? 'integer' : 'string';
}

/** A GET reads. So does a report that is asked for by POST, because its parameters are nested; any other POST may change something. */
function effectOf(method: string, { effect, kind }: WrittenCall): Call['effect'] {
	return effect ?? (method === 'GET' || kind === 'report' ? 'read' : 'write');
}

function span(names: [string, string] | undefined): { from: string; until: string } | undefined {
	return names && { from: names[0], until: names[1] };
}

/** Leaves out what is undefined. */
function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
		[K in keyof T]?: Exclude<T[K], undefined>;
	};
}

/** A call of a module as its readers get it. `key` is `POST scm/sal_order`. */
export function readCall(key: string, module: Loaded): Call | undefined {
	const call = module.calls[key];
	if (call === undefined) return undefined;
	const [method, path = ''] = key.split(' ');
	const { type, answer, partialFailure } = call;
	return {
		id: `${method} ${PREFIX}${path}`,
		method: method as Call['method'],
		path: PREFIX + path,
		effect: effectOf(key.split(' ', 1)[0] ?? '', call),
		kind: call.kind,
		...callName(call, module.types[type ?? '']),
		...defined({
			type,
			rows: answer?.rows?.split('.'),
			total: answer?.total,
			paging: pagingOf(call),
			changed: span(call.changed),
			created: span(call.created),
			partialFailure,
			idempotency: call.idempotency?.split('.'),
		}),
		encrypted: (call.encrypted ?? []).map((field) => field.split('.')),
		multipart: call.multipart ?? false,
		source: { call, options: module.options, chinese: module.chinese },
	};
}
