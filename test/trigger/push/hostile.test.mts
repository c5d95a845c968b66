import { gzipSync } from 'node:zlib';

import type { IDataObject } from 'n8n-workflow';

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

/** Time of the processor from sending a message until it is answered, at most: reading its JSON alone takes a tenth of it. */
const MAX_CPU_MS = 3000;
const SIZE = 900_000;

/** So many of these as fill a message. */
const filled = (unit: (index: number) => string, size = SIZE) => {
	const units: string[] = [];
	for (let length = 0, index = 0; length < size; index += 1) length += units[units.push(unit(index)) - 1]?.length ?? 0;
	return units;
};

const list = (unit: (index: number) => string, size?: number) => `[${filled((index) => `${index === 0 ? '' : ','}${unit(index)}`, size).join('')}]`;
const nested = (open: string, inner: string, close: string, depth: number) => open.repeat(depth) + inner + close.repeat(depth);
const text = (content: string) => JSON.stringify(content);

/** `data` of messages that nobody's JDY sends. */
const HOSTILE: Array<[string, () => string]> = [
	['very many secrets', () => list((index) => `{"token":"t${index}"}`)],
	['a quarter as many secrets', () => list((index) => `{"token":"t${index}"}`, 230_000)],
	['very many long secrets', () => list((index) => `{"appSecret":"a-secret-of-the-app-${index}","note":"a\\\\u0062%41&amp;${index}"}`)],
	['very many secrets that begin alike', () => list((index) => `{"secret":"${'x'.repeat(40)}${index}","note":"${'x'.repeat(60)}"}`)],
	['twenty secrets and a text full of escapes', () => `[${list((index) => `{"secret":"a-secret-of-the-app-${index}"}`, 400)},{"note":"${'%5c\\\\u0025&amp;%26'.repeat(40_000)}"}]`],
	['twenty secrets and very many texts', () => `[${list((index) => `{"secret":"a-secret-of-the-app-${index}"}`, 400)},${list((index) => `{"n":"x${index}"}`)}]`],
	['one secret and very many texts', () => `[{"secret":"a-secret-of-the-app"},${list((index) => `{"n":"%41${index}"}`)}]`],
	['one short secret and its like', () => `[{"secret":"a"},{"note":"${'a'.repeat(SIZE)}"}]`],
	['very many texts that look like JSON', () => list((index) => text(`{"secret": ${index}`))],
	['very many JSON texts', () => list((index) => text(`{"secret":"${index}"}`))],
	['a JSON text with very many secrets', () => text(list((index) => `{"secret":"${index}"}`, 400_000))],
	['JSON in JSON in JSON', () => Array.from({ length: 12 }).reduce<string>((inner) => text(`{"a":${inner}}`), '"x"')],
	['a text that is full of the word', () => `{"note":${text('secret'.repeat(SIZE / 6))}}`],
	['a text that is full of the word, in quotes', () => `{"note":${text('{"secret'.repeat(SIZE / 10))}}`],
	['a name that is full of the word', () => `{${text('secret'.repeat(SIZE / 6))}:1}`],
	['very many names', () => `{${filled((index) => `${index === 0 ? '' : ','}"name${index}":1`).join('')}}`],
	['one name very many times', () => `{${filled((index) => `${index === 0 ? '' : ','}"data":[]`).join('')}}`],
	['very many lists', () => `{${filled((index) => `${index === 0 ? '' : ','}"l${index}":[{"a":1}]`).join('')}}`],
	['very many objects', () => list(() => '{}')],
	['very many numbers', () => list((index) => String(index))],
	['very many long numbers', () => list(() => '9'.repeat(999))],
	['very many numbers that a double cannot hold', () => list((index) => `1${index}.00000000000000000001e5`)],
	['a number of very many digits', () => `[${'9'.repeat(SIZE)}]`],
	['a number of very many digits behind the point', () => `[0.${'1'.repeat(SIZE)}e-${'9'.repeat(10)}]`],
	['very many commas in a text', () => text(','.repeat(SIZE))],
	['very many IDs in a text', () => text(filled((index) => `${index},`).join(''))],
	['names of the prototype', () => '[{"__proto__":{"verified":true,"appSecret":"x"},"constructor":{"prototype":{"polluted":1}},"toString":"1","id":"1"}]'],
	['a lone surrogate', () => '["\\ud83d",{"secret":"\\ud83d and some more of it","note":"\\udc00"}]'],
];

