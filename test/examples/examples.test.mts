import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { IDataObject } from 'n8n-workflow';

import { answerWith, refuse, succeed } from '../emulator/replies.mts';
import { Emulator } from '../emulator/server.mts';
import { demoAccount } from '../emulator/settings.mts';
import { tokenCredential } from '../helpers/credentials.mts';
import { problemsOf } from './exampleChecks.mts';
import { failFor, runExample } from './exampleRun.mts';
import { freshStore } from '../helpers/processedData.mts';
import { listen } from '../helpers/pushTrigger.mts';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start();
	await freshStore();
});
afterEach(async () => await emulator.stop());

it.each(readdirSync('examples'))('%s needs nothing but a credential to be chosen', (file) => {
	expect(problemsOf(`examples/${file}`)).toEqual([]);
});

/** The order numbers in the books, and the IDs they have there. */
const booked = () => new Map(emulator.gateway.documents.all.map(({ id, data }) => [data.order_no, id]));

it('save-documents.json saves its two orders', async () => {
	await runExample(emulator, 'save-documents.json');
	expect(emulator.gateway.documents.all.map(({ data }) => JSON.stringify(data))).toEqual([
		'{"order_no":"SO-2026-0001","bill_date":"2026-11-22","amount":1280.5,"customer":{"id":"1234567890123456789","name":"上海示例贸易有限公司"}}',
		'{"order_no":"SO-2026-0002","bill_date":"2026-11-22","amount":99,"customer":{"id":"1234567890123456790","name":"Example Ltd."}}',
	]);
});

describe('an order that is posted', () => {
	const order = { orderNo: 'SO-2026-0301', date: '2026-11-22', amount: 1280.5, customerId: '1234567890123456789' };
	const post = async (body: IDataObject, credential = tokenCredential(emulator)) =>
		(await runExample(emulator, 'webhook-to-document.json', { headers: {}, params: {}, query: {}, body }, credential)).answers;

	it('is saved and answered with its ID, once', async () => {
		expect(await post(order)).toEqual([{ statusCode: 200, headers: {}, body: { id: '1700000000000000001', alreadySaved: false } }]);
		expect(await post(order)).toEqual([{ statusCode: 200, headers: {}, body: { id: null, alreadySaved: true } }]);
		expect(emulator.gateway.documents.all.map(({ data }) => JSON.stringify(data))).toEqual(['{"order_no":"SO-2026-0301","bill_date":"2026-11-22","amount":1280.5,"customer":{"id":"1234567890123456789"}}']);
	});

	it.each([
		['JDY refuses it', order, { refused: '0301' }, 422, { outcome: 'rejected', error: '字段 bill_date 格式错误' }],
		['the connection breaks', order, { unknown: '0301' }, 202, { outcome: 'unknown', error: 'The connection broke before the whole answer came back' }],
		['it has no number', { ...order, orderNo: '' }, {}, 400, { outcome: 'notSent', error: 'Item 0: Deduplication Key must not be blank' }],
		['its amount is no number', { ...order, amount: 'many' }, {}, 400, { outcome: 'notSent', error: 'Item 0: Field "amount" is not a number' }],
	])('is answered with the status and the reason when %s', async (_case, body, faults, statusCode, told) => {
		failFor(emulator, faults);
		expect(await post(body)).toEqual([{ statusCode, headers: {}, body: { ...told, message: expect.stringMatching(/\w/) } }]);
	});

	it('is answered with 503 when JDY cannot be reached', async () => {
		const answers = await post(order, { ...tokenCredential(emulator), gatewayUrl: 'http://127.0.0.1:9' });
		expect(answers).toMatchObject([{ statusCode: 503, body: { outcome: 'notSent', error: 'No connection to Kingdee JDY' } }]);
	});
});

