import type { IDataObject } from 'n8n-workflow';

import { parametersOf, types } from '../../../nodes/KingdeeJdy/catalogue/catalogue.ts';
import type { When } from '../../emulator/changes.mts';
import { Changes } from '../../emulator/changes.mts';
import { demoAccount } from '../../emulator/settings.mts';
import { office } from '../../helpers/office.mts';
import { HOUR_MS, MINUTE_MS, freezeDate, moveDate } from '../../helpers/time.mts';

const ORDERS = 'scm.sal_order';
const DAY_MS = 24 * HOUR_MS;

beforeEach(() => void freezeDate());
afterEach(() => jest.useRealTimers());

interface Watched {
	event?: string;
	options?: IDataObject;
	value?: string;
	more?: IDataObject;
}

/** A trigger that polls every minute, from an empty account on. */
function watching({ event = 'changed', options = {}, value = 'scm/sal_order', more = {} }: Watched = {}) {
	const queries: URLSearchParams[] = [];
	const room = office({ seed: 'none', tokenLifeMs: Infinity });
	const handle = room.gateway.handle.bind(room.gateway);
	room.gateway.handle = (arrived, kept) => {
		queries.push(new URL(arrived.target, 'https://jdy.invalid').searchParams);
		return handle(arrived, kept);
	};
	const parameters: IDataObject = { resource: 'record', type: { mode: 'list', value }, event, details: false, ...more, options: { callsPerMinute: 0, maxAttempts: 1, ...options } };
	const trigger = room.triggerOf(parameters);
	const poll = async () => {
		moveDate(MINUTE_MS);
		return ((await trigger()) ?? []).map(({ json }) => json.id);
	};
	return { ...room, changes: new Changes(room.gateway), poll, queries, parameters };
}

describe('what is stamped ahead of the clock', () => {
	it.each([
		['by three seconds', 3_000],
		['by ten seconds', 10_000],
		['by ten minutes', 10 * MINUTE_MS],
		['by two hours', 2 * HOUR_MS],
		['by 23 hours', 23 * HOUR_MS],
	])('%s comes once, also when its time has come', async (_case, aheadMs) => {
		for (const event of ['changed', 'created']) {
			const { changes, poll } = watching({ event });
			expect(await poll()).toEqual([]);
			const { id } = changes.create(ORDERS, { customer_name: 'v1' }, { aheadMs });
			const given = [];
			for (let nth = 0; nth < 20; nth++) given.push(...(await poll()));
			for (const ms of [aheadMs - 25 * MINUTE_MS, 5 * MINUTE_MS, 5 * MINUTE_MS, 10 * MINUTE_MS, 30 * MINUTE_MS]) {
				moveDate(Math.max(0, ms));
				given.push(...(await poll()), ...(await poll()));
			}
			expect([event, given]).toEqual([event, [id]]);
		}
	});

	it('is asked for with an end a day ahead', async () => {
		const { poll, queries } = watching();
		await poll();
		queries.length = 0;
		await poll();
		const ends = queries.map((query) => Number(query.get('modify_end_time') ?? query.get('create_end_time')) - Date.now());
		expect(ends.length).toBeGreaterThan(0);
		for (const end of ends) expect(Math.abs(end - DAY_MS)).toBeLessThan(MINUTE_MS);
	});

	it('does not come where it was there before the first poll', async () => {
		const { changes, poll } = watching();
		changes.create(ORDERS, { customer_name: 'v1' }, { aheadMs: 10 * MINUTE_MS });
		for (let nth = 0; nth < 30; nth++) expect(await poll()).toEqual([]);
	});
});

