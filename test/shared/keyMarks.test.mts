import { changeFor, knownOf, marksOf, untouched } from '../../nodes/KingdeeJdy/shared/keyMarks.ts';
import type { Known, Settlement } from '../../nodes/KingdeeJdy/shared/keyMarks.ts';
import type { Unique } from '../../nodes/KingdeeJdy/shared/operation.ts';

const unique = { mark: 'ts_1:A', key: 'A', digest: 'now', resendUnknown: false } as Unique;
const [SEEN, OPEN, DATA] = ['seen:ts_1:A', 'open:ts_1:A', 'data:ts_1:A:now'];
const OTHER = 'data:ts_1:A:before';

/** The marks there, what they mean, and what stands there once a run has marked the key and it has ended so. */
const TABLE: Array<[before: string[], known: Known, after: Partial<Record<Settlement | 'untouched', string[]>>]> = [
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
		expect(knownOf(unique, new Set(before))).toBe(known);
	});

	it.each(TABLE.flatMap(([before, , after]) => Object.entries(after).map(([settlement, marks]) => [before, settlement as Settlement | 'untouched', marks] as const)))('%j become, where it ended as %s, %j', (before, settlement, after) => {
		const known = new Set(before);
		const { record, remove } = settlement === 'untouched' ? untouched(unique, known) : changeFor(unique, settlement, known);
		const marks = new Set([...before, ...marksOf(unique), ...record]);
		for (const mark of remove) marks.delete(mark);
		expect([...marks].sort()).toEqual([...after].sort());
	});

	it('are written with the one first that is to be forgotten first', () => {
		expect(marksOf(unique)).toEqual([SEEN, OPEN, DATA]);
	});
});