describe('a spreadsheet', () => {
	const incomplete = 'The order number is missing or the amount is not above 0.';
	const run = async () => await runExample(emulator, 'spreadsheet-with-report.json');

	it('goes to three ends: saved, unknown, and one report of what is surely not saved', async () => {
		failFor(emulator, { refused: '0102', unknown: '0105' });
		const { items } = await run();
		expect([...booked().keys()].sort()).toEqual(['SO-2026-0101', 'SO-2026-0105', 'SO-2026-0106']);
		expect(items('Saved')).toEqual(['SO-2026-0101', 'SO-2026-0106'].map((orderNo) => ({ orderNo, id: booked().get(orderNo), alreadySaved: false })));
		expect(items('Unknown: look in JDY')).toEqual([{ orderNo: 'SO-2026-0105', reason: expect.stringMatching(/^The connection broke .* Look for it in JDY/) }]);
		expect(items('Report')).toEqual([
			{
				notSaved: [
					{ row_number: 3, orderNo: 'SO-2026-0102', reason: '字段 bill_date 格式错误. This document was not saved. A field has a bad format. Dates are yyyy-MM-dd or yyyy-MM-dd HH:mm:ss.' },
					{ row_number: 4, orderNo: '', reason: incomplete },
					{ row_number: 5, orderNo: 'SO-2026-0104', reason: incomplete },
				],
			},
		]);
	});

	it('is saved without duplicates when it is run again, and only what was refused is sent', async () => {
		failFor(emulator, { refused: '0102', unknown: '0105' });
		await run();
		emulator.chooseFault = () => undefined;
		const { items } = await run();
		expect(items('Saved').map(({ orderNo, alreadySaved }) => [orderNo, alreadySaved])).toEqual([['SO-2026-0101', true], ['SO-2026-0102', false], ['SO-2026-0106', true]]);
		expect(items('Unknown: look in JDY')).toHaveLength(1);
		expect(emulator.savedIds).toHaveLength(4);
		expect(items('Report')).toMatchObject([{ notSaved: [{ row_number: 4 }, { row_number: 5 }] }]);
	});
});

describe('a document that is read back', () => {
	const sent = { order_no: 'SO-2026-0401', bill_date: '2026-11-22', amount: 1280.5, customer_id: '1234567890123456789' };
	const row = { ...sent, id: '1700000000000000001' };
	const readBack = async () => (await runExample(emulator, 'save-and-read-back.json')).items;
	const detail = (data: unknown) => {
		const reply = succeed(data, { saves: false });
		emulator.chooseFault = ({ target }) => (target === '/jdy/v2/cust/detail' ? reply : undefined);
	};

	it('matches what was saved', async () => {
		expect((await readBack())('Compare')).toEqual([{ matches: true, sent, readBack: { ...row, check: false } }]);
		expect(emulator.ledger.map(({ path, status }) => [path, status])).toEqual([['/jdy/v2/cust/save', 200], ['/jdy/v2/cust/detail', 200]]);
	});

	it.each([
		['is nested twice', { data: row }, true],
		['has its amount as text', { ...row, amount: '1280.50' }, true],
		['has another last digit', { ...row, customer_id: '1234567890123456788' }, false],
		['lacks a field', { ...row, bill_date: undefined }, false],
	])('is compared when it %s', async (_case, data, matches) => {
		detail(data);
		expect((await readBack())('Compare')).toMatchObject([{ matches }]);
	});

	it.each([
		['is not there', null, 'No document was found'],
		['is another one', { ...row, id: '17' }, 'JDY gave another document than the conditions name'],
	])('does not match when it %s', async (_case, data, reason) => {
		detail(data);
		const items = await readBack();
		expect([items('Compare'), items('Not read back')]).toEqual([[], [{ matches: false, reason }]]);
	});
});

describe('customers that the HTTP Request node lists', () => {
	const run = async () => await runExample(emulator, 'call-with-http-request.json');

	it('come one by one', async () => {
		const { id } = emulator.gateway.records.add(demoAccount, emulator.gateway.records.make(demoAccount, 'bd.customer', { name: '上海示例贸易有限公司' }, 'KH0001'));
		expect((await run()).items('One item per customer')).toMatchObject([{ id, number: 'KH0001', name: '上海示例贸易有限公司' }]);
		expect(emulator.ledger.map(({ path, status }) => [path, status])).toEqual([['/jdy/v2/bd/customer', 200]]);
	});

	it('stop the run where JDY says no with HTTP 200', async () => {
		emulator.chooseFault = () => refuse(1030002006, 'page 格式错误');
		expect((await run()).error?.message).toBe('page 格式错误 (1030002006)');
	});
});

