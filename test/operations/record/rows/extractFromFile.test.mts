import { readFileSync } from 'node:fs';

import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { KingdeeJdyApi } from '../../../../credentials/KingdeeJdyApi.credentials.ts';
import { Emulator } from '../../../emulator/server.mts';
import { demoAccount } from '../../../emulator/settings.mts';
import { nodeTypesFor } from '../../../examples/exampleNodes.mts';
import { tokenCredential } from '../../../helpers/credentials.mts';
import { runWorkflow } from '../../../helpers/engine.mts';
import { secretsOf } from '../../../helpers/jdy.mts';
import { bodiesOf } from '../../../helpers/kingdeeJdy.mts';
import { KINGDEE_JDY } from '../../../helpers/nodeType.mts';
import { freshStore } from '../../../helpers/processedData.mts';
import { keepProduced } from '../../../helpers/produced.mts';

let emulator: Emulator;

beforeEach(async () => {
	await freshStore();
	emulator = await Emulator.start({ callsPerSecond: Infinity, callsPerMinute: Infinity, seed: 'firm' });
});
afterEach(async () => await emulator.stop());

/** A node of a chain: its name, what it is, and its parameters. */
type Step = [name: string, type: string, typeVersion: number, parameters: INodeParameters];

const FROM_CSV: Step = ['Rows', 'n8n-nodes-base.extractFromFile', 1.1, { operation: 'csv', options: {} }];
const FROM_CSV_WITHOUT_MARK: Step = ['Rows', 'n8n-nodes-base.extractFromFile', 1.1, { operation: 'csv', options: { enableBOM: true } }];
/** What is in GBK is read as a text, and written as a file that Extract From CSV can read. */
const FROM_GBK: Step[] = [
	['Text', 'n8n-nodes-base.extractFromFile', 1.1, { operation: 'text', options: { encoding: 'gbk' } }],
	['File again', 'n8n-nodes-base.convertToFile', 1.1, { operation: 'toText', sourceProperty: 'data', options: {} }],
	FROM_CSV,
];

/** Runs a file of sheets/ through n8n's own nodes into the node Kingdee JDY. */
async function sheet(file: string, steps: Step[], parameters: INodeParameters) {
	const credential = tokenCredential(emulator);
	const all: Step[] = [...steps, ['JDY', KINGDEE_JDY, 1, { resource: 'record', options: { callsPerMinute: 0 }, ...parameters }]];
	const names = ['File', ...all.map(([name]) => name)];
	const nodes = all.map(([name, type, typeVersion, given]): INode => ({
		...{ id: name, name, type, typeVersion, position: [0, 0], parameters: given },
		...(type === KINGDEE_JDY && { onError: 'continueErrorOutput', credentials: { kingdeeJdyApi: { id: 'jdy', name: 'Kingdee JDY' } } }),
	}));
	const start: INode = { id: 'File', name: 'File', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} };
	const data = readFileSync(new URL(`sheets/${file}`, import.meta.url)).toString('base64');
	const workflow = {
		name: 'A sheet',
		nodes: [start, ...nodes],
		connections: Object.fromEntries(names.slice(0, -1).map((name, index) => [name, { main: [[{ node: names[index + 1] ?? '', type: 'main' as const, index: 0 }]] }])),
		pinData: { File: [{ json: {}, binary: { data: { data, mimeType: 'text/csv', fileName: file, fileExtension: 'csv' } } }] },
	};
	const result = await runWorkflow(workflow, { nodeTypes: nodeTypesFor(nodes, []), credentialType: new KingdeeJdyApi(), credential });
	keepProduced({ data: result.run.data, error: result.error, logs: result.logs, hints: result.hints('JDY') }, secretsOf(emulator, credential));
	const [done = [], failed = []] = result.outputs('JDY').map((items) => items.map(({ json }) => json));
	return { done, messages: failed.map(({ error }) => String((error as IDataObject).message)), hints: result.hints('JDY').map(({ message }) => message), rows: result.outputs('Rows')[0] ?? [] };
}

const ORDERS = { operation: 'saveRows', type: 'scm/sal_order', fillDown: true };

