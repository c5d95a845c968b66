import { allCalls, reports, types } from '../catalogue';
import { initialsOf } from '../labels/pinyin';
import { shortPath } from '../loading/calls';
import type { Call, RecordType } from '../types';

/** What a search gives out: a name to show, a value to keep. */
interface SearchResult {
	/** A type: `scm/sal_order`. A report: `arap/ar_report`. A call: `POST /jdy/v2/scm/sal_order`. */
	value: string;
	name: string;
	nameZh: string;
}

export type Searched = 'type' | 'report' | 'call';

interface Entry extends SearchResult {
	/** What is compared, in lower case: the two names, the initials, the paths and their last parts. */
	texts: string[];
	words: string[];
	/** What short queries may be scattered in. */
	initials: string;
}

const NOWHERE = 5;

function entry(found: SearchResult, paths: string[]): Entry {
	const short = paths.map((path) => shortPath(path).toLowerCase());
	const name = found.name.toLowerCase();
	const initials = initialsOf(found.nameZh);
	const tails = short.map((path) => path.slice(path.indexOf('/') + 1));
	const words = [name, ...short].flatMap((text) => text.split(/[^\p{L}\p{N}]+/u)).filter((word) => word !== '');
	return { ...found, texts: [name, found.nameZh.toLowerCase(), initials, ...tails, ...short, found.value.toLowerCase()], words, initials };
}

function ofType(type: RecordType): Entry {
	const calls = [type.list, type.detail, type.save, ...type.others].flatMap((call) => call ?? []);
	const { value, name, nameZh } = type;
	return entry({ value, name, nameZh }, [value, ...calls.map(({ path }) => path)]);
}

/** A list among the reports goes by the name of its type: nobody looks for "Product Stock: List". */
function ofReport(call: Call): Entry {
	const name = call.name.replace(/: List$/, '');
	return entry({ value: shortPath(call.path), name, nameZh: call.nameZh.replace(/列表$/, '') }, [call.path]);
}

function ofCall(call: Call): Entry {
	return entry({ value: call.id, name: call.name, nameZh: call.nameZh }, [call.path]);
}

const BUILDERS: Record<Searched, () => Promise<Entry[]>> = {
	type: async () => (await types()).map(ofType),
	report: async () => (await reports()).map(ofReport),
	call: async () => (await allCalls()).map(ofCall),
};

const built = new Map<Searched, Promise<Entry[]>>();

async function entries(kind: Searched): Promise<Entry[]> {
	const promise = built.get(kind) ?? BUILDERS[kind]();
	built.set(kind, promise);
	return await promise;
}

function isScattered(query: string, text: string): boolean {
	let position = -1;
	return [...query].every((character) => (position = text.indexOf(character, position + 1)) >= 0);
}

/** From 0, the same, over a prefix, prefixes of words, and a part, to 4, scattered; 5 is not found. */
function distance({ texts, words, initials, nameZh }: Entry, query: string): number {
	if (texts.includes(query)) return 0;
	if (texts.some((text) => text.startsWith(query))) return 1;
	const parts = query.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '');
	if (parts.length > 0 && parts.every((part) => words.some((word) => word.startsWith(part)))) return 2;
	if (texts.some((text) => text.includes(query))) return 3;
	return isScattered(query, initials) || isScattered(query, nameZh) ? 4 : NOWHERE;
}

/** The query as texts are kept: in lower case, and without the prefix of a path, unless its method is there too. */
function plain(text: string): string {
	const query = text.trim().toLowerCase().replace(/\s+/g, ' ');
	return query.startsWith('/') ? shortPath(query) : query;
}

/**
 * Finds types, reports or calls by English or Chinese name, by the initials of the pinyin or by path; the best first,
 * then the shorter name. An empty text gives all of them in the order of their English names.
 */
export async function search(kind: Searched, text = ''): Promise<SearchResult[]> {
	const query = plain(text);
	const found = (await entries(kind))
		.map((candidate) => ({ candidate, rank: query === '' ? 0 : distance(candidate, query) }))
		.filter(({ rank }) => rank < NOWHERE);
	const byName = (a: Entry, b: Entry) => (a.name < b.name ? -1 : Number(a.name > b.name));
	const byLength = (a: Entry, b: Entry) => (query === '' ? 0 : a.name.length - b.name.length);
	found.sort((a, b) => a.rank - b.rank || byLength(a.candidate, b.candidate) || byName(a.candidate, b.candidate));
	return found.map(({ candidate: { value, name, nameZh } }) => ({ value, name, nameZh }));
}