describe('orders that may be there already', () => {
	const run = async () => await runExample(emulator, 'find-or-create.json');

	it('are saved where they are missing, and left alone where they are found', async () => {
		emulator.gateway.documents.save(demoAccount, { biz_type: 'ts_45465632434343', data: { order_no: 'SO-2026-0502' } });
		expect((await run()).items('Save what is missing').map(({ orderNo, outcome }) => [orderNo, outcome])).toEqual([['SO-2026-0501', 'saved'], ['SO-2026-0503', 'saved']]);
		expect((await run()).items('Save what is missing')).toEqual([]);
		expect([...booked().keys()]).toEqual(['SO-2026-0502', 'SO-2026-0501', 'SO-2026-0503']);
	});

	it('are not saved where the list is not whole', async () => {
		emulator.gateway.settings.listShape = 'rows';
		emulator.chooseFault = ({ target }) => (target === '/jdy/v2/cust/list' ? answerWith(200, '{"errcode":0,"description":"success","data":{"data":{"rows":[],"count":1}}}') : undefined);
		const { error } = await run();
		expect(error?.message).toMatch(/of 1 row that JDY counts 1 did not come/);
		expect(emulator.savedIds).toEqual([]);
	});
});

it('orders are approved that this run has saved, in one call', async () => {
	emulator.gateway.settings.operateShape = 'ids';
	const { items } = await runExample(emulator, 'approve-what-was-saved.json');
	expect(items('Approve')).toHaveLength(3);
	expect(emulator.gateway.documents.all.map(({ isAudited }) => isAudited)).toEqual([true, true, true]);
	expect(emulator.ledger.filter(({ path }) => path.endsWith('/operate'))).toHaveLength(1);
	expect((await runExample(emulator, 'approve-what-was-saved.json')).items('Saved earlier')).toHaveLength(3);
});

describe('a deletion', () => {
	const NO = 'SO-2026-0501';
	const ask = async (body: IDataObject) => (await runExample(emulator, 'delete-with-confirmation.json', { headers: {}, params: {}, query: {}, body })).answers;
	const put = (orderNo: string, isAudited = false) => {
		emulator.gateway.documents.save(demoAccount, { biz_type: 'ts_45465632434343', data: { order_no: orderNo } });
		const document = emulator.gateway.documents.all.at(-1);
		if (document) document.isAudited = isAudited;
	};

	it('takes the document that is named and confirmed, and no other', async () => {
		for (const orderNo of ['SO-2026-0500', NO, 'SO-2026-0502']) put(orderNo);
		expect(await ask({ orderNo: NO, confirm: NO })).toMatchObject([{ statusCode: 200, body: { id: '1700000000000000002' } }]);
		expect([...booked().keys()]).toEqual(['SO-2026-0500', 'SO-2026-0502']);
	});

	it.each([
		['is not confirmed', { orderNo: NO, confirm: 'SO-2026-0502' }, [NO], false, 400],
		['names nothing', { orderNo: '', confirm: '' }, [NO], false, 400],
		['names what is not there', { orderNo: NO, confirm: NO }, ['SO-2026-0500'], false, 404],
		['names two documents', { orderNo: NO, confirm: NO }, [NO, NO], false, 404],
		['names an approved document', { orderNo: NO, confirm: NO }, [NO], true, 409],
	])('deletes nothing when it %s', async (_case, body, numbers, isAudited, statusCode) => {
		for (const orderNo of numbers) put(orderNo, isAudited);
		expect(await ask(body)).toMatchObject([{ statusCode }]);
		expect(emulator.savedIds).toHaveLength(numbers.length);
	});
});

describe('the nightly sync', () => {
	const sync = async () => await runExample(emulator, 'nightly-sync.json');

	it('sends every night what is not in JDY yet', async () => {
		expect((await sync()).items('Summary')).toEqual([{ saved: 3, savedBefore: 0 }]);
		expect((await sync()).items('Summary')).toEqual([{ saved: 0, savedBefore: 3 }]);
		expect([...booked().keys()]).toEqual(['SO-2026-0201', 'SO-2026-0202', 'SO-2026-0203']);
	});

	it('stops at the first order that fails, has it told, and goes on there', async () => {
		failFor(emulator, { refused: '0202' });
		const { error, items, run } = await sync();
		expect(items('Summary')).toEqual([]);
		const execution = { id: '7', url: 'https://n8n.example.com/workflow/w1/executions/7', error, lastNodeExecuted: run.data.resultData.lastNodeExecuted, mode: 'trigger' };
		const told = JSON.parse(JSON.stringify({ execution, workflow: { id: 'w1', name: 'Kingdee JDY: nightly sync' } })) as IDataObject;
		expect((await runExample(emulator, 'nightly-sync-errors.json', told)).items('Send it')).toEqual([
			{
				subject: 'n8n: Kingdee JDY: nightly sync failed',
				text: `Workflow: Kingdee JDY: nightly sync
Node: Kingdee JDY Custom Save
Error: 字段 bill_date 格式错误
Outcome: rejected
Advice: This document was not saved. A field has a bad format. Dates are yyyy-MM-dd or yyyy-MM-dd HH:mm:ss. JDY's error code: 1030002006. Deduplication Key: SO-2026-0202. Saved before, so do not send them again: 1 document: item 0 (ts_45465632434343, SO-2026-0201, ID 1700000000000000001).
Execution: https://n8n.example.com/workflow/w1/executions/7`,
			},
		]);
		emulator.chooseFault = () => undefined;
		expect((await sync()).items('Summary')).toEqual([{ saved: 2, savedBefore: 1 }]);
	});

	it('has it told as well when its trigger fails', async () => {
		const told = { trigger: { error: { message: 'No such time' }, mode: 'trigger' }, workflow: { id: 'w1', name: 'Sync' } };
		const [message] = (await runExample(emulator, 'nightly-sync-errors.json', told)).items('Send it');
		expect(message?.text).toBe('Workflow: Sync\nNode: the trigger\nError: No such time\nOutcome: none\nAdvice: none\nExecution: none');
	});
});

