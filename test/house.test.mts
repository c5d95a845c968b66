import { readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOTS = ['credentials', 'nodes'];

/** From the ground up: a file imports from its own layer and from those before it. */
const LAYERS = ['gateway', 'shared', 'catalogue', 'operations'];

function filesBelow(folder: string, kind = /\.ts$/): string[] {
	return readdirSync(folder).flatMap((name) => {
		const path = join(folder, name);
		if (statSync(path).isDirectory()) return filesBelow(path, kind);
		return kind.test(path) ? [path] : [];
	});
}

const files = ROOTS.flatMap((folder) => filesBelow(folder));
const known = new Set(files);

function importsOf(file: string): string[] {
	const targets = [...readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g)].map(([, target = '']) => join(dirname(file), target));
	return targets.flatMap((target) => [`${target}.ts`, join(target, 'index.ts')].filter((path) => known.has(path)));
}

/** What files take from others, as `path name`. */
function takenBy(file: string): string[] {
	const found = readFileSync(file, 'utf8').matchAll(/(?:import|export) (?:type )?\{([^}]+)\} from '(\.[^']+)'/g);
	return [...found].flatMap(([, names = '', from = '']) => {
		const target = join(dirname(file), from).replace(/\.ts$/, '');
		const paths = [`${target}.ts`, join(target, 'index.ts')].filter((path) => known.has(path));
		return paths.flatMap((path) => names.split(',').map((name) => `${path} ${name.trim().split(' ')[0]}`));
	});
}

const taken = new Set([...files, ...filesBelow('test', /\.mts$/)].flatMap(takenBy));

/** What a file offers to others, types aside; n8n takes what stands in a node's or a credential's file. */
function offeredBy(file: string): string[] {
	if (/\.(?:node|credentials)\.ts$/.test(file)) return [];
	const found = readFileSync(file, 'utf8').matchAll(/^export (?:async )?(?:const|function|class) (\w+)/gm);
	return [...found].map(([, name = '']) => name);
}

function layerOf(file: string): number {
	if (file.startsWith('credentials')) return LAYERS.length;
	const layer = LAYERS.findIndex((name) => file.includes(`/${name}/`));
	if (layer !== -1) return layer;
	return file.includes('/trigger/') ? LAYERS.indexOf('operations') : LAYERS.length;
}

/** A way back to the file itself, or undefined. */
function circleFrom(start: string): string[] | undefined {
	const seen = new Set<string>();
	const ways = importsOf(start).map((file) => [file]);
	for (let way = ways.pop(); way !== undefined; way = ways.pop()) {
		const last = way.at(-1) ?? '';
		if (last === start) return way;
		if (seen.has(last)) continue;
		seen.add(last);
		for (const next of importsOf(last)) ways.push([...way, next]);
	}
	return undefined;
}

describe('the house', () => {
	it.each(files)('%s imports nothing from above', (file) => {
		expect(importsOf(file).filter((target) => layerOf(target) > layerOf(file))).toEqual([]);
	});

	it.each(files)('%s imports nothing that leads back to it', (file) => {
		expect(circleFrom(file)).toBeUndefined();
	});

	it.each(files)('%s exports nothing that no other file takes', (file) => {
		expect(offeredBy(file).filter((name) => !taken.has(`${file} ${name}`))).toEqual([]);
	});

	it.each(files.filter((file) => file.startsWith('credentials')))('%s imports the gateway only', (file) => {
		expect(importsOf(file).filter((target) => !target.includes('/gateway/'))).toEqual([]);
	});

	it.each(files.filter((file) => file.includes('/gateway/') && !file.endsWith('codes.ts')))('%s knows nothing of what a call is for', (file) => {
		const words = readFileSync(file, 'utf8').match(/\b(?:saves?|saved|saving|documents?|items?|deduplication)\b/gi) ?? [];
		expect(words).toEqual([]);
	});
});
