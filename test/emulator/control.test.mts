import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { controlLines } from './control.mts';
import { Emulator } from './server.mts';
import { demoAccount } from './settings.mts';

interface Seen {
	url: string;
	body: { bizType: string; data: unknown };
}

let emulator: Emulator;
const seen: Seen[] = [];
const receiver = createServer((request, response) => {
	const chunks: Buffer[] = [];
	request.on('data', (chunk: Buffer) => void chunks.push(chunk)).on('end', () => {
		seen.push({ url: request.url ?? '', body: JSON.parse(Buffer.concat(chunks).toString('utf8')) as Seen['body'] });
		response.end('taken');
	});
});
let to: string;
beforeAll(async () => {
	emulator = await Emulator.start({ seed: 'firm' });
	await new Promise<void>((resolve) => void receiver.listen(0, '127.0.0.1', resolve));
	to = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/webhook`;
});
beforeEach(() => void seen.splice(0));
afterAll(async () => {
	receiver.closeAllConnections();
	await new Promise((resolve) => receiver.close(resolve));
	await emulator.stop();
});

async function order(body: object): Promise<{ status: number; told: { id?: string; answers?: unknown[] } }> {
	const response = await fetch(`${emulator.url}/emulator/push`, { method: 'POST', body: JSON.stringify(body) });
	return { status: response.status, told: (await response.json()) as { id?: string; answers?: unknown[] } };
}

it('pushes a message about a record that somebody has changed', async () => {
	const { told } = await order({ to, bizType: 'sal_bill_order' });
	const [record] = emulator.gateway.records.of(demoAccount, 'scm.sal_order');
	expect(told).toEqual({ id: record?.id, answers: [{ status: 200, body: 'taken' }] });
	expect(record?.data.remark).toBe('changed by hand');
	expect(seen).toMatchObject([{ url: expect.stringMatching(/^\/webhook\?bizType=sal_bill_order&msgId=by-hand-\d+$/), body: { bizType: 'sal_bill_order', data: [record?.id] } }]);
});

it('pushes the same message as often as it is told to', async () => {
	await order({ to, bizType: 'bd_customer', times: 3 });
	expect(seen).toHaveLength(3);
	expect(new Set(seen.map(({ url }) => url)).size).toBe(1);
});

it.each([
	['test_address', '/webhook?bizType=test_address', {}],
	['app_authorize', expect.stringMatching(/^\/webhook\?bizType=app_authorize&msgId=/), [expect.objectContaining({ outerInstanceId: '1500000000000000001' })]],
])('pushes %s', async (bizType, url, data) => {
	await order({ to, bizType });
	expect(seen).toMatchObject([{ url, body: { bizType, data } }]);
});

it('says what it cannot do', async () => {
	expect((await order({ to: 'http://127.0.0.1:9/', bizType: 'sal_bill_order' })).status).toBe(400);
	expect((await fetch(`${emulator.url}/emulator/else`)).status).toBe(404);
	expect(emulator.ledger).toEqual([]);
	expect(controlLines('http://127.0.0.1:5690')).toHaveLength(4);
});

it('puts master data into the books', async () => {
	const seed = async (rows: object[]) => await fetch(`${emulator.url}/emulator/masterData`, { method: 'POST', body: JSON.stringify(rows) });
	const added = await (await seed([{ entity: 'bd.customer', number: 'KH9001', name: '新客户' }])).json();
	const [record] = emulator.gateway.records.of(demoAccount, 'bd.customer').filter(({ number }) => number === 'KH9001');
	expect(added).toEqual([{ entity: 'bd.customer', id: record?.id, number: 'KH9001' }]);
	expect(record?.data.name).toBe('新客户');
	expect((await seed([{ entity: 'bd.customer', group_name: '没有' }])).status).toBe(400);
});