describe('the export of a shop, out of its file', () => {
	const FILES: Array<[what: string, file: string, steps: Step[]]> = [
		['in UTF-8 with its mark', 'shop-export.csv', [FROM_CSV]],
		['in UTF-8, the mark excluded', 'shop-export.csv', [FROM_CSV_WITHOUT_MARK]],
		['in GBK', 'shop-export-gbk.csv', FROM_GBK],
	];

	it.each(FILES)('becomes orders, though blank cells are missing in the items: %s', async (_what, file, steps) => {
		const run = await sheet(file, steps, ORDERS);
		expect(run.rows[1]?.json).not.toHaveProperty('客户名称');
		expect(run.done).toMatchObject([
			{ order: 'WX20260305001', outcome: 'saved', rows: [1, 2] },
			{ order: 'WX20260305002', outcome: 'saved', rows: [3] },
		]);
		expect(run.messages).toEqual([
			expect.stringMatching(/^Item 3: Row 5 \(WX20260305003\): "商品编码" "00123" was not found among the products/),
			expect.stringMatching(/^Item 4: Row 5 \(WX20260305003\)/),
			expect.stringMatching(/^Item 5: Row 6 \(WX20260305004\): "客户名称" "广州百货 88" was not found among the customers/),
			expect.stringMatching(/^Item 6: Row 8 \(WX20260305005\): "单位" "各" was not found among the product units/),
			expect.stringMatching(/^Item 7: Row 8/),
		]);
		expect(run.hints).toContain('Rows that belong to no document and were left out: 1 empty, 1 of sums');
		expect(bodiesOf(emulator, '/jdy/v2/scm/sal_order')).toMatchObject([
			{ bill_date: '2026-03-05', remark: '急单', material_entity: [{ material_number: 'SP0001', qty: 10, price: 1.5 }, { material_number: 'SP0002', qty: 1000, price: 2.5 }] },
			{ bill_date: '2026-03-05', contact_phone: '13800000002', material_entity: [{ qty: 5, price: 0.8 }] },
		]);
		expect(bodiesOf(emulator, '/jdy/v2/scm/sal_order')[1]).not.toHaveProperty('remark');
	});

	it('is grouped by the column that is named, also where the mark of the file stands before it', async () => {
		const { done } = await sheet('shop-export.csv', [FROM_CSV], { ...ORDERS, groupBy: '订单号' });
		expect(done.map(({ order }) => order)).toEqual(['WX20260305001', 'WX20260305002']);
	});

	it('is saved once, in whatever encoding it comes', async () => {
		await sheet('shop-export.csv', [FROM_CSV], ORDERS);
		const { done } = await sheet('shop-export-gbk.csv', FROM_GBK, ORDERS);
		expect(done.map(({ outcome }) => outcome)).toEqual(['alreadySaved', 'alreadySaved']);
		expect(bodiesOf(emulator, '/jdy/v2/scm/sal_order')).toHaveLength(2);
	});

	it('offers to fill down where it is not said', async () => {
		const { done, messages } = await sheet('shop-export.csv', [FROM_CSV], { ...ORDERS, fillDown: false });
		expect(done).toMatchObject([{ order: 'WX20260305002' }]);
		expect(messages.filter((message) => message.includes('turn on Blank Cells Mean the Row Above'))).toHaveLength(6);
	});
});

it('purchase orders come out of their file, with percentages and slashes', async () => {
	const { done, messages } = await sheet('purchase.csv', [FROM_CSV], { operation: 'saveRows', type: 'scm/pur_order' });
	expect(done).toMatchObject([{ order: 'CG-0309-1', outcome: 'saved', rows: [1, 2] }, { order: 'CG-0309-2', outcome: 'saved', rows: [3] }]);
	expect(messages).toEqual([expect.stringContaining('Row 4 (CG-0309-3): "供应商名称" is "武汉制造厂 02", but "GYS0003" is 西安制造厂 03 (GYS0003)')]);
	expect(bodiesOf(emulator, '/jdy/v2/scm/pur_order')[0]).toMatchObject({ bill_date: '2026-03-09', supplier_number: 'GYS0001', material_entity: [{ qty: 200, tax_price: '1.13', cess: '13', delivery_date: '2026-03-20' }, { qty: 150, tax_price: '0.904' }] });
});

it('customers of a CRM come out of their file by Chinese headings: updated, created, and refused with what to correct', async () => {
	const { done, messages, hints } = await sheet('customers.csv', [FROM_CSV], { operation: 'upsert', type: 'bd/customer', dataMode: 'inputItem' });
	const idOf = (number: string) => emulator.gateway.records.find(demoAccount, 'bd.customer', { number })?.id;
	const employee = (number: string) => emulator.gateway.records.find(demoAccount, 'bd.emp', { number })?.id;
	expect(done).toMatchObject([
		{ number: 'KH0003', action: 'updated', id: idOf('KH0003') },
		{ number: 'KH0004', action: 'updated', id: idOf('KH0004') },
		{ number: 'KH0901', action: 'created', id: idOf('KH0901') },
	]);
	expect(messages).toEqual(['Item 3: Field "number" (Number) must be given, because documents are matched by it', '名称北京五金商行 02已存在']);
	expect(hints).toContainEqual(expect.stringMatching(/^2 employees, 2 customers looked up with \d calls$/));
	const bodies = emulator.ledger.filter(({ method, path }) => method === 'POST' && path === '/jdy/v2/bd/customer').map(({ body }) => JSON.parse(body) as IDataObject);
	expect(bodies).toEqual([
		{ id: idOf('KH0003'), number: 'KH0003', name: '深圳五金商行 03', contact_persons: [{ contact_person: '周经理', mobile: '13900009999' }] },
		{ id: idOf('KH0004'), number: 'KH0004', name: '杭州五金商行 04', addr: '杭州市西湖区文三路 8 号', saler_id: employee('ZY03') },
		{ number: 'KH0901', name: '广州百货 88', addr: '广州市天河路 1 号', remark: '展会', contact_persons: [{ contact_person: '陈小姐', mobile: '13911112222' }], saler_id: employee('ZY01') },
		{ number: 'KH0902', name: '北京五金商行 02', remark: '同名' },
	]);
});