describe('a message that JDY pushes', () => {
	const push = async (data: unknown, times = 1) => {
		const { webhooks, pusher, run } = await listen(emulator, { parameters: { bizTypes: ['sal_bill_outbound'] } });
		for (let nth = 0; nth < times; nth++) await pusher.message({ bizType: 'sal_bill_outbound', data });
		const { items } = await run();
		await webhooks.stop();
		return await Promise.all(items.map(async (item) => await runExample(emulator, 'pushed-message-to-document.json', item)));
	};

	it('saves a document once, however often JDY tells of it', async () => {
		const { id } = emulator.gateway.records.add(demoAccount, emulator.gateway.records.make(demoAccount, 'scm.sal_out_bound', { customer_id: '1234567890123456789' }, 'XSCK-1'));
		await push([id]);
		await push([id], 2);
		expect(emulator.gateway.documents.all.map(({ data }) => data)).toEqual([{ outbound_id: id, outbound_no: 'XSCK-1', customer: { id: '1234567890123456789' } }]);
	});

	it('saves nothing where it cannot be read back', async () => {
		const [run] = await push(['1']);
		expect(emulator.savedIds).toEqual([]);
		expect(run?.items('Look at it')).toMatchObject([{ verified: false, bizType: 'sal_bill_outbound', id: '1' }]);
	});
});

it('a new customer is told to a group', async () => {
	const told: unknown[] = [];
	const chat = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => void chunks.push(chunk)).on('end', () => {
			told.push([request.url, JSON.parse(Buffer.concat(chunks).toString('utf8'))]);
			response.writeHead(200, { 'content-type': 'application/json' }).end('{"errcode":0,"errmsg":"ok"}');
		});
	});
	await new Promise<void>((resolve) => void chat.listen(0, '127.0.0.1', resolve));
	const url = `http://127.0.0.1:${(chat.address() as AddressInfo).port}`;
	const { items } = await runExample(emulator, 'new-customer-to-chat.json', { number: 'KH0001', name: '上海示例贸易有限公司' }, undefined, url);
	chat.closeAllConnections();
	await new Promise((resolve) => chat.close(resolve));
	expect(told).toEqual([['/cgi-bin/webhook/send?key=YOUR-ROBOT', { msgtype: 'text', text: { content: 'New customer KH0001: 上海示例贸易有限公司' } }]]);
	expect(items('Tell the group')).toEqual([{ errcode: 0, errmsg: 'ok' }]);
});

describe('the export of a shop', () => {
	it('becomes sales orders that are audited, once, and what is wrong a report', async () => {
		await emulator.stop();
		emulator = await Emulator.start({ seed: 'firm' });
		const first = await runExample(emulator, 'shop-export-to-sales-orders.json');
		expect(first.error).toBeUndefined();
		expect(first.items('Save orders').map(({ order, outcome, rows }) => [order, outcome, rows])).toEqual([
			['WX20260305001', 'saved', [1, 2]],
			['WX20260305002', 'saved', [3]],
			['WX20260305003', 'saved', [4, 5]],
			['WX20260305005', 'saved', [7, 8]],
		]);
		const ids = first.items('Save orders').map(({ id }) => id);
		const saved = emulator.gateway.records.of(demoAccount, 'scm.sal_order').filter(({ id }) => ids.includes(id));
		expect(saved.map(({ isAudited }) => isAudited)).toEqual([true, true, true, true]);
		expect(first.items('Report')).toEqual([{ notSaved: [{ order: 'WX20260305004', reason: expect.stringMatching(/Row 6 \(WX20260305004\): "客户名称" "广州百货 88" was not found among the customers/), advice: expect.any(String) }] }]);
		const again = await runExample(emulator, 'shop-export-to-sales-orders.json');
		expect(again.items('Save orders').map(({ outcome }) => outcome)).toEqual(['alreadySaved', 'alreadySaved', 'alreadySaved', 'alreadySaved']);
		expect(again.items('Audit')).toEqual([]);
	});
});

