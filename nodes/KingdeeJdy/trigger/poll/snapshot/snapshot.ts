import { isRecord } from '../../../gateway/json/json';
import { written } from '../entries';
import type { Entry } from '../entries';
import type { Shown } from './readPages';

/** Readings in which a known document may be missing before it is forgotten: lists leave one out now and then [R]. */
const MISSED_READINGS = 2;

/** What the pages of a list have shown. */
export interface Snapshot {
	/** Digests of the documents that the last readings showed, by their keys. */
	digests: Record<string, string>;
	/** In how many readings in a row each of those was missing that the last reading did not show. */
	missed: Record<string, number>;
	/** Keys, without those that are IDs, of the documents behind the pages that are not read. */
	backKeys: string[];
	/** Whether the last reading showed all documents. */
	isWhole: boolean;
	/** How many documents there were; undefined if no page said. */
	total?: number | undefined;
	/** The greatest ID that was ever seen, in digits, after each of the last readings, oldest first. */
	greatestIds: string[];
}

const DIGITS = /^\d{1,40}$/;

/** The ID of a document, in digits; undefined if its rows name it otherwise. */
export function numericIdOf({ key, rows: [row] }: Entry): string | undefined {
	return DIGITS.test(key) && String(row?.id) === key ? key : undefined;
}

/** Whether an ID was given later than another; any was later than none. */
export function isGreater(id: string, other: string): boolean {
	return other === '' || BigInt(id) > BigInt(other);
}

function isTexts(value: unknown): value is string[] {
	return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

function isDigests(value: unknown): value is Record<string, string> {
	return isRecord(value) && Object.values(value).every((digest) => typeof digest === 'string');
}

function isCounts(value: unknown): value is Record<string, number> {
	return isRecord(value) && Object.values(value).every((count) => typeof count === 'number');
}

/** A stored snapshot; earlier builds stored the greatest ID alone. */
export function readSnapshot(value: unknown): Snapshot | undefined {
	if (!isRecord(value) || !isDigests(value.digests) || typeof value.isWhole !== 'boolean') return undefined;
	const { digests, isWhole, missed = {}, backKeys = [], total, greatestIds = [value.greatestId] } = value;
	if (!isCounts(missed) || !isTexts(backKeys) || !isTexts(greatestIds) || !greatestIds.every((id) => id === '' || DIGITS.test(id))) return undefined;
	return { digests, isWhole, missed, backKeys, greatestIds, ...(typeof total === 'number' && { total }) };
}

/** Known documents that a reading did not show, until they were missing too often. */
function missing(shown: ReadonlySet<string>, before: Snapshot): Array<{ key: string; digest: string; count: number }> {
	const missed = new Map(Object.entries(before.missed));
	return Object.entries(before.digests)
		.filter(([key]) => !shown.has(key))
		.map(([key, digest]) => ({ key, digest, count: (missed.get(key) ?? 0) + 1 }))
		.filter(({ count }) => count <= MISSED_READINGS);
}

/** What is known after a reading. */
export function snapshotOf({ entries, frontCount, isWhole, total }: Shown, before?: Snapshot): Snapshot {
	const kept = before ? missing(new Set(entries.map(({ key }) => key)), before) : [];
	const greatestId = entries.flatMap((entry) => numericIdOf(entry) ?? []).reduce((greatest, id) => (isGreater(id, greatest) ? id : greatest), before?.greatestIds.at(-1) ?? '');
	return {
		digests: Object.fromEntries([...kept.map(({ key, digest }) => [key, digest]), ...entries.map(({ key, digest }) => [key, digest])]) as Record<string, string>,
		missed: Object.fromEntries(kept.map(({ key, count }) => [key, count])),
		backKeys: entries.slice(frontCount).flatMap((entry) => (numericIdOf(entry) === undefined ? [entry.key] : [])),
		isWhole,
		total,
		// As long as documents are remembered that a reading missed, a greater ID than before those readings is a new one.
		greatestIds: [...(before?.greatestIds ?? []), greatestId].slice(-2 - MISSED_READINGS),
	};
}

/** The same snapshot, once these documents have been emitted and no others. */
export function noteEmitted(before: Snapshot, emitted: readonly Entry[]): Snapshot {
	return { ...before, digests: { ...before.digests, ...Object.fromEntries(emitted.map((entry) => [entry.key, written(entry)])) } };
}
