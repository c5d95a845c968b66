import type { IDataObject } from 'n8n-workflow';

import { demoAccount } from '../emulator/settings.mts';
import { faults } from './faults.mts';
import type { FaultCase } from './faults.mts';
import { add, bookedOf, emptyTally, judge, toldOf } from './judge.mts';
import type { Tally } from './judge.mts';
import { inLanes } from './lanes.mts';
import { OPTIONS, through, typeOf, withEmulator } from './nodeRun.mts';
import { Random } from './random.mts';

const ITEMS = 20;
/** Documents in the books that are read, on three pages. */
const STORED = 250;
const LINE = { material_id: '1', material_number: 'P1', unit_id: '3', unit_number: 'pcs', qty: 2, price: 12.5, is_free: false, delivery_date: '2026-03-31' };
const orderOf = (item: number): IDataObject => ({ bill_no: `NO-${item}`, bill_date: '2026-03-01', customer_id: '1', supplier_id: '1', supplier_number: 'S1', material_entity: [LINE] });

/** Saves of standard documents with a number of their own: without a key, and with one that JDY itself checks, so that they may be sent again. */
const SAVES = [
	{ path: '/jdy/v2/scm/sal_order', parameters: { resource: 'record', operation: 'save', type: typeOf('scm/sal_order'), dataMode: 'inputItem', options: OPTIONS } },
	{
		path: '/jdy/v2/scm/pur_order',
		parameters: { resource: 'record', operation: 'save', type: typeOf('scm/pur_order'), dataMode: 'inputItem', deduplicationKey: '={{ $json.bill_no }}', options: OPTIONS },
	},
];

const READS = [
	{ path: '/jdy/v2/cust/list', parameters: { resource: 'customDocument', operation: 'getMany', bizType: 'ts_1', returnAll: true, options: OPTIONS } },
	{ path: '/jdy/v2/scm/sal_order', parameters: { resource: 'record', operation: 'getMany', type: typeOf('scm/sal_order'), returnAll: true, options: OPTIONS } },
];

/** These answer a read that there is nothing, in due form: no client can tell. */
const SAYS_NOTHING = new Set(['saved, errcode as text', 'saved, byte order mark']);

export interface ReadTally {
	reads: number;
	/** Those that gave every row once. */
	whole: number;
	/** Those that said that they failed. */
	failed: number;
	/** Rows that are missing, or there twice, in a read that ended well. */
	rowsLost: number;
	rowsDoubled: number;
}

async function save(fault: FaultCase, seed: number, { path, parameters }: (typeof SAVES)[number]): Promise<Tally> {
	return await withEmulator(fault, { referencesExist: false }, async (emulator) => {
		const random = new Random(seed);
		const [account = demoAccount] = emulator.gateway.settings.accounts;
		const { credential, outputs } = through(emulator, fault, parameters, Array.from({ length: ITEMS }, (_unused, item) => orderOf(item)));
		const itemOf = (number: unknown) => Number(/^NO-(\d+)$/.exec(String(number))?.[1] ?? NaN);
		const hit = random.choose(Math.min(fault.hits ?? 2, 2), ITEMS);
		emulator.chooseFault = ({ target, body }) => (target === path && hit.delete(itemOf((JSON.parse(body) as IDataObject).bill_no)) ? fault.strike({ emulator, account, random, credential }) : undefined);
		const items = (await outputs()).flat();
		const told = toldOf(items);
		await emulator.settled();
		// The firm has documents of its own.
		const booked = bookedOf(emulator.gateway.records.all.map(({ data }) => itemOf(data.bill_no)).filter((item) => !Number.isNaN(item)));
		return { ...judge(ITEMS, told, booked, fault.isKnown !== true), found: items.filter(({ json }) => json.lookedUp === true).length };
	});
}

async function read(fault: FaultCase, seed: number, { path, parameters }: (typeof READS)[number]): Promise<ReadTally> {
	return await withEmulator(fault, { referencesExist: false }, async (emulator) => {
		const random = new Random(seed);
		const { documents, records, settings } = emulator.gateway;
		const [account = demoAccount] = settings.accounts;
		for (let no = 0; no < STORED; no++) documents.save(account, { biz_type: 'ts_1', data: { no } });
		const stored = parameters.resource === 'record' ? records.of(account, 'scm.sal_order') : documents.all;
		const expected = new Set(stored.map(({ id }) => id));
		const { credential, outputs } = through(emulator, fault, parameters, [{}]);
		const hit = random.choose(Math.min(fault.hits ?? 2, 2), 3);
		let calls = -1;
		emulator.chooseFault = ({ target }) => {
			if (target.split('?')[0] !== path) return undefined;
			calls += 1;
			return hit.delete(calls) ? fault.strike({ emulator, account, random, credential }) : undefined;
		};
		const [rows = [], failed = []] = await outputs();
		const ids = new Set(rows.map(({ json }) => String(json.id)));
		const isDone = failed.length === 0;
		const rowsLost = isDone ? [...expected].filter((id) => !ids.has(id)).length : 0;
		const rowsDoubled = rows.length - ids.size;
		return { reads: 1, whole: Number(isDone && rowsLost + rowsDoubled === 0), failed: failed.length, rowsLost, rowsDoubled };
	});
}

const withoutTls = faults.map((fault, seed) => ({ fault, seed })).filter(({ fault }) => !fault.usesTls);

/** Every fault that needs no TLS strikes saves of standard documents. */
export async function standardSaves(count: number): Promise<Tally> {
	const total = emptyTally();
	await inLanes(count, withoutTls.flatMap(({ fault, seed }) => SAVES.map((sender) => ({ fault, seed, sender }))), async ({ fault, seed, sender }) => add(total, await save(fault, seed, sender)));
	return total;
}

/** Every fault that a read can meet strikes the pages of two lists. */
export async function reads(count: number): Promise<ReadTally> {
	const total: ReadTally = { reads: 0, whole: 0, failed: 0, rowsLost: 0, rowsDoubled: 0 };
	const work = withoutTls.filter(({ fault }) => !SAYS_NOTHING.has(fault.name)).flatMap(({ fault, seed }) => READS.map((reader) => ({ fault, seed, reader })));
	await inLanes(count, work, async ({ fault, seed, reader }) => {
		const tally = await read(fault, seed, reader);
		for (const name of Object.keys(total) as Array<keyof ReadTally>) total[name] += tally[name];
		if (tally.rowsLost + tally.rowsDoubled > 0) console.log(`${fault.name}, ${reader.path}: rows lost ${tally.rowsLost}, doubled ${tally.rowsDoubled}`);
	});
	return total;
}
