import { readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOTS = ['credentials', 'nodes'];

/** From the ground up: a file imports from its own layer and from those before it. */
const LAYERS = ['gateway', 'catalogue', 'shared', 'operations'];

function filesBelow(folder: string): string[] {
	return readdirSync(folder).flatMap((name) => {
		const path = join(folder, name);
		if (statSync(path).isDirectory()) return filesBelow(path);
		return path.endsWith('.ts') ? [path] : [];
	});
}

const files = ROOTS.flatMap(filesBelow);
const known = new Set(files);

function importsOf(file: string): string[] {
	const targets = [...readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g)].map(([, target = '']) => join(dirname(file), target));
	return targets.flatMap((target) => [`${target}.ts`, join(target, 'index.ts')].filter((path) => known.has(path)));
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

	it.each(files.filter((file) => file.startsWith('credentials')))('%s imports the gateway only', (file) => {
		expect(importsOf(file).filter((target) => !target.includes('/gateway/'))).toEqual([]);
	});

	it.each(files.filter((file) => file.includes('/gateway/') && !file.endsWith('codes.ts')))('%s knows nothing of what a call is for', (file) => {
		const words = readFileSync(file, 'utf8').match(/\b(?:saves?|saved|saving|documents?|items?|deduplication)\b/gi) ?? [];
		expect(words).toEqual([]);
	});
});
