import { createState } from '../../nodes/KingdeeJdy/gateway/state.ts';
import { deduplicationState } from '../../nodes/KingdeeJdy/shared/deduplication/deduplicationState.ts';
import { KeyStore } from '../../nodes/KingdeeJdy/shared/deduplication/keyStore.ts';
import { markQueueOf } from '../../nodes/KingdeeJdy/shared/deduplication/markQueue.ts';

/** One row, as n8n keeps it, and another process that has read it before some of the writes and writes it back after them. */
function rowWith(...overwritten: number[]) {
	let row: string[] = [];
	let writes = 0;
	const write = async <T,>(change: (marks: string[]) => T): Promise<T> => {
		const before = [...row];
		const result = change(row);
		if (overwritten.includes(++writes)) row = before;
		return result;
	};
	return {
		get marks() {
			return row.filter((mark) => !mark.startsWith('witness:'));
		},
		get writes() {
			return writes;
		},
		put: (...marks: string[]) => row.push(...marks),
		database: {
			add: async (marks: string[]) =>
				await write((there) => {
					const known = marks.filter((mark) => there.includes(mark));
					there.push(...marks.filter((mark) => !there.includes(mark)));
					return known;
				}),
			remove: async (marks: string[]) =>
				await write((there) => {
					there.splice(0, there.length, ...there.filter((mark) => !marks.includes(mark)));
				}),
		},
	};
}

type Row = ReturnType<typeof rowWith>;

function storeOf({ database }: Row): KeyStore {
	const state = createState();
	deduplicationState(state).markPauseMs = 0;
	return new KeyStore(markQueueOf(state, 'x'), database);
}

const [SEEN, OPEN, DATA] = ['seen:A', 'open:A', 'data:A:1'];
const MARKS = [SEEN, OPEN, DATA];
const SAVED = { record: [], remove: [OPEN], keep: [SEEN, DATA], isSaved: true };

/** Marks a key, saves its document, and says what stands in the row then. */
async function saved(row: Row): Promise<string[]> {
	const store = storeOf(row);
	await store.record(MARKS);
	const { confirmed } = await store.end([SAVED]);
	await confirmed;
	return row.marks;
}

describe('marks that another process writes over', () => {
	it('are written again before the document may be sent', async () => {
		const row = rowWith(1);
		await storeOf(row).record(MARKS);
		expect(row.marks).toEqual(MARKS);
	});

	it('are told as new, although a later look has found them', async () => {
		const row = rowWith(1, 2);
		expect(await storeOf(row).record(MARKS)).toEqual([]);
		row.put('seen:B');
		expect(await storeOf(row).record(['seen:B', 'open:B'])).toEqual(['seen:B']);
	});

	// Which writes are undone: the first is that of the marks, the second the look, the third takes `open` back, ...
	it.each(Array.from({ length: 64 }, (_unused, bits) => [1, 2, 3, 4, 5, 6].filter((write) => bits & (1 << (write - 1)))).map((writes) => [writes]))('stand there in the end if the writes %j are undone', async (undone) => {
		expect(await saved(rowWith(...undone))).toEqual([SEEN, DATA]);
	});

	it('are taken back for good if they mean nothing', async () => {
		for (const undone of [[], [3], [3, 4], [3, 5], [4, 6]]) {
			const row = rowWith(...undone);
			const store = storeOf(row);
			await store.record(MARKS);
			const { confirmed } = await store.end([{ record: [], remove: MARKS, keep: [], isSaved: false }]);
			await confirmed;
			expect(row.marks).toEqual([]);
		}
	});

	it('are looked for once more when the run ends', async () => {
		const row = rowWith();
		const store = storeOf(row);
		await store.record(MARKS);
		row.database.remove(MARKS).catch(() => undefined);
		await store.keep(MARKS);
		expect(row.marks).toEqual(MARKS);
	});

	it('are written no more than eleven times, and the end of the run says that they are gone', async () => {
		const row = rowWith(...Array.from({ length: 100 }, (_unused, index) => index + 1));
		const store = storeOf(row);
		expect(await store.record(MARKS)).toEqual([]);
		expect(row.writes).toBe(11);
		await expect((await store.end([SAVED])).confirmed).rejects.toThrow('other processes have written over them again and again');
	});
});

it('what many runs of a process write at the same moment goes in few writes', async () => {
	const row = rowWith();
	const state = createState();
	const stores = Array.from({ length: 50 }, () => new KeyStore(markQueueOf(state, 'x'), row.database));
	await Promise.all(stores.map(async (store, index) => await store.record([`seen:${index}`])));
	expect(row.writes).toBeLessThanOrEqual(5);
	expect(row.marks).toHaveLength(50);
});

it('a store that fails while it is looked at does not hold a document back whose marks were written', async () => {
	const row = rowWith();
	const { add } = row.database;
	row.database.add = async (marks) => {
		if (row.writes > 0) throw new Error('the database is locked');
		return await add(marks);
	};
	expect(await storeOf(row).record(MARKS)).toEqual([]);
});
