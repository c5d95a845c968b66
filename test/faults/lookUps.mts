import type { IDataObject } from 'n8n-workflow';

import type { Emulator } from '../emulator/server.mts';
import { demoAccount } from '../emulator/settings.mts';
import type { Settings } from '../emulator/settings.mts';
import { faults } from './faults.mts';
import type { FaultCase } from './faults.mts';
import { add, bookedOf, emptyTally, judge, toldOf } from './judge.mts';
import type { Tally } from './judge.mts';
import { inLanes } from './lanes.mts';
import { OPTIONS, through, typeOf, withEmulator } from './nodeRun.mts';
import { Random } from './random.mts';

const SAVE = '/jdy/v2/scm/sal_order';
const HITS = 3;
/** Of so many look-ups the first ones are hit: later ones may not be made. */
const LOOK_UPS = 8;
const PARAMETERS = { resource: 'record', operation: 'save', type: typeOf('scm/sal_order'), dataMode: 'inputItem', options: OPTIONS };

/** What an order says, and the rows of the firm with traps that it means, by their numbers; none where it must be refused. */
interface Case {
	customer: IDataObject;
	product: IDataObject;
	unit?: string;
	means?: { customer: string; product: string; unit: string };
}

const CASES: Case[] = [
	{ customer: { customer_number: 'KH0001' }, product: { material_number: 'SP0001' }, unit: '箱', means: { customer: 'KH0001', product: 'SP0001', unit: '箱' } },
	{ customer: { customer_name: '上海五金商行' }, product: { material_name: '螺丝 M4' }, means: { customer: 'KH0001', product: 'SP0001', unit: '盒' } },
	{ customer: { customer_name: '深圳电子' }, product: { material_name: '电钻' }, means: { customer: 'KH0007', product: 'SP0008', unit: '个' } },
	{ customer: { customer_number: '0012' }, product: { material_number: '0012' }, means: { customer: '0012', product: '0012', unit: '个' } },
	{ customer: { customer_number: '12' }, product: { material_number: '12' }, unit: '个', means: { customer: '12', product: '12', unit: '个' } },
	{ customer: { customer_name: '空格商行' }, product: { material_barcode: '6901234567915' }, unit: '箱', means: { customer: 'KH0009', product: 'SP0003', unit: '箱' } },
	{ customer: { customer_name: '北京百货' }, product: { material_number: 'SP0001' } },
	{ customer: { customer_number: 'KH0001' }, product: { material_name: '扳手' } },
	{ customer: { customer_number: 'KH0001' }, product: { material_barcode: '6901234567946' } },
	{ customer: { customer_number: 'KH0001' }, product: { material_number: 'SP0003' }, unit: '盒' },
	{ customer: { customer_name: '停业商行' }, product: { material_number: 'SP0001' } },
	{ customer: { customer_number: 'KH00' }, product: { material_number: 'SP0001' } },
];

const orderOf = ({ customer, product, unit }: Case, item: number): IDataObject => ({
	bill_no: `NO-${item}`,
	bill_date: '2026-03-01',
	...customer,
	material_entity: [{ ...product, ...(unit !== undefined && { unit_name: unit }), qty: 2, price: 12.5, is_free: false, delivery_date: '2026-03-31' }],
});

/** How lists lie: a row on two pages, a row on none, filters and search without effect, disabled rows among the others. */
const LISTS: Array<[name: string, settings: Partial<Settings>]> = [
	['rows that repeat', { listSlip: () => 'repeats' }],
	['rows that are left out', { listSlip: () => 'omits' }],
	['too many rows', { listSlip: () => 'unfiltered' }],
	['no details by number', { detailByNumber: 'none' }],
];

/** Orders in the books that name a row other than the one that is meant. */
function wrongIds(emulator: Emulator): number {
	const [account = demoAccount] = emulator.gateway.settings.accounts;
	const idOf = (entity: string, key: 'number' | 'name', value: string) => emulator.gateway.records.of(account, entity).find(({ number, data }) => (key === 'number' ? number : data.name) === value)?.id;
	const isRight = (order: IDataObject): boolean => {
		const { means } = CASES[Number(String(order.bill_no).slice('NO-'.length))] ?? {};
		const [line] = order.material_entity as IDataObject[];
		if (!means || !line) return false;
		const expected = [idOf('bd.customer', 'number', means.customer), idOf('bd.material', 'number', means.product), idOf('bd.measure_unit', 'name', means.unit)];
		return [order.customer_id, line.material_id, line.unit_id].every((id, at) => expected[at] !== undefined && String(id) === expected[at]);
	};
	return emulator.gateway.records.of(account, 'scm.sal_order').filter(({ data }) => !isRight(data as IDataObject)).length;
}

export interface LookUpTally extends Tally {
	/** Documents in the books with an ID of something else. */
	wrongIds: number;
}

async function save(fault: FaultCase, seed: number, lists: Partial<Settings>): Promise<LookUpTally> {
	return await withEmulator(fault, { seed: 'traps', ...lists }, async (emulator) => {
		const random = new Random(seed);
		const [account = demoAccount] = emulator.gateway.settings.accounts;
		const { credential, outputs } = through(emulator, fault, PARAMETERS, CASES.map(orderOf));
		const hit = random.choose(HITS, LOOK_UPS);
		let calls = -1;
		emulator.chooseFault = ({ target }) => {
			if (target.startsWith(SAVE) || !/^\/jdy\/v2\/bd\//.test(target)) return undefined;
			calls += 1;
			return hit.delete(calls) ? fault.strike({ emulator, account, random, credential }) : undefined;
		};
		const told = toldOf((await outputs()).flat());
		await emulator.settled();
		const booked = bookedOf(emulator.gateway.records.of(account, 'scm.sal_order').map(({ data }) => Number(String(data.bill_no).slice('NO-'.length))));
		return { ...judge(CASES.length, told, booked, fault.isKnown !== true), wrongIds: wrongIds(emulator) };
	});
}

const NOTHING: FaultCase = { name: 'nothing', isKnown: true, strike: () => undefined };

/** Every fault that needs no TLS strikes look-ups of orders that name what they refer to; and lists that lie. */
export async function lookUps(count: number): Promise<LookUpTally> {
	const total = { ...emptyTally(), wrongIds: 0 };
	const work = [
		...faults.filter(({ usesTls }) => !usesTls).map((fault) => ({ fault, name: fault.name, lists: {} as Partial<Settings> })),
		...LISTS.map(([name, lists]) => ({ fault: NOTHING, name, lists })),
	];
	await inLanes(count, [...work.entries()], async ([seed, { fault, name, lists }]) => {
		const tally = await save(fault, seed, lists);
		add(total, tally);
		total.wrongIds += tally.wrongIds;
		if (tally.wrongIds + tally.lost + tally.misjudged + tally.duplicated > 0) console.log(`look-ups, ${name}: wrong IDs ${tally.wrongIds}, lost ${tally.lost}, duplicated ${tally.duplicated}, misjudged ${tally.misjudged}`);
	});
	return total;
}
