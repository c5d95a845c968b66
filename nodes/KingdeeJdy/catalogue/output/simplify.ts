import { isRecord } from '../../gateway/json/json';
import { usualFieldsOf } from './usualFields';
import type { Words } from './words';

type Row = Record<string, unknown>;

/** Who did what when, flags, links to source lines, and what only programs count by. */
const TECHNICAL =
	/^(?:creator|creater|modifier|auditor|approver)_|^(?:create|modify|audit)_(?:time|date)$|^src_|(?:^|_)is_|(?:^|_)(?:seq|coefficient\d?|conversion_rate|exchange_rate|pictures?|picture_url|images?|attachments(?:_url)?|img_url|entry_id|inter_id|sn_list_id|version|help_code|current_page\w*)$/;

/** The order in which people read: number, date, status, partner, product, quantity, price, amount; then as JDY has it. */
const ORDER: readonly RegExp[] = [
	/^(?:bill_no|number|voucher_no)$/,
	/^name$/,
	/^(?:bill_)?date$/,
	/^(?:bill_|check_|audit_)?status$/,
	/^(?:customer|supplier)_number$/,
	/^(?:customer|supplier)_name$/,
	/^(?:material|product)_number$/,
	/^(?:material|product)_name$/,
	/^(?:material_|base_)?qty$/,
	/^unit_name$/,
	/^(?:tax_)?price$/,
	/^(?:total_|all_)?amount$/,
];

function rankOf(name: string, value: unknown): number {
	const rank = ORDER.findIndex((pattern) => pattern.test(name));
	if (rank >= 0) return rank;
	if (name === 'id') return ORDER.length + 1;
	return Array.isArray(value) || isRecord(value) ? ORDER.length + 2 : ORDER.length;
}

function isEmpty(value: unknown): boolean {
	if (typeof value === 'string') return value.trim() === '';
	if (Array.isArray(value)) return value.length === 0;
	return value === null || value === undefined || (isRecord(value) && Object.values(value).every(isEmpty));
}

/** Whether a row says by number or name what a field names by its ID, or in the document's currency what it says in the firm's. */
function saysBetter(row: Row, name: string): boolean {
	const [, stem, digits = ''] = /^(.+)_ids?(\d?)$/.exec(name) ?? [];
	const better = stem === undefined ? [name.replace(/_for$/, '')] : ['number', 'name'].flatMap((end) => [`${stem}_${end}${digits}`, `${stem}${digits}_${end}`, `${stem}id_${end}`]);
	return better.some((other) => other !== name && !isEmpty(row[other]));
}

/** An ID of what is named in the usual fields, in a row that shows no number and no name of it. */
function standsIn(row: Row, name: string, usual: readonly string[]): boolean {
	const stem = /^(.+)_id$/.exec(name)?.[1];
	return stem !== undefined && row[name] !== '0' && usual.some((one) => one === `${stem}_number` || one === `${stem}_name`) && !saysBetter(row, name);
}

interface Simplifying {
	words: Words;
	/** The dotted name of what the row stands in, with a dot behind it. */
	prefix: string;
	/** The fields of this level; undefined if they follow from their names. */
	usual: readonly string[] | undefined;
	lines: readonly string[] | undefined;
	isLine: boolean;
}

function isWanted(row: Row, name: string, { usual, lines, isLine }: Simplifying): boolean {
	const value = row[name];
	if (isEmpty(value)) return false;
	if (usual && Array.isArray(value)) return value.some((entry) => isRecord(entry) && lines?.some((line) => !isEmpty(entry[line])));
	if (usual) return usual.includes(name) || standsIn(row, name, usual);
	if (name === 'id') return !isLine;
	return !TECHNICAL.test(name) && !(name.endsWith('_id') && String(value) === '0') && !saysBetter(row, name);
}

function valueOf(name: string, value: unknown, simplifying: Simplifying): unknown {
	const path = simplifying.prefix + name;
	const inner = { ...simplifying, prefix: `${path}.`, usual: undefined };
	if (Array.isArray(value)) return value.map((entry) => (isRecord(entry) ? simplified(entry, { ...inner, usual: simplifying.lines, isLine: true }) : entry));
	return isRecord(value) ? simplified(value, inner) : (simplifying.words.get(path)?.get(String(value)) ?? value);
}

function placeIn(usual: readonly string[], name: string): number {
	const stem = name.replace(/id$/, '');
	const place = usual.indexOf(name);
	return place >= 0 ? place : usual.findIndex((one) => one.startsWith(stem));
}

function simplified(row: Row, simplifying: Simplifying): Row {
	const { usual } = simplifying;
	const placeOf = (name: string) => (usual && !Array.isArray(row[name]) ? placeIn(usual, name) : (usual?.length ?? 0) + rankOf(name, row[name]));
	const names = Object.keys(row).filter((name) => isWanted(row, name, simplifying));
	return Object.fromEntries(names.toSorted((one, other) => placeOf(one) - placeOf(other)).map((name) => [name, valueOf(name, row[name], simplifying)]));
}

/** What people want of a row: without what is empty or technical, codes in words, the usual columns first. */
export function simplify(row: Row, type: string | undefined, words: Words): Row {
	const usual = usualFieldsOf(type);
	return simplified(row, { words, prefix: '', usual: usual?.head, lines: usual?.lines, isLine: false });
}
