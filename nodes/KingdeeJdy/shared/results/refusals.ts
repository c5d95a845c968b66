import { NUMBER_TAKEN } from '../../gateway/errors/refusalTexts';
import { isRecord, parseExact, stringify } from '../../gateway/json/json';
import type { Body } from '../../gateway/types';
import type { ItemResult } from '../contract/outcomes';

/** A value that was sent, and its position: `"price" in line 1 of "material_entity"`. */
interface Sent {
	place: string;
	/** As JSON. */
	json: string;
}

function placeOf(names: readonly string[], lists: ReadonlyArray<readonly [list: string, line: number]>): string {
	const inLines = lists.map(([list, line]) => ` in line ${line} of "${list}"`).reverse();
	return `"${names.join('.')}"${inLines.join('')}`;
}

/** Every value of what was sent; a list of values counts as one. */
function* valuesIn(value: unknown, names: readonly string[], lists: ReadonlyArray<readonly [string, number]>): Generator<Sent> {
	if (Array.isArray(value) && value.some(isRecord)) {
		for (const [index, entry] of value.entries()) yield* valuesIn(entry, [], [...lists, [names.join('.'), index + 1]]);
	} else if (isRecord(value) && !JSON.isRawJSON(value)) {
		for (const [name, entry] of Object.entries(value)) yield* valuesIn(entry, [...names, name], lists);
	} else {
		yield { place: placeOf(names, lists), json: stringify(value) };
	}
}

/** More places say nothing any more. */
const MAX_PLACES = 3;

/** The position of a value in what was sent; undefined if it is not known. */
function find(body: Body, isMeant: (json: string) => boolean): string | undefined {
	if (typeof body !== 'string' || body === '') return undefined;
	const sent = parseExact(body);
	// A custom document is within `data`.
	const document = isRecord(sent) && 'biz_type' in sent && 'data' in sent ? sent.data : sent;
	const places = [...valuesIn(document, [], [])].flatMap(({ place, json }) => (isMeant(json) ? [place] : []));
	return places.length === 0 || places.length > MAX_PLACES ? undefined : places.join(' or ');
}

const TYPES: ReadonlyArray<readonly [type: RegExp, wanted: string, change: (json: string) => string]> = [
	[/^string$/, 'text', (json) => `Give it as text, ${JSON.stringify(json)}: with the type String, or in quotes in JSON.`],
	[/^bool$/, 'true or false', () => 'Give true or false, without quotes.'],
	[/^s?u?int|^s?fixed/, 'a whole number', (json) => (/^(?:true|false)$/.test(json) ? 'Give 1 for yes and 0 for no.' : 'Give a whole number, without quotes.')],
	[/^(?:float|double)$/, 'a number', () => 'Give a number, without quotes.'],
];

function wrongType([, type = '', json = '']: RegExpExecArray, body: Body): string {
	const [, wanted = type, change] = TYPES.find(([pattern]) => pattern.test(type)) ?? [];
	const place = find(body, (other) => other === json);
	return `JDY wants ${wanted}, but ${place ?? 'a field'} is ${json}. ${change?.(json) ?? 'Change its type.'}`;
}

function empty([, line, kind, name = '']: RegExpExecArray): string {
	const wanted = !kind || /_(?:id|number)$/.test(name) ? `Give "${name}"` : `Give "${name}_id" or "${name}_number"`;
	return `${line === undefined ? '' : `Line ${line}: `}"${name}" is empty. ${wanted}${line === undefined ? '' : ' in that line'}.`;
}

function notFound([, name = '', value = '']: RegExpExecArray, body: Body): string {
	const place = find(body, (json) => json === JSON.stringify(value) || json === value);
	return `JDY has nothing whose ${name} is ${JSON.stringify(value)}${place === undefined ? '' : `: see ${place}`}. Correct it, or create it in JDY first.`;
}

/** Words of JDY's, and what they mean [R]. */
const WORDS: ReadonlyArray<readonly [pattern: RegExp, advice: (found: RegExpExecArray, body: Body) => string]> = [
	[/\bproto:.*?invalid value for (\w+) (?:type|field)[^:]*: *(.+?)(?: *\[[^\]"]*\])?$/, wrongType],
	[/\bproto:.*?unknown field "?([^"]+)"?/, ([, name]) => `JDY knows no field "${name}" there. Correct the name, or leave the field out.`],
	[/\bproto:\s/, () => 'JDY could not read the request: a value has another form than it wants, for example one value where it wants a list.'],
	[/(?:第\s*(\d+)\s*[行条][^"“「]*?)?(基础资料)?\s*["“「]([^"”」]+)["”」]\s*(?:字段)?(?:不能为空|必填|必录)/, empty],
	[/(?:第\s*(\d+)\s*[行条]\s*[:：,，]?\s*)?()(?:字段|参数)?\s*([\w\u4e00-\u9fff]+?)\s*(?:字段)?不能为空/, empty],
	[/参数\s*(\w+)\s*\[([^\]]*)\]\s*不存在/, notFound],
	[/字段\s*(\w+)\s*的值\s*(.+?)\s*不存在/, notFound],
	[
		NUMBER_TAKEN,
		() => 'JDY has a document of this type with this number already. Look for it there: it may be this very one, saved before. Otherwise give another number, or none: JDY makes one.',
	],
	[/不能超过\s*(\d+)\s*个?月/, ([, months]) => `JDY takes at most ${months} months at once. Read it in parts, for example with one item for each month.`],
	[/源单.*已被删除/, () => 'The document that the lines come from is not there any more: correct the IDs of the source (src_…), or leave them out.'],
	[/跟?源单的?数据不一致/, () => 'A line differs from that of its source: give the same product (material_id) as there, and the IDs of the source of this line.'],
];

/**
 * What JDY's own words of a refusal mean, and what to do; undefined for words that are not known.
 *
 * @param body that was refused, to find the field in it
 */
export function adviceInWords(message: string, body: Body = ''): string | undefined {
	for (const [pattern, advice] of WORDS) {
		const found = pattern.exec(message);
		if (found) return advice(found, body);
	}
	return undefined;
}

/** A refusal with the field that its words are about, as long as the request is at hand. */
export function explained<E extends ItemResult>(ended: E, body: Body): E {
	if (ended.type === 'done' || ended.failure.outcome !== 'rejected') return ended;
	const advice = adviceInWords(ended.failure.message, body);
	return advice === undefined ? ended : { ...ended, failure: { ...ended.failure, advice } };
}