describe.each([
	['about an authorisation', { bizType: 'app_authorize' }, {}],
	['about an authorisation, secrets shown', { bizType: 'app_authorize' }, { additionalOptions: { showSecrets: true } }],
	['about documents', { bizType: 'sal_bill_order' }, {}],
	['that is not read back', { bizType: 'sal_bill_order' }, { readBack: false }],
])('a message %s is answered at once, and comes out as a bounded number of items', (_name, query, parameters) => {
	it.each(HOSTILE)('with %s', async (_what, data) => {
		const { pusher, webhooks, run } = await start({ parameters: parameters as IDataObject });
		const content = `{"data":${data()}}`;
		const before = process.cpuUsage();
		const { status } = await pusher.raw({ ...query, msgId: 'm-1' }, content);
		const { user, system } = process.cpuUsage(before);
		expect((user + system) / 1000).toBeLessThan(MAX_CPU_MS);
		expect(status).toBe(200);
		expect(webhooks.started[0]?.length).toBeLessThanOrEqual(1001);
		expect(({} as { polluted?: number; verified?: boolean }).polluted).toBeUndefined();
		const { items, runs } = await run();
		expect(runs.map(({ error }) => error)).toEqual([undefined]);
		expect(items.length).toBeLessThanOrEqual(1001);
		for (const item of items) expect(Object.keys(item)).not.toContain('error');
		expect(emulator.ledger.length).toBeLessThanOrEqual(20);
	});
});

