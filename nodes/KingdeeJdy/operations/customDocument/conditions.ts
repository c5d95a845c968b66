import { isRecord, parseForOutput } from '../../gateway/json/json';
import { ID_KEYS } from '../../shared/contract/row';
import type { Row } from '../../shared/contract/row';
import { valueAt } from '../../shared/data/object';

const SHORT_NUMBER = /^-?\d{1,15}(?:\.\d{1,9})?$/;

/** A value that is asked for; a field within an object is named with dots, as in the editor. */
interface Condition {
	name: string;
	wanted: unknown;
}

function conditionsIn(object: Row, prefix = ''): Condition[] {
	return Object.entries(object).flatMap(([key, wanted]) => {
		const name = prefix + key;
		return isRecord(wanted) && Object.keys(wanted).length > 0 ? conditionsIn(wanted, `${name}.`) : [{ name, wanted }];
	});
}

function read(conditions: string): Condition[] {
	return conditionsIn(parseForOutput(conditions) as Row);
}

function isScalar(value: unknown): boolean {
	return ['string', 'number', 'boolean'].includes(typeof value);
}

/** Without spaces around it, and without the midnight that JDY may add to a day [?]. */
function plain(value: unknown): string {
	return String(value).trim().replace(/ 00:00:00$/, '');
}

/** Equal as far as both can be compared: 1, "1" and "1.0" are. */
function agree(wanted: unknown, found: unknown): boolean {
	if (!isScalar(wanted) || !isScalar(found)) return true;
	const [a, b] = [plain(wanted), plain(found)];
	return a === b || (SHORT_NUMBER.test(a) && SHORT_NUMBER.test(b) && Number(a) === Number(b));
}

/** Names of conditions for which the row has another value. */
function missedBy(row: Row, conditions: readonly Condition[]): string[] {
	return conditions.filter(({ name, wanted }) => !agree(wanted, valueAt(row, name))).map(({ name }) => name);
}

/** Names of conditions for which no row has a field. */
function unknownTo(rows: readonly Row[], conditions: readonly Condition[]): string[] {
	return conditions.map(({ name }) => name).filter((name) => rows.every((row) => valueAt(row, name) === undefined));
}

/** The conditions that JDY surely took no notice of: a row has another value. */
export function ignoredConditions(rows: readonly Row[], conditions: string): string[] {
	const wanted = read(conditions);
	return [...new Set(rows.flatMap((row) => missedBy(row, wanted)))];
}

function quoted(names: readonly string[]): string {
	return names.map((name) => `"${name}"`).join(' or ');
}

/**
 * Says whether JDY took no notice of a condition, which may be [?]: otherwise a workflow would take any document for the one
 * that it looked for.
 *
 * @param conditions as they were sent
 * @param given what came if JDY ignored them all
 */
export function noticeOf(rows: readonly Row[], conditions: string, given: 'all documents' | 'any document'): string | undefined {
	const wanted = read(conditions);
	const counts = new Map<string, number>();
	for (const name of rows.flatMap((row) => missedBy(row, wanted))) counts.set(name, (counts.get(name) ?? 0) + 1);
	const told = [...counts].map(([name, count]) => `${count} of ${rows.length} documents have another value of "${name}" than the condition`);
	const unknown = unknownTo(rows, wanted);
	const notices = [
		...(told.length === 0 ? [] : [`JDY may not filter by every condition: ${told.join(', ')}. Filter them in the workflow.`]),
		...(unknown.length === 0
			? []
			: [`No document has a field ${quoted(unknown)}: JDY may have ignored the condition and given ${given}. Check the name of the field.`]),
	];
	return notices.length === 0 ? undefined : notices.join(' ');
}

/** Why a document need not be the one that the conditions name; undefined if it is, as far as that can be seen. */
export function doubtAbout(document: Row, conditions: string): string | undefined {
	const wanted = read(conditions);
	const names = wanted.filter(({ name }) => ID_KEYS.includes(name));
	const isNamed = names.some(({ name }) => Object.hasOwn(document, name));
	if (missedBy(document, isNamed ? names : wanted).length > 0) return 'JDY gave another document than the conditions name';
	const unknown = unknownTo([document], wanted);
	const isAny = names.length === 0 && unknown.length === wanted.length;
	return isAny ? `JDY gave a document without a field ${quoted(unknown)}, so it may be any; check the name of the field in the conditions` : undefined;
}
