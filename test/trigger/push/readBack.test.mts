import type { IDataObject } from 'n8n-workflow';

import { answerWith } from '../../emulator/replies.mts';
import { Emulator } from '../../emulator/server.mts';
import { demoAccount } from '../../emulator/settings.mts';
import { listen } from '../../helpers/pushTrigger.mts';
import type { Listening, PushOptions } from '../../helpers/pushTrigger.mts';

let emulator: Emulator;
let listening: Listening | undefined;
beforeEach(async () => void (emulator = await Emulator.start({ seed: 'firm' })));
afterEach(async () => {
	await listening?.webhooks.stop();
	await emulator.stop();
});

async function start(options: PushOptions = {}): Promise<Listening> {
	return (listening = await listen(emulator, options));
}

async function itemsOf(message: { bizType: string; data: unknown; msgId?: string | null }, options: PushOptions = {}): Promise<IDataObject[]> {
	const { pusher, run } = await start(options);
	await pusher.message({ msgId: 'm-1', ...message });
	return (await run()).items;
}

const orders = (count: number) => emulator.gateway.records.of(demoAccount, 'scm.sal_order').slice(0, count);
const calls = () => emulator.ledger.map(({ method, path, query }) => `${method} ${path}?${query}`);
const NOT_READ = 'Not read back, so nothing is known but what JDY calls it.';

describe('a message that is read back', () => {
	it('comes out as JDY has the document, and not as the message says', async () => {
		const [order] = orders(1);
		const items = await itemsOf({ bizType: 'sal_bill_order', data: [{ id: order?.id, bill_no: 'FORGED' }] });
		expect(items).toEqual([{ verified: true, bizType: 'sal_bill_order', msgId: 'm-1', id: order?.id, type: 'scm/sal_order', document: expect.objectContaining({ id: order?.id, bill_no: order?.number }) }]);
		expect(JSON.stringify(items)).not.toContain('FORGED');
		expect(calls()).toEqual([`GET /jdy/v2/scm/sal_order_detail?id=${order?.id}`]);
	});

	it.each([
		['in cipher, as JDY sends them', {}, 'QWUjJiV440aiS7H25PduOA=='],
		['in clear with Decrypt Private Data', { additionalOptions: { decrypt: true } }, '13800000001'],
	])('has private data %s', async (_case, parameters, phone) => {
		const [order] = orders(1);
		const items = await itemsOf({ bizType: 'sal_bill_order', data: [order?.id] }, { parameters });
		expect(items).toMatchObject([{ verified: true, document: { contact_phone: phone } }]);
	});

	it.each<[string, (ids: string[]) => unknown]>([
		['texts', (ids) => ids],
		['objects', (ids) => ids.map((id) => ({ id }))],
		['one object', (ids) => ({ ids })],
		['a text', (ids) => ids.join(',')],
		['rows within data', (ids) => ({ data: { rows: ids.map((id) => ({ id })) } })],
		['texts, some of them twice', (ids) => [...ids, ...ids]],
		['a JSON text', (ids) => JSON.stringify(ids)],
		['a JSON text within data', (ids) => ({ data: JSON.stringify({ ids }) })],
	])('is read by its IDs where they stand as %s', async (_case, dataOf) => {
		const ids = orders(3).map(({ id }) => id);
		const items = await itemsOf({ bizType: 'sal_bill_order', data: dataOf(ids) });
		expect(items.map(({ verified, id }) => [verified, id])).toEqual(ids.map((id) => [true, id]));
	});

	it('is read by IDs that are numbers, with every digit', async () => {
		const [order] = orders(1);
		const { pusher, run } = await start();
		await pusher.raw({ bizType: 'sal_bill_order' }, `{"data":[${order?.id}]}`);
		expect((await run()).items).toMatchObject([{ verified: true, id: order?.id, msgId: null }]);
	});

	it.each([
		['names a document that is not there', 'sal_bill_order', ['1'], [`${NOT_READ} 单据或资料不存在. It may be deleted, or belong to another account.`]],
		['is about stock, which JDY gives as a list only', 'inv_inventory_entity', ['1', '2'], ['1', '2'].map(() => `${NOT_READ} JDY has no call that reads one Product Stock (商品库存) by its ID.`)],
		['is of a type that nobody knows', 'no_such_entity', ['1'], [`${NOT_READ} No documented call reads what JDY calls "no_such_entity".`]],
		['names nothing', 'sal_bill_order', {}, [`${NOT_READ} The message names no ID.`]],
		['names something that is no ID', 'sal_bill_order', ['<script>', 'x1'], [`${NOT_READ} The message names no ID.`]],
	])('comes out as hints where it %s', async (_case, bizType, data, hints) => {
		const items = await itemsOf({ bizType, data });
		expect(items.map(({ hint }) => hint)).toEqual(hints);
		expect(items.every(({ verified }) => verified === false)).toBe(true);
		for (const item of items) expect(Object.keys(item).filter((key) => !['verified', 'hint', 'bizType', 'msgId', 'id', 'cause', 'requestId'].includes(key))).toEqual([]);
	});

	it('comes out in its order where some of it cannot be read, and n8n shows how much', async () => {
		const [first, second] = orders(2).map(({ id }) => id);
		const { pusher, run } = await start();
		await pusher.message({ bizType: 'sal_bill_order', data: [first, '7', second] });
		const { items, runs } = await run();
		expect(items.map(({ verified, id }) => [verified, id])).toEqual([[true, first], [false, '7'], [true, second]]);
		expect(runs[0]?.hints('Push').map(({ message }) => message)).toEqual(['1 of 3 could not be read back and came out as hints']);
	});

	it.each([
		['answers with another document', '{"errcode":0,"description":"success","data":{"id":"9"}}', 'JDY answered with another Sales Order'],
		['answers with nothing', '{"errcode":0,"description":"success","data":null}', 'JDY has no Sales Order with this ID in the account of the credential'],
		['answers with an empty object', '{"errcode":0,"description":"success","data":{}}', 'JDY has no Sales Order with this ID in the account of the credential'],
	])('comes out as a hint where JDY %s', async (_case, answer, why) => {
		emulator.chooseFault = () => answerWith(200, answer);
		const [item] = await itemsOf({ bizType: 'sal_bill_order', data: [orders(1)[0]?.id] });
		expect(item).toMatchObject({ verified: false, hint: expect.stringContaining(why) });
	});

	it('asks no more once its credential is refused', async () => {
		const { pusher, run } = await start({ credential: { authentication: 'appToken', clientId: '205022', clientSecret: 'another-secret-0000000000000000', appToken: 'no-such-token-00000', routerDomain: 'https://tf.jdy.com', gatewayUrl: emulator.url } });
		const [order] = orders(1);
		for (let nth = 0; nth < 3; nth++) await pusher.message({ bizType: 'sal_bill_order', data: [order?.id] });
		const { items } = await run();
		expect(items.map(({ verified, cause }) => [verified, cause])).toEqual(Array.from({ length: 3 }, () => [false, 'credential-invalid']));
		expect(emulator.ledger).toHaveLength(1);
	});

	it('says what is wrong with the credential', async () => {
		const [item] = await itemsOf({ bizType: 'sal_bill_order', data: ['1'] }, { credential: { authentication: 'appToken', clientId: '', clientSecret: 'x', gatewayUrl: emulator.url } });
		expect(item).toMatchObject({ verified: false, cause: 'credential-invalid', hint: `${NOT_READ} Client ID must not be empty. Nothing was sent for this item. Open the credential and correct it.` });
	});
});

