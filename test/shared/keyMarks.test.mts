import type { Deduplication } from '../../nodes/KingdeeJdy/shared/contract/operation.ts';
import { changeFor, earlierStateOf, marksOf, untouched } from '../../nodes/KingdeeJdy/shared/deduplication/keyMarks.ts';
import type { EarlierState, Settlement } from '../../nodes/KingdeeJdy/shared/deduplication/keyMarks.ts';

const unique: Deduplication = { type: 'ts_1', mark: 'ts_1:A', earlierMarks: [], account: '', key: 'A', digest: 'now', resendUnknown: false, search: undefined };
const [SEEN, OPEN, DATA] = ['seen:ts_1:A', 'open:ts_1:A', 'data:ts_1:A:now'];
const OTHER = 'data:ts_1:A:before';

/** The marks there, what they mean, and what stands there once a run has marked the key and it has ended so. */
const TABLE: Array<[before: string[], known: EarlierState, after: Partial<Record<Settlement | 'untouched', string[]>>]> = [
	[[], 'nothing', { saved: [SEEN, DATA], notSaved: [], unknown: [SEEN, OPEN, DATA], untouched: [] }],
	[[SEEN, OPEN, DATA], 'unknown', { saved: [SEEN, DATA], savedEarlier: [SEEN, DATA], notSaved: [SEEN, OPEN, DATA], unknown: [SEEN, OPEN, DATA], untouched: [SEEN, OPEN, DATA] }],
	[[SEEN, OPEN, OTHER], 'unknown', { saved: [SEEN, OTHER, DATA], savedEarlier: [SEEN, OTHER], notSaved: [SEEN, OPEN, OTHER], untouched: [SEEN, OPEN, OTHER] }],
	// The oldest mark of a key is forgotten first.
	[[OPEN, OTHER], 'unknown', { saved: [OTHER, SEEN, DATA], savedEarlier: [OTHER, SEEN] }],
	[[SEEN, DATA], 'savedEarlier', { untouched: [SEEN, DATA] }],
	[[SEEN, OTHER], 'savedOtherData', { untouched: [SEEN, OTHER] }],
	[[SEEN], 'savedOtherData', { untouched: [SEEN] }],
];

describe('the marks of a key', () => {
	it.each(TABLE)('%j mean %s', (before, known) => {
		expect(earlierStateOf(unique, new Set(before))).toBe(known);
	});

	it.each(TABLE.flatMap(([before, , after]) => Object.entries(after).map(([settlement, marks]) => [before, settlement as Settlement | 'untouched', marks] as const)))('%j become, where it ended as %s, %j', (before, settlement, after) => {
		const known = new Set(before);
		const { record, remove } = settlement === 'untouched' ? untouched(unique, known) : changeFor(unique, settlement, known);
		const marks = new Set([...before, ...marksOf(unique), ...record]);
		for (const mark of remove) marks.delete(mark);
		expect([...marks].sort()).toEqual([...after].sort());
	});

	/** A key that an earlier build knew by two other names. */
	const renamed: Deduplication = { ...unique, mark: 'ts_1@1:A', earlierMarks: ['ts_1@7:A', 'ts_1@key:A'] };
	const [NEW_SEEN, NEW_OPEN, NEW_DATA] = ['seen:ts_1@1:A', 'open:ts_1@1:A', 'data:ts_1@1:A:now'];
	const [OLD_SEEN, OLD_OPEN, OLD_DATA] = ['seen:ts_1@key:A', 'open:ts_1@key:A', 'data:ts_1@key:A:now'];

	it.each<[before: string[], known: EarlierState, settlement: Settlement | 'untouched', after: string[]]>([
		[[], 'nothing', 'saved', [NEW_SEEN, NEW_DATA]],
		[[], 'nothing', 'notSaved', []],
		[[], 'nothing', 'unknown', [NEW_SEEN, NEW_OPEN, NEW_DATA]],
		[[OLD_SEEN, OLD_DATA], 'savedEarlier', 'untouched', [OLD_SEEN, OLD_DATA]],
		[[OLD_SEEN, 'data:ts_1@key:A:before'], 'savedOtherData', 'untouched', [OLD_SEEN, 'data:ts_1@key:A:before']],
		[[OLD_SEEN, OLD_OPEN, OLD_DATA], 'unknown', 'untouched', [OLD_SEEN, OLD_OPEN, OLD_DATA]],
		[[OLD_SEEN, OLD_OPEN, OLD_DATA], 'unknown', 'saved', [OLD_SEEN, OLD_DATA, NEW_SEEN, NEW_DATA]],
		[[OLD_SEEN, OLD_OPEN, OLD_DATA], 'unknown', 'savedEarlier', [OLD_SEEN, OLD_DATA, NEW_SEEN, NEW_DATA]],
		// One name tells that it was saved after all.
		[[OLD_SEEN, OLD_OPEN, OLD_DATA, NEW_SEEN, NEW_DATA], 'savedEarlier', 'untouched', [OLD_SEEN, OLD_OPEN, OLD_DATA, NEW_SEEN, NEW_DATA]],
	])('of earlier builds are found: %j mean %s and become, where it ended as %s, %j', (before, known, settlement, after) => {
		const there = new Set(before);
		expect(earlierStateOf(renamed, there)).toBe(known);
		const { record, remove } = settlement === 'untouched' ? untouched(renamed, there) : changeFor(renamed, settlement, there);
		const marks = new Set([...before, ...marksOf(renamed), ...record]);
		for (const mark of remove) marks.delete(mark);
		expect([...marks].sort()).toEqual([...after].sort());
	});

	it('are written with the one first that is to be forgotten first', () => {
		expect(marksOf(unique)).toEqual([SEEN, OPEN, DATA]);
	});
});
