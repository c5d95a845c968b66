import type { Module, OptionSets } from './types';

const NAMES = ['arap', 'bd', 'fi', 'ls', 'pm', 'scm', 'sys'] as const;
type ModuleName = (typeof NAMES)[number];

/** The modules of JDY that have too few calls for a file of their own. */
const GUESTS: Record<string, ModuleName> = { basedata: 'sys', cust: 'sys', ebx: 'fi', fp: 'fi', inv: 'scm', sal: 'scm' };

const EMPTY = { types: {}, calls: {} };

export interface Loaded extends Module {
	options: OptionSets;
}

const loaded = new Map<ModuleName, Promise<Loaded>>();

/** Only `import()` loads late under n8n's rules, and only a computed name is not resolved while compiling. */
async function json<T>(name: string): Promise<T> {
	const file = (await import(`./${name}.json`)) as { default: T };
	return file.default;
}

async function read(name: ModuleName): Promise<Loaded> {
	const [module, options] = await Promise.all([json<Module>(name), json<OptionSets>('options')]);
	return { ...module, options };
}

async function load(name: ModuleName): Promise<Loaded> {
	const promise = loaded.get(name) ?? read(name);
	loaded.set(name, promise);
	return await promise;
}

/** Every module. */
export async function allModules(): Promise<Loaded[]> {
	return await Promise.all(NAMES.map(load));
}

/** The module that a path such as `scm/sal_order` belongs to; an empty one where there is none. */
export async function moduleOf(path: string): Promise<Loaded> {
	const prefix = path.split('/', 1)[0] ?? '';
	const name = NAMES.find((known) => known === (GUESTS[prefix] ?? prefix));
	return name === undefined ? { ...EMPTY, options: {} } : await load(name);
}
