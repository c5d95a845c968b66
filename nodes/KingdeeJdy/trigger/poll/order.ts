import type { Row } from '../../shared/contract/row';

/** The fields with the time of a change or of creation. */
const TIMES = { changed: ['modify_time'], created: ['create_time'] } as const;

const ID = /^\d{1,40}$/;

function timeOf(row: Row, event: keyof typeof TIMES): string | undefined {
	const time = TIMES[event].map((key) => row[key]).find((value) => typeof value === 'string' && value !== '');
	return typeof time === 'string' ? time : undefined;
}

function compareTimes(a: string, b: string): number {
	return a < b ? -1 : Number(a > b);
}

/** Puts documents in the order of their changes, if all rows have a time; otherwise they keep their order. */
export function inOrderOfChange<T extends { rows: Row[] }>(documents: readonly T[], event: keyof typeof TIMES): T[] {
	const timed = documents.map((document) => ({ document, time: timeOf(document.rows[0] ?? {}, event) }));
	if (timed.some(({ time }) => time === undefined)) return [...documents];
	return timed.sort((a, b) => compareTimes(a.time ?? '', b.time ?? '')).map(({ document }) => document);
}

function compareIds(a: unknown, b: unknown): number {
	const [one, other] = [String(a), String(b)];
	if (!ID.test(one) || !ID.test(other)) return 0;
	return Number(BigInt(one) > BigInt(other)) - Number(BigInt(one) < BigInt(other));
}

/** The newest few documents, by their times, or else by their IDs; newest first. */
export function newest<T extends { rows: Row[] }>(documents: readonly T[], event: keyof typeof TIMES, count: number): T[] {
	const sorted = documents.toSorted((a, b) => {
		const [one = {}, other = {}] = [a.rows[0], b.rows[0]];
		return compareTimes(timeOf(other, event) ?? '', timeOf(one, event) ?? '') || compareIds(other.id, one.id);
	});
	return sorted.slice(0, count);
}
