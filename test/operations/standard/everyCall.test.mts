import { isDeepStrictEqual } from 'node:util';

import type { IDataObject } from 'n8n-workflow';

import { allCalls } from '../../../nodes/KingdeeJdy/catalogue/catalogue.ts';
import type { JdyCall } from '../../emulator/jdy/catalogue.mts';
import { Emulator } from '../../emulator/server.mts';
import { strict } from '../../emulator/settings.mts';
import { documentedCalls, fieldsOf, inQuery, pairs, readQuery } from '../../helpers/documented.mts';
import { kingdeeJdy } from '../../helpers/kingdeeJdy.mts';

const FREE = { callsPerSecond: Infinity, callsPerMinute: Infinity };

let emulator: Emulator;
beforeAll(async () => {
	emulator = await Emulator.start({ ...strict, referencesExist: false, ...FREE });
});
afterAll(async () => await emulator.stop());
beforeEach(() => emulator.ledger.splice(0));

async function send(call: string, given: IDataObject) {
	return await kingdeeJdy(emulator, {
		parameters: { resource: 'api', call: { __rl: true, mode: 'list', value: call }, inputMode: 'fields', parameters: { mappingMode: 'defineBelow', value: given } },
		settings: { onError: 'continueRegularOutput' },
		timezone: 'Asia/Shanghai',
	});
}

/** Whether a name stands for the ID of what is saved: without it, that is new. */
function isNewsId({ kind, body }: JdyCall, name: string, depth: number): boolean {
	return kind === 'save' && name === 'id' && depth === (body.length === 1 ? 1 : 0);
}

/** What is missing, has another type, or is malformed. */
const FAULTS = [400, 1030002000, 1030002001, 1030002006];

it('makes each of the documented calls as its page has it: method, path, every parameter in its type, a signature', async () => {
	const calls = (await documentedCalls()).filter(({ call }) => !call.multipart);
	const different: unknown[] = [];
	for (const { id, emulated, parameters } of calls) {
		emulator.ledger.splice(0);
		const { given, wanted } = pairs(fieldsOf(emulated), parameters, ({ name }, depth) => !isNewsId(emulated, name, depth));
		const { json } = await send(id, given);
		const [entry, ...more] = emulator.ledger;
		const { errcode } = (json[0]?.error ?? json[0] ?? {}) as { errcode?: number };
		const isGet = emulated.method === 'GET';
		const seen = { method: entry?.method, path: entry?.path, query: readQuery(entry?.query ?? ''), body: entry?.body ? (JSON.parse(entry.body) as unknown) : undefined };
		const expected = { method: emulated.method, path: emulated.path, query: isGet ? inQuery(wanted) : {}, body: isGet ? undefined : wanted };
		const isRight = more.length === 0 && entry?.status === 200 && isDeepStrictEqual(seen, expected) && !FAULTS.includes(Number(errcode));
		if (!isRight) different.push({ id, seen, expected, status: entry?.status, answer: json[0] });
	}
	expect(different.slice(0, 3)).toEqual([]);
	expect(different).toHaveLength(0);
	expect(calls.length).toBe(368);
}, 120_000);

it.each([
	['POST /jdy/v2/cust/list', { biz_type: 'ts_1', data: { a: 1 }, page_no: 1, page_size: 10 }, { biz_type: 'ts_1', data: { a: 1 }, page_no: '1', page_size: '10' }],
	['POST /jdy/v2/cust/detail', { biz_type: 'ts_1', data: '{"id":1}', page_no: 1, page_size: 1 }, { biz_type: 'ts_1', data: { id: 1 }, page_no: '1', page_size: '1' }],
	['POST /jdy/v2/cust/save', { biz_type: 'ts_1', data: { no: 'A' } }, { biz_type: 'ts_1', data: { no: 'A' } }],
	['POST /jdy/v2/cust/operate', { entity_number: 'ts_1', id: [1, 2], operate_type: 'Audit' }, { entity_number: 'ts_1', id: ['1', '2'], operate_type: 'audit' }],
])('%s', async (call, given, wanted) => {
	await send(call, given as IDataObject);
	expect(emulator.ledger).toMatchObject([{ method: 'POST', path: call.slice(5), status: 200 }]);
	expect(JSON.parse(emulator.ledger[0]?.body ?? '')).toEqual(wanted);
});

it('knows 375 calls', async () => {
	expect((await allCalls()).length).toBe(375);
});
