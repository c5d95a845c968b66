import { chineseTerms } from './labels/chinese';
import { readCall, shortPath } from './loading/calls';
import { allModules, moduleOf } from './loading/modules';
import type { Loaded } from './loading/modules';
import { parseParameters } from './loading/notation';
import type { Call, Parameter, RecordOperation, RecordType, WrittenType } from './types';

interface Contents {
	calls: Call[];
	types: RecordType[];
}

function readType(value: string, type: WrittenType, calls: Call[]): RecordType {
	const own = calls.filter((call) => call.type === value);
	const [list, detail, save] = (['list', 'detail', 'save'] as const).map((kind) => own.find((call) => call.kind === kind));
	return {
		value,
		name: type.name,
		nameZh: type.nameZh,
		...(type.entity === undefined ? {} : { entity: type.entity }),
		operations: [
			...(list ? ['getMany' as const] : []),
			...(detail ? ['get' as const] : []),
			...(save ? ['save' as const] : []),
			...(type.operations ?? []),
		],
		report: type.report ?? false,
		...(list && { list }),
		...(detail && { detail }),
		...(save && { save }),
		others: own.filter((call) => call !== list && call !== detail && call !== save),
	};
}

const read = new WeakMap<Loaded, Contents>();

/** What a module holds, read once. */
function contentsOf(module: Loaded): Contents {
	const known = read.get(module);
	if (known !== undefined) return known;
	const calls = Object.keys(module.calls).flatMap((key) => readCall(key, module) ?? []);
	const contents = { calls, types: Object.entries(module.types).map(([value, type]) => readType(value, type, calls)) };
	read.set(module, contents);
	return contents;
}

/** Every documented call, by module and path. */
export async function allCalls(): Promise<Call[]> {
	return (await allModules()).flatMap((module) => contentsOf(module).calls);
}

/** The call of a method and a path, with or without `/jdy/v2/`; loads the one module that the path belongs to. */
export async function callByPath(method: string, path: string): Promise<Call | undefined> {
	const short = shortPath(path);
	const id = `${method.trim().toUpperCase()} ${short}`;
	return contentsOf(await moduleOf(short)).calls.find((call) => `${call.method} ${shortPath(call.path)}` === id);
}

/** Every type of documents and master data. */
export async function types(): Promise<RecordType[]> {
	return (await allModules()).flatMap((module) => contentsOf(module).types);
}

/** The type of a value, or of the path of any of its calls: `scm/sal_invoice` is that of `scm/sal_invoice_list`. */
export async function typeByPath(path: string): Promise<RecordType | undefined> {
	const short = shortPath(path);
	const all = contentsOf(await moduleOf(short)).types;
	const ofCall = (type: RecordType) =>
		[type.list, type.detail, type.save, ...type.others].some((call) => call !== undefined && shortPath(call.path) === short);
	return all.find(({ value }) => value === short) ?? all.find(ofCall);
}

/** Every call that reports: the reports, the reads that answer one object, and the lists that JDY files under its reports. */
export async function reports(): Promise<Call[]> {
	const reported = new Set((await types()).filter(({ report }) => report).map(({ value }) => value));
	const isReport = (call: Call) => call.kind === 'report' || call.kind === 'read' || (call.kind === 'list' && reported.has(call.type ?? ''));
	return (await allCalls()).filter(isReport);
}

/** The report of a path, with or without `/jdy/v2/`, however it is asked for. */
export async function reportByPath(path: string): Promise<Call | undefined> {
	return (await callByPath('GET', path)) ?? (await callByPath('POST', path));
}

/** What can be done with a type: what its calls allow, and what `sys/common_operate` and `sys/bill_push` allow. */
export function operationsOf(type: RecordType): RecordOperation[] {
	return type.operations;
}

const readBefore = new WeakMap<Call['source'], Parameter[]>();

/** The parameters of a call: labels, types, what is required, options, nested fields. Read once, so leave them as they are. */
export function parametersOf({ path, source }: Call): Parameter[] {
	const { call, options, chinese } = source;
	const parameters = readBefore.get(source) ?? parseParameters(call.parameters, call.oneOf, { options, termOf: chineseTerms(chinese, shortPath(path)) });
	readBefore.set(source, parameters);
	return parameters;
}

/** Whether JDY fills a parameter in by itself, although its page calls it required: it numbers its documents [R]. */
export function isFilledByJdy({ name, reference }: Parameter): boolean {
	return name === 'bill_no' && reference?.isOwn === true;
}

/**
 * The names of which one each must be given: `[['bill_date'], ['stock_id', 'stock_number']]`. A group counts although
 * none of it is marked as required, e.g. ID or number of a detail.
 */
export function requiredOf(parameters: Parameter[]): string[][] {
	const groups = parameters
		.filter((parameter) => (parameter.required && !isFilledByJdy(parameter)) || parameter.alternatives.length > 0)
		.map(({ name, alternatives }) => [name, ...alternatives].sort());
	return [...new Map(groups.map((group) => [group.join(), group])).values()];
}