describe('a message that is nested deeply', () => {
	it.each<[string, string]>([
		['lists', nested('[', '1', ']', 101)],
		['objects', nested('{"a":', '1', '}', 101)],
		['lists that are never closed', '['.repeat(1000)],
		['very many lists', nested('[', '1', ']', 400_000)],
		['very many objects', nested('{"a":', '1', '}', 150_000)],
		['objects whose name is data', nested('{"data":', '1', '}', 100_000)],
		['very many lists of a secret', nested('[{"appSecret":', '"x"', '}]', 50_000)],
	])('is answered 400: %s', async (_what, data) => {
		for (const bizType of ['app_authorize', 'sal_bill_order', 'test_address']) {
			for (const parameters of [{}, { readBack: false }]) {
				const { pusher, webhooks } = await start({ parameters });
				const received = await pusher.raw({ bizType }, `{"data":${data}}`);
				expect(received).toEqual({ status: 400, body: expect.stringMatching(/"The body is (nested deeper than 100 levels|no JSON object)"/) });
				expect(webhooks.started).toEqual([]);
				await webhooks.stop();
			}
		}
	});

	it.each(['app_authorize', 'sal_bill_order'])('comes out up to 100 levels, with %s', async (bizType) => {
		const { pusher, run } = await start({ parameters: { readBack: false } });
		expect((await pusher.raw({ bizType }, `{"data":${nested('[', '"1"', ']', 99)}}`)).status).toBe(200);
		expect((await run()).items).toHaveLength(1);
	});

	it('takes brackets within texts for what they are', async () => {
		const { pusher } = await start();
		expect((await pusher.raw({ bizType: 'a' }, `{"data":${text(`\\"${'[{'.repeat(1000)}`)}}`)).status).toBe(200);
	});

	it.each(['app_authorize', 'sal_bill_order'])('in a text is taken for a text, with %s', async (bizType) => {
		const { pusher, run } = await start({ parameters: { readBack: bizType !== 'sal_bill_order' } });
		expect((await pusher.raw({ bizType }, `{"data":[{"note":${text(nested('[{"appSecret":', '"a-secret-of-the-app"', '}]', 10_000))}}]}`)).status).toBe(200);
		const { items } = await run();
		expect(items).toHaveLength(1);
		if (bizType === 'app_authorize') expect(JSON.stringify(items)).not.toContain('a-secret-of-the-app');
	});
});

describe('a message that names many documents', () => {
	const idsOf = (count: number) => emulator.gateway.records.of(demoAccount, 'scm.sal_order').map(({ id }) => id).concat(Array.from({ length: count }, (_unused, index) => String(1_000_000 + index))).slice(0, count);

	it.each([
		[20, 20, []],
		[21, 20, ['1 of 21 could not be read back and came out as hints']],
		[500, 20, ['480 of 500 could not be read back and came out as hints']],
	])('of %i reads %i, and the others come out unread', async (count, calls, hints) => {
		const ids = idsOf(count);
		expect(emulator.gateway.records.of(demoAccount, 'scm.sal_order').length).toBeGreaterThanOrEqual(20);
		const { pusher, run } = await start();
		await pusher.message({ bizType: 'sal_bill_order', data: ids });
		const { items, runs } = await run();
		expect(emulator.ledger).toHaveLength(calls);
		expect(items.map(({ id }) => id)).toEqual(ids);
		expect(items.map(({ verified }) => verified)).toEqual(ids.map((_id, index) => index < 20));
		expect(runs[0]?.hints('Push').map(({ message }) => message)).toEqual(hints);
		for (const { hint } of items.slice(20)) expect(hint).toBe('Not read back, so nothing is known but what JDY calls it. 20 documents of a message are read back at most.');
	});

	it('names those beyond 1,000 in one item', async () => {
		const ids = idsOf(1700);
		const { pusher, run } = await start();
		await pusher.message({ bizType: 'sal_bill_order', data: ids });
		const { items } = await run();
		expect(items).toHaveLength(1001);
		expect(items.slice(0, 1000).map(({ id }) => id)).toEqual(ids.slice(0, 1000));
		expect(items[1000]).toEqual({ verified: false, hint: 'Not read back, so nothing is known but what JDY calls it. The message names 700 more.', bizType: 'sal_bill_order', msgId: expect.any(String), id: null, ids: ids.slice(1000) });
		expect(emulator.ledger).toHaveLength(20);
	});

	it('about authorisations beyond 1,000 keeps the others together', async () => {
		const { pusher, run } = await start();
		await pusher.message({ bizType: 'app_authorize', data: Array.from({ length: 1200 }, (_unused, index) => ({ outerInstanceId: String(index) })) });
		const { items } = await run();
		expect(items).toHaveLength(1001);
		expect(items[999]).toMatchObject({ account: { outerInstanceId: '999' } });
		expect((items[1000]?.accounts as unknown[]).length).toBe(200);
	});
});

describe('secrets in messages about authorisations', () => {
	const SECRET = 'a-secret-of-the-app-0000000000001';
	const row = { outerInstanceId: '1500000000000000001', accountName: 'Demo', appSecret: SECRET };
	const base64 = (value: string) => Buffer.from(value).toString('base64');
	/** As JSON in JSON, so many times. */
	const wrapped = (value: unknown, layers: number): unknown => (layers === 0 ? value : JSON.stringify(wrapped(value, layers - 1)));

	it.each<[string, unknown]>([
		['in a JSON text', [{ outerInstanceId: '1', content: JSON.stringify(row) }]],
		['in a list as JSON text', [{ outerInstanceId: '1', content: JSON.stringify([row, row]) }]],
		['in JSON in a JSON text', [{ outerInstanceId: '1', content: wrapped(row, 2) }]],
		['in JSON in JSON in a JSON text', [{ outerInstanceId: '1', content: wrapped(row, 3) }]],
		['in JSON in JSON, eight times', [{ outerInstanceId: '1', content: wrapped(row, 8) }]],
		['in a JSON text within a JSON text', [{ outerInstanceId: '1', content: JSON.stringify({ inner: JSON.stringify({ inner: JSON.stringify(row) }) }) }]],
		['in a JSON text that is cut', [{ outerInstanceId: '1', content: JSON.stringify(row).slice(0, -1) }]],
		['in a JSON text with spaces around', [{ outerInstanceId: '1', content: `\n ${JSON.stringify(row, undefined, 2)} ` }]],
		['in a JSON text whose name is written in escapes', [{ outerInstanceId: '1', content: JSON.stringify(row).replace('appSecret', '\\u0061pp\\u0053ecret') }]],
		['in a query', [{ outerInstanceId: '1', content: `outerInstanceId=1&appSecret=${SECRET}` }]],
		['in an encoded query', [{ outerInstanceId: '1', content: encodeURIComponent(JSON.stringify(row)) }]],
		['in XML', [{ outerInstanceId: '1', content: `<xml><appSecret>${SECRET}</appSecret></xml>` }]],
		['in a sentence', [{ outerInstanceId: '1', content: `the appSecret: ${SECRET}` }]],
		['below a name', [{ outerInstanceId: '1', secrets: { current: SECRET, older: [SECRET] }, note: `now ${SECRET}` }]],
		['in base64 in another field', [{ ...row, outerInstanceId: '1', note: base64(`key=${SECRET}`) }]],
		['in hex in another field', [{ ...row, outerInstanceId: '1', note: Buffer.from(SECRET).toString('hex') }]],
		['in another row', [{ outerInstanceId: '1', note: SECRET }, row]],
		['in a name', [{ outerInstanceId: '1', appSecret: SECRET, [SECRET]: 1 }]],
		['below a name of the prototype', [JSON.parse(`{"outerInstanceId":"1","__proto__":{"appSecret":"${SECRET}"}}`)]],
		['in a JSON text and once more beside it', [{ outerInstanceId: '1', content: JSON.stringify(row), note: `x ${SECRET}` }]],
		['among more secrets than are searched for', [{ ...row, outerInstanceId: '1', note: SECRET }, ...Array.from({ length: 5000 }, (_unused, index) => ({ token: `another-secret-of-the-app-${index}`, note: `see ${SECRET}` }))]],
		['in a message that is too long to be searched', [{ ...row, outerInstanceId: '1', note: SECRET }, { note: `${'x '.repeat(400_000)}${SECRET}` }]],
	])('are kept back %s', async (_case, data) => {
		const { pusher, webhooks, run } = await start();
		expect((await pusher.message({ bizType: 'app_authorize', data })).status).toBe(200);
		expect(JSON.stringify(webhooks.started)).not.toContain(SECRET);
		const { items } = await run();
		const told = JSON.stringify(items);
		for (const form of [SECRET, base64(SECRET).slice(4, 30), Buffer.from(SECRET).toString('hex')]) expect(told).not.toContain(form);
		expect(items[0]).toMatchObject({ verified: false, account: { outerInstanceId: '1' } });
	});

	it.each<[string, unknown]>([
		['as JSON text', JSON.stringify([row])],
		['as JSON in a JSON text', wrapped({ data: [row] }, 2)],
		['as JSON text within data', { data: JSON.stringify([row]) }],
	])('the accounts of a message come out one by one where it has them %s', async (_case, data) => {
		const { pusher, run } = await start();
		await pusher.message({ bizType: 'app_authorize', msgId: 'm-1', data });
		expect((await run()).items).toMatchObject([{ account: { outerInstanceId: '1500000000000000001', accountName: 'Demo', appSecret: '***' } }]);
	});

	it('a JSON text without a secret stays as it was written', async () => {
		const { pusher, run } = await start();
		const content = '{ "accountName": "Demo",  "big": 1234567890123456789012345678 }';
		await pusher.message({ bizType: 'app_authorize', data: [{ ...row, content }] });
		expect((await run()).items).toMatchObject([{ account: { content } }]);
	});

	it('keep the digits of the numbers beside them', async () => {
		const { pusher, run } = await start();
		await pusher.raw({ bizType: 'app_authorize' }, `{"data":[{"tid":1234567890123456789,"appSecret":"${SECRET}","content":"{\\"appSecret\\":\\"${SECRET}\\",\\"accountId\\":1600000000000000001}"}]}`);
		const { items } = await run();
		expect(items).toMatchObject([{ account: { tid: '1234567890123456789' } }]);
		expect(JSON.stringify(items)).toContain('1600000000000000001');
	});

	it('leave thirty accounts of one customer readable', async () => {
		const accounts = Array.from({ length: 30 }, (_unused, index) => ({ outerInstanceId: '1', accountId: String(index), accountName: `Store ${index} Trading Co.`, domain: 'https://tf.jdy.com', groupName: 'a group of stores', appSecret: `${SECRET}-${index}`, status: 1, tokenExpired: 1, note: `for ${SECRET}-${index}` }));
		const { pusher, run } = await start();
		await pusher.message({ bizType: 'app_authorize', data: accounts });
		const { items } = await run();
		expect(items.map(({ account }) => account)).toEqual(accounts.map((account) => ({ ...account, appSecret: '***', tokenExpired: '***', note: 'for ***' })));
	});
});

describe('two messages with one msgId', () => {
	const first = { bizType: 'sal_bill_order', msgId: 'm-1', data: ['1'] };
	it.each<[string, typeof first & { operation?: string }]>([
		['of another bizType', { ...first, bizType: 'pur_bill_order' }],
		['with other IDs', { ...first, data: ['2'] }],
		['with more IDs', { ...first, data: ['1', '2'] }],
		['with another operation', { ...first, operation: 'audit' }],
		['with other data about the same ID', { ...first, data: [{ id: '1', status: 'A' }] as never }],
	])('are two %s', async (_what, second) => {
		const { pusher, webhooks, run } = await start();
		for (const message of [first, second, first, second]) expect((await pusher.message(message)).status).toBe(200);
		expect(webhooks.started).toHaveLength(2);
		await run();
		for (const message of [first, second]) await pusher.message(message);
		expect(webhooks.started).toHaveLength(0);
	});

	it('are one where only the time of sending differs', async () => {
		const { pusher, webhooks } = await start();
		for (const timestamp of [1, 2]) await pusher.raw({ bizType: 'sal_bill_order', msgId: 'm-1' }, `{"timestamp":${timestamp},"data":["1"]}`);
		expect(webhooks.started).toHaveLength(1);
	});

	it('that are alike but for a flood in between are still one', async () => {
		const { pusher, webhooks } = await start();
		await pusher.message(first);
		for (let index = 0; index < 200; index++) await pusher.message({ ...first, msgId: `other-${index}` });
		await pusher.message(first);
		expect(webhooks.started).toHaveLength(201);
	});
});

describe('requests that are no message', () => {
	it.each<[string, string, string, Record<string, string>, number]>([
		['a bizType twice', 'bizType=a&bizType=b', '{"data":[]}', {}, 400],
		['a msgId twice', 'bizType=a&msgId=1&msgId=2', '{"data":[]}', {}, 400],
		['a name of the prototype', '__proto__=a&constructor=b&bizType=__proto__', '{"data":[]}', {}, 200],
		['a name of the prototype in the body', '', '{"__proto__":{"bizType":"a","data":[]}}', {}, 400],
		['what says that it is compressed and is not', 'bizType=a', '{"data":[]}', { 'content-encoding': 'gzip' }, 400],
		['a form with files', 'bizType=a', '--x\r\nContent-Disposition: form-data; name="data"\r\n\r\n1\r\n--x--', { 'content-type': 'multipart/form-data; boundary=x' }, 400],
		['a form', 'bizType=a', 'data=1', { 'content-type': 'application/x-www-form-urlencoded' }, 400],
		['JSON that calls itself XML', 'bizType=a', '{"data":[]}', { 'content-type': 'text/xml' }, 200],
		['JSON without a content type', 'bizType=a', '{"data":[]}', { 'content-type': '' }, 200],
		['a flood of parameters', `bizType=a&${Array.from({ length: 3000 }, (_unused, index) => `a${index}=`).join('&')}`, '{"data":[]}', {}, 431],
	])('%s: HTTP', async (_what, query, content, headers, status) => {
		const { webhooks } = await start();
		const response = await fetch(`${webhooks.url}?${query}`, { method: 'POST', headers, body: content });
		expect(response.status).toBe(status);
		expect(webhooks.started).toHaveLength(status === 200 ? 1 : 0);
	});

	it('a bomb of zeros is refused', async () => {
		const { pusher } = await start();
		const bomb = new Uint8Array(gzipSync(Buffer.alloc(200 * 1024 * 1024, '['), { level: 1 }));
		expect((await pusher.raw({ bizType: 'a' }, bomb, { 'content-encoding': 'gzip' })).status).toBe(413);
	});
});
