import { createRequire } from 'node:module';
import { resolve } from 'node:path';

import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import type { parseExact as ParseExact } from '../../nodes/KingdeeJdy/gateway/json/json.ts';
import type { targetOf as TargetOf } from '../../nodes/KingdeeJdy/operations/common/references/targets.ts';
import type { RememberedReferences as Remembered } from '../../nodes/KingdeeJdy/shared/references/remembered.ts';
import { Emulator } from '../emulator/server.mts';
import { KingdeeJdy, KingdeeJdyApi } from '../helpers/built.mts';
import { tokenCredential } from '../helpers/credentials.mts';
import { runWorkflow } from '../helpers/engine.mts';
import { heapMb, measure, median } from './measure.mts';

const load = createRequire(resolve('package.json'));
const { parseExact } = load('./dist/nodes/KingdeeJdy/gateway/json/json.js') as { parseExact: typeof ParseExact };
const { targetOf } = load('./dist/nodes/KingdeeJdy/operations/common/references/targets.js') as { targetOf: typeof TargetOf };
const { RememberedReferences } = load('./dist/nodes/KingdeeJdy/shared/references/remembered.js') as { RememberedReferences: typeof Remembered };

const ORDERS = 200;
const LINES = 5;
const PRODUCTS = { all: 5000, used: 60 };
const CUSTOMERS = { all: 2000, used: 15 };
const EMPLOYEES = 5;
const UNITS = ['个', '盒', '箱', '千克'];
const ROUNDS = 7;

const many = (count: number, row: (no: number) => IDataObject): IDataObject[] => Array.from({ length: count }, (_unused, no) => row(no));
const FIRM = [
	...UNITS.map((name, no) => ({ entity: 'bd.measure_unit', number: `DW${no}`, name })),
	...many(3, (no) => ({ entity: 'bd.store', number: `CK${no}`, name: `仓库 ${no}` })),
	...many(EMPLOYEES, (no) => ({ entity: 'bd.emp', number: `ZY${no}`, name: `职员 ${no}` })),
	...many(CUSTOMERS.all, (no) => ({ entity: 'bd.customer', number: `KH${no}`, name: `客户 ${no}` })),
	...many(PRODUCTS.all, (no) => ({ entity: 'bd.material', number: `SP${no}`, name: `商品 ${no}`, base_unit_name: UNITS[no % UNITS.length] })),
];

/** Of all that there is, what is used stands far apart. */
const used = (no: number, { all, used: count }: { all: number; used: number }): number => (no % count) * Math.floor(all / count);

const orders = many(ORDERS, (order) => ({
	bill_date: '2026-03-01',
	customer_number: `KH${used(order, CUSTOMERS)}`,
	emp_name: `职员 ${order % EMPLOYEES}`,
	material_entity: many(LINES, (line) => {
		const product = used(order * LINES + line, PRODUCTS);
		return { material_number: `SP${product}`, unit_name: UNITS[product % UNITS.length], stock_name: `仓库 ${line % 3}`, qty: 1, price: 2, is_free: false, delivery_date: '2026-03-31' };
	}),
}));

/** The node saves sales orders; gives its time on this processor, with what the emulator takes for its answers. */
async function save(credential: ICredentialDataDecryptedObject, items: IDataObject[], options: IDataObject): Promise<number> {
	const place = { typeVersion: 1, position: [0, 0] as [number, number] };
	const parameters = { resource: 'record', operation: 'save', type: { __rl: true, mode: 'list', value: 'scm/sal_order' }, dataMode: 'inputItem', options: { callsPerMinute: 0, ...options } };
	let saved = 0;
	const { cpuMs } = await measure(async () => {
		const workflow = {
			name: 'orders',
			nodes: [
				{ id: '1', name: 'Start', type: 'n8n-nodes-base.manualTrigger', ...place, parameters: {} },
				{ id: '2', name: 'JDY', type: 'jdy', ...place, parameters, credentials: { kingdeeJdyApi: { id: '1', name: 'jdy' } } },
			],
			connections: { Start: { main: [[{ node: 'JDY', type: 'main' as const, index: 0 }]] } },
			pinData: { Start: items.map((json) => ({ json })) },
		};
		const result = await runWorkflow(workflow, { nodeTypes: { jdy: new KingdeeJdy() }, credentialType: new KingdeeJdyApi(), credential });
		saved = result.outputs('JDY').flat().length;
	});
	if (saved !== items.length) throw new Error(`${saved} orders instead of ${items.length}`);
	return cpuMs;
}

const readsOf = (emulator: Emulator) => Object.entries(emulator.calls()).reduce((sum, [name, count]) => (/^GET (?:bd|sys)\//.test(name) ? sum + count : sum), 0);

/**
 * 200 orders of a firm with 5,000 products and 2,000 customers, by numbers and names.
 *
 * @returns calls of the first and of the second run, and by how much an order costs more than the same one with IDs, in ms
 */
export async function lookUps(): Promise<{ calls: number; again: number; ms: number }> {
	const emulator = await Emulator.start({ callsPerSecond: Infinity, callsPerMinute: Infinity, masterData: FIRM as never });
	// Another token is another account.
	const credential = tokenCredential(emulator);
	try {
		await save(credential, orders, {});
		const calls = readsOf(emulator);
		await save(credential, orders, {});
		const again = readsOf(emulator) - calls;
		const withIds = emulator.ledger.filter(({ method }) => method === 'POST').slice(-ORDERS).map(({ body }) => JSON.parse(body) as IDataObject);
		const differences: number[] = [];
		for (let round = 0; round < ROUNDS; round++) {
			const byName = await save(credential, orders, {});
			differences.push(byName - (await save(credential, withIds, { references: 'asGiven' })));
		}
		return { calls, again, ms: median(differences) / ORDERS };
	} finally {
		await emulator.stop();
	}
}

const REMEMBERED = 50_000;
const PAGE = 100;

/** What 50,000 remembered customers keep on the heap, in MB, read as they come from JDY. */
export async function rememberedMb(): Promise<number> {
	const target = await targetOf('customer', 'comma' as never);
	if (!target) throw new Error('No customers');
	const remembered = new RememberedReferences();
	const account = JSON.stringify(['https://api.kingdee.com', '244338', 'd1b7ec1c0d5e4e5b9d3c1a1fd2a3b4c5']);
	const before = heapMb();
	for (let page = 0; page < REMEMBERED / PAGE; page++) {
		const rows = many(PAGE, (no) => ({ id: String(1_600_000_000_000_000_000n + BigInt(page * PAGE + no)), number: `KH${page * PAGE + no}`, name: `深圳市某某电子有限公司 ${page * PAGE + no}`, enable: '1', group_name: '批发', remark: '' }));
		const parsed = parseExact(JSON.stringify({ rows })) as { rows: IDataObject[] };
		for (const row of parsed.rows.flatMap((one) => target.read(one))) remembered.keep(account, { target, by: 'name', value: row.name ?? '' }, row, 0);
	}
	const mb = heapMb() - before;
	if (!remembered.get(account, { target, by: 'name', value: `深圳市某某电子有限公司 ${REMEMBERED - 1}` }, 0)) throw new Error('Nothing was remembered');
	return mb;
}
