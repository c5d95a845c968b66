import { Desk } from '../client.mts';
import { strict } from '../settings.mts';
import { entityOf, jdyCalls, jdyCallsAt } from './catalogue.mts';
import type { JdyCall } from './catalogue.mts';
import { made } from './made.mts';
import { recordsOf } from './masterData/derived.mts';

const desk = new Desk();
beforeAll(async () => await desk.start({ ...strict, referencesExist: false, callsPerMinute: Infinity, callsPerSecond: Infinity, rowsEverywhere: 250 }));
afterAll(async () => await desk.stop());

const calls = jdyCalls();
const named = calls.map((call) => [`${call.method} ${call.path}`, call] as const);

/** A call with everything required, in the documented types, and nothing else. */
function whole({ method, path, query, body }: JdyCall, leftOut?: string) {
	const required = (fields: JdyCall['body']): JdyCall['body'] => fields.filter(({ isRequired, isList, name }) => (isRequired || (isList && fields.length === 1)) && name !== leftOut).map((field) => (field.fields ? { ...field, fields: required(field.fields) } : field));
	const asked = new URLSearchParams(Object.fromEntries(Object.entries(made(required(query), 1)).map(([name, value]) => [name, Array.isArray(value) ? JSON.stringify(value) : String(value)])) as Record<string, string>);
	for (const { name } of query) if (/(page_no|page|page_size)$/.test(name) && name !== leftOut) asked.set(name, '1');
	return { method, target: asked.size > 0 ? `${path}?${asked.toString()}` : path, body: made(required(body), 1) };
}

describe('the catalogue', () => {
	it('has every documented call but those of the custom documents', () => {
		const counts = Map.groupBy(calls, ({ method }) => method);
		expect([calls.length, counts.get('GET')?.length, counts.get('POST')?.length, counts.get('DELETE')?.length]).toEqual([370, 247, 122, 1]);
		expect(new Set(named.map(([name]) => name)).size).toBe(370);
	});

	it('says what is partial, encrypted, taken once and multipart', () => {
		const count = (has: (call: JdyCall) => unknown) => calls.filter(has).length;
		expect([count(({ partial }) => partial), count(({ encrypted }) => encrypted), count(({ once }) => once), count(({ multipart }) => multipart)]).toEqual([8, 41, 9, 2]);
	});

	it('has rows for every list, and knows what an entity number stands for', () => {
		expect(calls.filter(({ kind, row }) => kind === 'list' && !row)).toEqual([]);
		expect([entityOf('sal_bill_order'), entityOf('bd_customer'), entityOf('toString'), entityOf(1)]).toEqual(['scm.sal_order', 'bd.customer', undefined, undefined]);
	});
});

describe('every call', () => {
	const readable = named.filter(([, { kind, multipart }]) => kind !== 'detail' && !multipart);
	const elsewhere = ['/jdy/v2/sys/bill_push', '/jdy/v2/sys/common_operate', '/jdy/v2/scm/pur_order_cancel'];

	it.each(readable.filter(([, { path }]) => !elsewhere.includes(path)))('%s answers success to a call that lacks nothing', async (_name, call) => {
		const { status, body } = await desk.call(whole(call));
		expect([status, body.errcode, body.description]).toEqual([200, 0, 'success']);
	});

	const lacking = readable.flatMap(([name, call]) => [...call.query, ...call.body].filter(({ isRequired }) => isRequired).slice(0, 2).map((field) => [name, field.name, call] as const));
	it.each(lacking)('%s refuses a call without %s', async (_name, leftOut, call) => {
		const { status, body } = await desk.call(whole(call, leftOut));
		expect([status, body.errcode]).toEqual(call.method === 'GET' ? [400, 400] : [200, 1030002000]);
	});

	it.each(named.filter(([, { kind, path }]) => kind === 'detail' && path !== '/jdy/v2/fp/invoice_kp_detail' && jdyCallsAt(path.replace(/_detail$/, '')).some(({ kind: other }) => other === 'list')))('%s finds a record of its list', async (_name, call) => {
		const [list] = jdyCallsAt(call.path.replace(/_detail$/, '')).filter(({ kind }) => kind === 'list');
		if (!list) throw new Error('No list');
		await desk.call(whole(list));
		const { records, settings: { accounts: [account] } } = desk.emulator.gateway;
		const record = account && recordsOf({ records, account }, call.entity)[0];
		const key = call.query.some(({ name }) => name === 'bill_id') ? 'bill_id' : 'id';
		expect(await desk.codeOf({ method: 'GET', target: `${call.path}?${key}=${record?.id}` })).toBe(0);
		expect(await desk.codeOf({ method: 'GET', target: `${call.path}?${key}=1` })).toBe(1030002003);
	});
});