describe('Look Back Minutes', () => {
	/** Polls until the document shows, and a little longer. */
	async function given({ changes, poll }: ReturnType<typeof watching>, lateMs: number, when: When = {}) {
		expect(await poll()).toEqual([]);
		const { id } = changes.create(ORDERS, { customer_name: 'v1' }, { lateMs, ...when });
		const found = [];
		for (let ms = 0; ms < lateMs + 3 * MINUTE_MS; ms += 30 * MINUTE_MS) {
			moveDate(Math.min(lateMs, 30 * MINUTE_MS));
			changes.arrive();
			found.push(...(await poll()), ...(await poll()));
		}
		return { id, found };
	}

	it.each([
		['as it is by itself', {}, 15],
		['1', { lookBackMinutes: 1 }, 1],
		['60', { lookBackMinutes: 60 }, 60],
		['31 days', { lookBackMinutes: 44_640 }, 10 * 24 * 60],
	])('%s finds what appears so late, once', async (_case, options, lateMinutes) => {
		const { id, found } = await given(watching({ options }), lateMinutes * MINUTE_MS);
		expect(found).toEqual([id]);
	});

	it.each([0, 44_641, 1.5, 'soon', -1])('is refused where it is %s', async (lookBackMinutes) => {
		await expect(watching({ options: { lookBackMinutes } }).poll()).rejects.toThrow('Look Back Minutes must be a whole number from 1 to 44640');
	});

	it('does not emit what was there before, if it grows', async () => {
		const { changes, poll, parameters } = watching();
		for (let nth = 0; nth < 30; nth++) {
			changes.create(ORDERS, { customer_name: 'v1' });
			await poll();
		}
		(parameters.options as IDataObject).lookBackMinutes = 44_640;
		for (let nth = 0; nth < 5; nth++) expect(await poll()).toEqual([]);
		const { id } = changes.create(ORDERS, { customer_name: 'v1' });
		expect(await poll()).toEqual([id]);
	});
});

it('reads the orders of 31 days with some 60 calls a poll, although it asks by creation as well', async () => {
	const { gateway, changes, poll, queries } = watching({ options: { lookBackMinutes: 44_640 } });
	const orders = gateway.records.of(demoAccount, ORDERS);
	for (let nth = 0; nth < 6_000; nth++) {
		const atMs = Date.now() - (6_000 - nth) * 7 * MINUTE_MS;
		orders.push({ ...gateway.records.make(demoAccount, ORDERS, { customer_name: 'v1' }), createdMs: atMs, modifiedMs: atMs });
	}
	expect(await poll()).toEqual([]);
	queries.length = 0;
	expect(await poll()).toEqual([]);
	expect(queries.length).toBeGreaterThanOrEqual(60);
	expect(queries.length).toBeLessThanOrEqual(64);
	const { id } = changes.create(ORDERS, { customer_name: 'v1' }, { isModified: false });
	expect(await poll()).toEqual([id]);
	const late = gateway.records.make(demoAccount, ORDERS, { customer_name: 'v1' });
	orders.push({ ...late, createdMs: Date.now() - 20 * DAY_MS, modifiedMs: NaN });
	expect(await poll()).toEqual([late.id]);
	expect(await poll()).toEqual([]);
}, 120_000);

it('remembers 20,000 documents: with more, the window goes back less far, and the log says so', async () => {
	const { gateway, changes, poll, logs } = watching({ options: { lookBackMinutes: 44_640 } });
	const orders = gateway.records.of(demoAccount, ORDERS);
	// One in 20 s, for almost five days.
	for (let nth = 0; nth < 20_500; nth++) {
		const atMs = Date.now() - (20_500 - nth) * 20_000;
		orders.push({ ...gateway.records.make(demoAccount, ORDERS, { customer_name: 'v1' }), createdMs: atMs, modifiedMs: atMs });
	}
	expect(await poll()).toEqual([]);
	expect(logs.filter((text) => text.includes('More than 20000 documents within Look Back Minutes'))).toHaveLength(1);
	expect(await poll()).toEqual([]);
	const { id } = changes.create(ORDERS, { customer_name: 'v1' });
	expect(await poll()).toEqual([id]);
	// As late as what is still remembered.
	const late = gateway.records.make(demoAccount, ORDERS, { customer_name: 'v1' });
	orders.push({ ...late, createdMs: Date.now() - DAY_MS, modifiedMs: Date.now() - DAY_MS });
	expect(await poll()).toEqual([late.id]);
	expect(await poll()).toEqual([]);
	expect(logs.filter((text) => text.includes('More than 20000 documents'))).toHaveLength(1);
}, 120_000);

