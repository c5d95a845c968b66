import { Changes } from '../../emulator/changes.mts';
import type { Settings } from '../../emulator/settings.mts';
import { office } from '../../helpers/office.mts';

const BIZ_TYPE = 'ts_model';
const trigger = { resource: 'customDocument', bizType: BIZ_TYPE, event: 'changed', details: false, options: { callsPerMinute: 0, maxAttempts: 1 } };

/** How a document is named; numbers are in no order. */
const NAMES = {
	'by an ID': { settings: {}, of: (no: number) => ({ title: `no. ${no}` }) },
	'by a number of digits': { settings: { documentIds: 'none' }, of: (no: number) => ({ number: String((no * 7919) % 9973) }) },
	'by a number of the document': { settings: { documentIds: 'none' }, of: (no: number) => ({ bill_no: `XSDD-${(no * 7919) % 9973}` }) },
	'by nothing': { settings: { documentIds: 'none' }, of: (no: number) => ({ title: `no. ${no}` }) },
} satisfies Record<string, { settings: Partial<Settings>; of: (no: number) => object }>;

const kinds = Object.entries(NAMES).flatMap(([name, { settings, of }]) => (['oldest', 'newest'] as const).map((listOrder) => ({ name, of, settings: { ...settings, listOrder } })));

/** A type with so many documents, and a trigger that has seen them; `create` gives what names a new one. */
async function polled(count: number, { of, settings }: (typeof kinds)[number], more: { settings?: Partial<Settings>; event?: string } = {}) {
	const room = office({ ...settings, ...more.settings });
	const changes = new Changes(room.gateway);
	let made = 0;
	const create = () => {
		const named = of(++made);
		const { id } = changes.create(BIZ_TYPE, { ...named, version: 1 });
		return { id, name: JSON.stringify(Object.values(named)[0]) };
	};
	const documents = Array.from({ length: count }, create);
	const poll = room.triggerOf({ ...trigger, event: more.event ?? 'changed' });
	await poll();
	const given = async () => ((await poll()) ?? []).map(({ json }) => JSON.stringify(json.number ?? json.bill_no ?? json.title));
	return { ...room, changes, create, documents, poll: given };
}

describe.each(kinds)('documents named $name, the $settings.listOrder first, more than are compared', (kind) => {
	it.each(['changed', 'created'])('are given out once when they are new (%s)', async (event) => {
		const { create, poll } = await polled(1_234, kind, { event });
		expect(await poll()).toEqual([]);
		const made = [create(), create()].map(({ name }) => name);
		expect((await poll()).toSorted()).toEqual(made.toSorted());
		expect(await poll()).toEqual([]);
		const another = create();
		expect(await poll()).toEqual([another.name]);
		for (let nth = 0; nth < 4; nth++) expect(await poll()).toEqual([]);
	});

	it('are not given out because others are deleted', async () => {
		const { changes, documents, create, poll } = await polled(1_234, kind);
		for (const index of [0, 3, 1_233, 1_200, 600, 601]) changes.remove(BIZ_TYPE, documents[index]?.id ?? '');
		expect(await poll()).toEqual([]);
		const { name } = create();
		for (const index of [7, 8, 9, 1_230, 1_229]) changes.remove(BIZ_TYPE, documents[index]?.id ?? '');
		expect(await poll()).toEqual([name]);
		for (let nth = 0; nth < 4; nth++) expect(await poll()).toEqual([]);
	});

	it('are not given out because all of them are compared by then', async () => {
		const { changes, documents, create, poll } = await polled(1_050, kind);
		for (const { id } of documents.slice(500, 560)) changes.remove(BIZ_TYPE, id);
		const { name } = create();
		expect(await poll()).toEqual([name]);
		expect(await poll()).toEqual([]);
	});
});

describe.each(kinds)('documents named $name, the $settings.listOrder first', (kind) => {
	it.each([
		['compared whole', 250, {}],
		['compared whole, without a total', 250, { listShape: 'noTotal' }],
		['more than are compared', 1_234, {}],
	] satisfies Array<[string, number, Partial<Settings>]>)('%s, come once where another is deleted between two pages', async (_case, count, settings) => {
		let onPage = (_page: number) => {};
		const room = await polled(count, kind, { settings: { ...settings, onListPage: ({ page }) => onPage(page) } });
		const { changes, documents, create } = room;
		// Which pages have the new ones, and which document stands before them, depends on the order.
		const isNewest = kind.settings.listOrder === 'newest';
		const made = Array.from({ length: 140 }, create).map(({ name }) => name);
		const first = isNewest ? (documents.at(-1)?.id ?? '') : (documents[0]?.id ?? '');
		const border = isNewest ? 2 : Math.ceil((count + 140) / 100) - 1;
		let isDeleted = false;
		onPage = (page) => {
			if (isDeleted || page !== border) return;
			isDeleted = true;
			// Of those before the border, in the order of the list.
			changes.remove(BIZ_TYPE, first);
		};
		const given = [...(await room.poll()), ...(await room.poll()), ...(await room.poll())];
		expect(isDeleted).toBe(true);
		expect(given.toSorted()).toEqual(made.toSorted());
		for (let nth = 0; nth < 4; nth++) expect(await room.poll()).toEqual([]);
	});
});

it('a document that a list leaves out once is not given out again', async () => {
	const [kind] = kinds;
	if (!kind) throw new Error('There are no kinds');
	const { gateway, documents, changes, poll } = await polled(120, kind);
	const { all } = gateway.documents;
	for (const index of [0, 60, 119]) {
		const left = all.splice(index, 1);
		expect(await poll()).toEqual([]);
		all.splice(index, 0, ...left);
		expect(await poll()).toEqual([]);
	}
	changes.change(BIZ_TYPE, documents[0]?.id ?? '', { version: 2 });
	expect(await poll()).toEqual([JSON.stringify('no. 1')]);
});
