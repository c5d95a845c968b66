import { readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const ROOTS = ['credentials', 'nodes'];

/** From the ground up: a file imports from its own layer and from those before it. */
const LAYERS = ['gateway', 'shared', 'catalogue', 'operations', 'trigger'];

const HOUSE = 'nodes/KingdeeJdy';

/** More files than this have more than one subject. */
const MAX_FILES = 13;

/** Folders below `nodes/KingdeeJdy`. */
const MAX_DEPTH = 4;

/** The folders that hold files, but for those whose layout is n8n's. */
function foldersBelow(folder: string): string[] {
	const paths = readdirSync(folder).map((name) => join(folder, name)).filter((path) => statSync(path).isDirectory() && !path.endsWith('__schema__'));
	return [folder, ...paths.flatMap(foldersBelow)];
}

function filesBelow(folder: string, kind = /\.ts$/): string[] {
	return readdirSync(folder).flatMap((name) => {
		const path = join(folder, name);
		if (statSync(path).isDirectory()) return filesBelow(path, kind);
		return kind.test(path) ? [path] : [];
	});
}

const files = ROOTS.flatMap((folder) => filesBelow(folder));
const known = new Set(files);

const importsRead = new Map<string, string[]>();

function importsOf(file: string): string[] {
	const read = importsRead.get(file) ?? readImports(file);
	importsRead.set(file, read);
	return read;
}

function readImports(file: string): string[] {
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

const taken = new Set(files.flatMap(takenBy));

/** What only tests take, each for a reason. */
const SEAMS = new Set([
	// A test has a process of its own in this, and can have several workers.
	`${HOUSE}/gateway/state.ts createState`,
	// The worked vectors of the documentation name it: a signature that differs does not say where.
	`${HOUSE}/gateway/signing/signature.ts stringToSign`,
]);

/** What a file offers to others, types aside; n8n takes what stands in a node's or a credential's file. */
function offeredBy(file: string): string[] {
	if (/\.(?:node|credentials)\.ts$/.test(file)) return [];
	const found = readFileSync(file, 'utf8').matchAll(/^export (?:async )?(?:const|function|class) (\w+)/gm);
	return [...found].map(([, name = '']) => name);
}

/**
 * Names that n8n or the layout of a room gives: what a node's description, methods and fields are called, and the operations of
 * a resource, each in a file of its own name. Any other exported name has one meaning in the whole tree.
 */
const CONVENTIONAL = ['get', 'getMany', 'listSearch', 'loadOptions', 'operate', 'properties', 'resourceMapping'];

/** Words that only the authors of a file would understand. */
const PRIVATE = ['aside', 'courier', 'desk', 'ends', 'given', 'held', 'place', 'round', 'told', 'way'];

/** All names that a file exports, types too. */
function namesOf(file: string): string[] {
	const found = readFileSync(file, 'utf8').matchAll(/^export (?:async )?(?:const|function\*?|class|interface|type) (\w+)/gm);
	return [...found].map(([, name = '']) => name);
}

const exported = files.filter((file) => file.startsWith('nodes')).flatMap(namesOf);

function layerOf(file: string): number {
	const layer = LAYERS.findIndex((name) => file.startsWith(`${HOUSE}/${name}/`));
	return layer === -1 ? LAYERS.length : layer;
}

const folders = foldersBelow(HOUSE);

/** A room is a folder; beside rooms, each file is a room of its own. */
function roomOf(file: string): string {
	const folder = dirname(file);
	return folders.some((other) => dirname(other) === folder) ? file : folder;
}

const rooms = [...new Set(files.map(roomOf))];

const roomsRead = new Map<string, string[]>();

function roomsFrom(room: string): string[] {
	const read = roomsRead.get(room) ?? readRooms(room);
	roomsRead.set(room, read);
	return read;
}

function readRooms(room: string): string[] {
	const imported = files.filter((file) => roomOf(file) === room).flatMap(importsOf).map(roomOf);
	return [...new Set(imported)].filter((other) => other !== room);
}

/** A way back to where it starts, or undefined. */
function circleFrom(start: string, leadsTo: (from: string) => string[]): string[] | undefined {
	const seen = new Set<string>();
	const ways = leadsTo(start).map((next) => [next]);
	for (let way = ways.pop(); way !== undefined; way = ways.pop()) {
		const last = way.at(-1) ?? '';
		if (last === start) return way;
		if (seen.has(last)) continue;
		seen.add(last);
		for (const next of leadsTo(last)) ways.push([...way, next]);
	}
	return undefined;
}

describe('the house', () => {
	it.each(files)('%s imports nothing from above', (file) => {
		expect(importsOf(file).filter((target) => layerOf(target) > layerOf(file))).toEqual([]);
	});

	it.each(files)('%s imports nothing that leads back to it', (file) => {
		expect(circleFrom(file, importsOf)).toBeUndefined();
	});

	it.each(rooms)('the room %s imports no room that leads back to it', (room) => {
		expect(circleFrom(room, roomsFrom)).toBeUndefined();
	});

	it.each(folders)('%s has no more files than a room has', (folder) => {
		const names = readdirSync(folder).filter((name) => !statSync(join(folder, name)).isDirectory());
		expect(names.slice(MAX_FILES)).toEqual([]);
	});

	it('has no folder that is too deep', () => {
		expect(folders.filter((folder) => relative(HOUSE, folder).split('/').length > MAX_DEPTH)).toEqual([]);
	});

	it.each(filesBelow(`${HOUSE}/shared/contract`))('%s imports no other room of its layer', (file) => {
		const room = dirname(file);
		expect(importsOf(file).filter((target) => target.includes('/shared/') && dirname(target) !== room)).toEqual([]);
	});

	it.each(files)('%s exports nothing that no other file of the package takes', (file) => {
		expect(offeredBy(file).map((name) => `${file} ${name}`).filter((name) => !taken.has(name) && !SEAMS.has(name))).toEqual([]);
	});

	it('gives each exported name one meaning', () => {
		expect([...new Set(exported.filter((name, index) => exported.indexOf(name) !== index))].sort()).toEqual(CONVENTIONAL);
	});

	it('exports no private words', () => {
		expect(exported.filter((name) => PRIVATE.includes(name.toLowerCase()))).toEqual([]);
	});

	it.each(files.filter((file) => file.startsWith('credentials')))('%s imports the gateway only', (file) => {
		expect(importsOf(file).filter((target) => !target.includes('/gateway/'))).toEqual([]);
	});

	it.each(files.filter((file) => file.includes('/gateway/') && !file.endsWith('errors/advice.ts')))('%s knows nothing of what a call is for', (file) => {
		const words = readFileSync(file, 'utf8').match(/\b(?:saves?|saved|saving|documents?|items?|deduplication)\b/gi) ?? [];
		expect(words).toEqual([]);
	});
});
