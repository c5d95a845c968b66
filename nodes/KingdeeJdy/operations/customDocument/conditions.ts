import { parseForOutput } from '../../gateway/json';
import type { Row } from '../../shared/rows';

/** Fields by which a document is named: another value is another document. */
const NAMES = new Set(['id', 'number', 'bill_no']);

const SHORT_NUMBER = /^-?\d{1,15}(?:\.\d{1,9})?$/;

function isScalar(value: unknown): boolean {
	return ['string', 'number', 'boolean'].includes(typeof value);
}

/** Equal as far as both can be compared: 1, "1" and "1.0" are. */
function agree(wanted: unknown, found: unknown): boolean {
	if (!isScalar(wanted) || !isScalar(found)) return true;
	const [a, b] = [String(wanted).trim(), String(found).trim()];
	return a === b || (SHORT_NUMBER.test(a) && SHORT_NUMBER.test(b) && Number(a) === Number(b));
}

/** Names of conditions for which the row has another value. */
function missedBy(row: Row, conditions: Row): string[] {
	return Object.keys(conditions).filter((name) => Object.hasOwn(row, name) && !agree(conditions[name], row[name]));
}

function read(conditions: string): Row {
	return parseForOutput(conditions) as Row;
}

/**
 * Tells where JDY took no notice of a condition, which may be [?]: otherwise a workflow would take any document for the one
 * that it looked for.
 *
 * @param conditions as they were sent
 */
export function noticeOf(rows: readonly Row[], conditions: string): string | undefined {
	const wanted = read(conditions);
	const counts = new Map<string, number>();
	for (const name of rows.flatMap((row) => missedBy(row, wanted))) counts.set(name, (counts.get(name) ?? 0) + 1);
	const told = [...counts].map(([name, count]) => `${count} of ${rows.length} documents have another value of "${name}" than the condition`);
	return told.length === 0 ? undefined : `JDY may not filter by every condition: ${told.join(', ')}. Filter them in the workflow.`;
}

/** Whether a document is another one than that which the conditions name. */
export function isAnother(document: Row, conditions: string): boolean {
	return missedBy(document, read(conditions)).some((name) => NAMES.has(name));
}
