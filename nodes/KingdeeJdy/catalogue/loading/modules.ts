import type { ChineseTerms } from '../labels/chinese';
import type { Module, OptionSets, WrittenTarget } from '../types';

const NAMES = ['arap', 'bd', 'fi', 'ls', 'pm', 'scm', 'sys'] as const;
export type ModuleName = (typeof NAMES)[number];

/** The modules of JDY that have too few calls for a file of their own. */
const GUESTS: Record<string, ModuleName> = { basedata: 'sys', cust: 'sys', ebx: 'fi', fp: 'fi', inv: 'scm', sal: 'scm' };

const EMPTY = { types: {}, calls: {}, options: {}, chinese: { names: {}, calls: {} } };

export interface Loaded extends Module {
	options: OptionSets;
	chinese: ChineseTerms;
}

const loaded = new Map<ModuleName, Promise<Loaded>>();

/** What the build makes of a file: the same few hundred names stand in it thousands of times, so a sixth is left of it. */
interface Packed {
	deflated: string;
}

function isPacked(file: unknown): file is Packed {
	return typeof file === 'object' && file !== null && 'deflated' in file;
}

async function textOf(stream: ReadableStream<Uint8Array>): Promise<string> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of stream) chunks.push(chunk);
	return Buffer.concat(chunks).toString('utf8');
}

/** n8n's rules allow no `node:zlib`, but what every browser has. (Its `Response` would be shorter, and three times as slow.) */
async function inflated({ deflated }: Packed): Promise<string> {
	const { readable, writable } = new DecompressionStream('deflate-raw');
	const writer = writable.getWriter();
	const [text] = await Promise.all([
		textOf(readable as ReadableStream<Uint8Array>),
		writer.write(Buffer.from(deflated, 'base64')),
		writer.close(),
	]);
	return text;
}

/** Only `import()` loads late under n8n's rules, and only a computed name is not resolved while compiling. */
async function json<T>(name: string): Promise<T> {
	const { default: file } = (await import(`../data/${name}.json`)) as { default: T | Packed };
	return isPacked(file) ? (JSON.parse(await inflated(file)) as T) : file;
}

async function read(name: ModuleName): Promise<Loaded> {
	const [module, options, chinese] = await Promise.all([json<Module>(name), json<OptionSets>('options'), json<ChineseTerms>('chinese')]);
	return { ...module, options, chinese };
}

async function load(name: ModuleName): Promise<Loaded> {
	const promise = loaded.get(name) ?? read(name);
	loaded.set(name, promise);
	return await promise;
}

let targets: Promise<Record<string, WrittenTarget>> | undefined;

/** Every kind of master data that something can refer to. */
export async function allTargets(): Promise<Record<string, WrittenTarget>> {
	return await (targets ??= json<Record<string, WrittenTarget>>('targets'));
}

let answers: Promise<Record<string, string>> | undefined;

/** The fields of the rows that reads answer with, by method and path: names, with those of lists and objects in brackets behind them. */
export async function allAnswers(): Promise<Record<string, string>> {
	return await (answers ??= json<Record<string, string>>('answers'));
}

/** Every module. */
export async function allModules(): Promise<Loaded[]> {
	return await Promise.all(NAMES.map(load));
}

/** The name of the module that a path such as `scm/sal_order` belongs to. */
export function moduleNameOf(path: string): ModuleName | undefined {
	const prefix = path.split('/', 1)[0] ?? '';
	return NAMES.find((known) => known === (GUESTS[prefix] ?? prefix));
}

/** The module that a path such as `scm/sal_order` belongs to; an empty one where there is none. */
export async function moduleOf(path: string): Promise<Loaded> {
	const name = moduleNameOf(path);
	return name === undefined ? EMPTY : await load(name);
}