it('customers of a CRM are updated or created, and one whose salesperson is unknown is told', async () => {
	await emulator.stop();
	emulator = await Emulator.start({ seed: 'firm' });
	const customer = (wanted: string) => emulator.gateway.records.of(demoAccount, 'bd.customer').filter(({ number }) => number === wanted);
	const [known] = customer('KH0003');
	const { items } = await runExample(emulator, 'crm-customer-upsert.json');
	expect(items('What was done')).toEqual([
		{ number: 'KH0003', action: 'updated', id: known?.id },
		{ number: 'KH0901', action: 'created', id: customer('KH0901')[0]?.id },
	]);
	expect(items('To correct')).toEqual([{ number: 'KH0902', reason: expect.stringContaining('"陈无名" was not found among the employees') }]);
	expect(customer('KH0003')).toHaveLength(1);
	expect(customer('KH0902')).toEqual([]);
});

it('what the stock report shows to be low is ordered by numbers, once a day', async () => {
	await emulator.stop();
	emulator = await Emulator.start({ seed: 'firm' });
	const before = emulator.gateway.records.of(demoAccount, 'scm.pur_order').length;
	const { items } = await runExample(emulator, 'purchase-from-stock-report.json');
	expect(items('Save purchase order', 1)).toEqual([]);
	expect(items('Save purchase order')).toMatchObject([{ order: expect.stringMatching(/^CG-\d{8}$/), outcome: 'saved', rows: [1, 2, 3] }]);
	const { ledger } = emulator;
	const [body] = ledger.filter(({ path }) => path === '/jdy/v2/scm/pur_order').map((entry) => JSON.parse(entry.body) as IDataObject);
	// Of the firm's first three rows of stock 3, 6 and 9 are there.
	expect(body).toMatchObject({ supplier_number: 'GYS0001', material_entity: ['SP0002', 'SP0003', 'SP0004'].map((number) => ({ material_number: number, qty: 100, cess: '13' })) });
	expect((await runExample(emulator, 'purchase-from-stock-report.json')).items('Save purchase order')).toMatchObject([{ outcome: 'alreadySaved' }]);
	expect(emulator.gateway.records.of(demoAccount, 'scm.pur_order')).toHaveLength(before + 1);
});

it('a form makes a customer', async () => {
	const { items } = await runExample(emulator, 'form-to-customer.json', { Name: '上海示例贸易有限公司', Number: 'KH0999', Remark: '' });
	expect(items('Save customer')).toMatchObject([{ outcome: 'saved', number: 'KH0999', type: 'bd/customer' }]);
	expect(emulator.gateway.records.all.filter(({ entity }) => entity === 'bd.customer').map(({ data }) => data)).toEqual([{ name: '上海示例贸易有限公司', number: 'KH0999' }]);
});

it('the stock report becomes rows of a table, none lost', async () => {
	emulator.gateway.settings.rowsEverywhere = 250;
	const { items } = await runExample(emulator, 'stock-report-to-table.json');
	expect(items('Columns')).toHaveLength(250);
	expect(Object.keys(items('Columns')[0] ?? {})).toEqual(['product', 'name', 'warehouse', 'quantity']);
});

it('a changed sales order becomes a row', async () => {
	const changed = { id: '1800000000000000001', bill_no: 'XSDD-1', bill_date: '2026-03-01', customer_name: '示例', modify_time: '2026-03-02 10:00:00' };
	const { items } = await runExample(emulator, 'changed-orders-to-table.json', changed);
	expect(items('Columns')).toEqual([{ id: '1800000000000000001', number: 'XSDD-1', date: '2026-03-01', customer: '示例', changed: '2026-03-02 10:00:00' }]);
});