describe('a message that is not read back', () => {
	it('comes out as it is, marked as unverified', async () => {
		expect(await itemsOf({ bizType: 'sal_bill_order', data: ['1'] }, { parameters: { readBack: false } })).toEqual([
			{
				verified: false,
				hint: 'JDY does not sign its messages: nobody has checked this one. Read Back is off.',
				bizType: 'sal_bill_order',
				msgId: 'm-1',
				message: { operation: 'save', timestamp: 1_795_500_000_000, data: ['1'] },
			},
		]);
		expect(emulator.ledger).toEqual([]);
	});
});

describe('a message about an authorisation', () => {
	const SECRET = 'a-secret-of-the-app-0000000000001';

	it.each([true, false])('names the Instance ID and keeps its secret back, Read Back %s', async (readBack) => {
		const { pusher, webhooks, run } = await start({ parameters: { readBack } });
		await pusher.authorize(demoAccount, SECRET);
		expect(JSON.stringify([webhooks.started, webhooks.stored])).not.toContain(SECRET);
		const { items } = await run();
		expect(items).toMatchObject([{ verified: false, bizType: 'app_authorize', account: { outerInstanceId: '1500000000000000001', accountId: '1600000000000000001', appKey: 'demoKey1', appSecret: '***' } }]);
		expect(emulator.ledger).toEqual([]);
	});

	it('shows its secret to a user who asks for it', async () => {
		const { pusher, run } = await start({ parameters: { additionalOptions: { showSecrets: true } } });
		await pusher.authorize(demoAccount, SECRET);
		expect((await run()).items).toMatchObject([{ account: { appSecret: SECRET } }]);
	});

	it.each<[string, unknown]>([
		['in one object', { outerInstanceId: '1', appSecret: SECRET, note: `key ${SECRET}` }],
		['in a list within data', { data: [{ outerInstanceId: '1', appSecret: SECRET, app_token: SECRET }] }],
		['deeper', [{ outerInstanceId: '1', app: { clientSecret: SECRET } }]],
	])('keeps secrets back %s', async (_case, data) => {
		const items = await itemsOf({ bizType: 'app_authorize', data });
		expect(JSON.stringify(items)).not.toContain(SECRET);
		expect(items).toMatchObject([{ account: { outerInstanceId: '1' } }]);
	});
});