describe('disabling', () => {
	it.each([
		['a customer', 'bd/customer', 'bd.customer'],
		['a product', 'bd/material', 'bd.material'],
		['a supplier', 'bd/supplier', 'bd.supplier'],
		['a warehouse', 'bd/store', 'bd.store'],
	])('%s is a change', async (_case, value, kind) => {
		const { changes, poll } = watching({ value });
		const { id } = changes.create(kind, { name: 'a' });
		moveDate(3 * MINUTE_MS);
		expect(await poll()).toEqual([]);
		changes.change(kind, id, { enable: '0' });
		expect(await poll()).toEqual([id]);
		expect(await poll()).toEqual([]);
		changes.change(kind, id, { enable: '1' });
		expect(await poll()).toEqual([id]);
	});

	it('is asked for in every list that can show it, unless a filter says otherwise', async () => {
		const watched = (await types()).filter(({ list }) => list?.changed);
		const withEnable = watched.filter(({ list }) => list && parametersOf(list).some(({ name }) => name === 'enable'));
		expect(withEnable.length).toBeGreaterThan(15);
		for (const { value, list } of withEnable) {
			const demanded = Object.fromEntries(list ? parametersOf(list).flatMap(({ name, required }) => (required ? [[name, '1']] : [])) : []);
			const filtersJson = (more: object) => ({ filterMode: 'json', filtersJson: JSON.stringify({ ...demanded, ...more }) });
			const { poll, queries } = watching({ value, more: filtersJson({}) });
			await poll();
			expect([value, ...new Set(queries.map((query) => query.get('enable')))]).toEqual([value, '-1']);
			const own = watching({ value, more: filtersJson({ enable: '1' }) });
			await own.poll();
			expect([value, ...new Set(own.queries.map((query) => query.get('enable')))]).toEqual([value, '1']);
		}
	});
});

describe('documents without a time of modification', () => {
	it.each([ORDERS, 'bd.material'])('%s come once as new, and again when they are changed', async (kind) => {
		const { changes, poll } = watching({ value: kind.replace('.', '/') });
		const before = changes.create(kind, { name: 'a', customer_name: 'a' }, { isModified: false });
		expect(await poll()).toEqual([]);
		const { id } = changes.create(kind, { name: 'b', customer_name: 'b' }, { isModified: false });
		expect(await poll()).toEqual([id]);
		for (let nth = 0; nth < 3; nth++) expect(await poll()).toEqual([]);
		changes.change(kind, id, { name: 'c', customer_name: 'c' });
		expect(await poll()).toEqual([id]);
		changes.change(kind, before.id, { name: 'd', customer_name: 'd' });
		expect(await poll()).toEqual([before.id]);
		for (let nth = 0; nth < 20; nth++) expect(await poll()).toEqual([]);
	});

	it('come in order after n8n was off for days', async () => {
		const { changes, poll } = watching();
		expect(await poll()).toEqual([]);
		const made = Array.from({ length: 60 }, (_unused, nth) => {
			moveDate(HOUR_MS);
			return changes.create(ORDERS, { customer_name: 'a' }, { isModified: nth % 2 === 0 }).id;
		});
		changes.change(ORDERS, made[0] ?? '', { customer_name: 'b' });
		expect((await poll()).toSorted()).toEqual(made);
		for (let nth = 0; nth < 3; nth++) expect(await poll()).toEqual([]);
	});

	it('are not looked for where a filter asks for a time of creation', async () => {
		const { poll, queries } = watching({ more: { filterMode: 'json', filtersJson: '{"create_start_time":"1600000000000"}' } });
		await poll();
		for (const query of queries) expect([query.get('create_start_time'), query.get('create_end_time'), query.has('modify_start_time')]).toEqual(['1600000000000', null, true]);
	});
});

it('a filter that was edited emits what happened since, and not what it shows of before', async () => {
	const { changes, poll, parameters } = watching({ more: { filterMode: 'json', filtersJson: '{"customer_name":"a"}' } });
	expect(await poll()).toEqual([]);
	for (let nth = 0; nth < 10; nth++) {
		changes.create(ORDERS, { customer_name: 'b' });
		expect(await poll()).toEqual([]);
	}
	moveDate(3 * MINUTE_MS);
	expect(await poll()).toEqual([]);
	const { id } = changes.create(ORDERS, { customer_name: 'b' });
	parameters.filtersJson = '{"customer_name":"b"}';
	expect(await poll()).toEqual([id]);
	expect(await poll()).toEqual([]);
});
