import type { IDataObject } from 'n8n-workflow';

import { answerWith } from '../../emulator/replies.mts';
import { Emulator } from '../../emulator/server.mts';
import { save } from '../../helpers/jdy.mts';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start();
});
afterEach(async () => await emulator.stop());

const TYPE = '"biz_type":"ts_45465632434343"';

function fields(...rows: Array<[name: string, type: string, value: unknown]>): IDataObject {
	return { dataMode: 'fields', fields: { assignments: rows.map(([name, type, value], id) => ({ id: String(id), name, type, value })) } as IDataObject };
}

function json(dataJson: unknown): IDataObject {
	return { dataMode: 'json', dataJson: dataJson as IDataObject };
}

/** Parameters and item, and the `data` that must arrive, byte for byte. */
const BODIES: Array<[name: string, parameters: IDataObject, item: IDataObject, data: string]> = [
	['the whole item', {}, { a: 1, b: 'x', c: null, d: [1, { e: true }] }, '{"a":1,"b":"x","c":null,"d":[1,{"e":true}]}'],
	['an empty item', {}, {}, '{}'],
	['Chinese, emoji and control characters', {}, { a: '金蝶 😀 \u0000\n"\\' }, '{"a":"金蝶 😀 \\u0000\\n\\"\\\\"}'],
	['names that plain objects inherit', {}, JSON.parse('{"__proto__":{"x":1},"constructor":{"prototype":2},"toString":3}') as IDataObject, '{"__proto__":{"x":1},"constructor":{"prototype":2},"toString":3}'],
	['JSON text, unchanged to the space', json('{ "id" : 1234567890123456789,\n\t"p": 1.10, "e": 1e400 }'), {}, '{ "id" : 1234567890123456789,\n\t"p": 1.10, "e": 1e400 }'],
	['JSON text with a decimal beyond a double', json('{"d":0.1000000000000000055511151231257827}'), {}, '{"d":0.1000000000000000055511151231257827}'],
	['JSON text with inherited names', json('{"__proto__":{"a":1},"constructor":1}'), {}, '{"__proto__":{"a":1},"constructor":1}'],
	['JSON text with escapes', json('{"a":"\\u91d1\\ud83d\\ude00\\/"}'), {}, '{"a":"\\u91d1\\ud83d\\ude00\\/"}'],
	['JSON text around an expression', json('={"id": {{ $json.id }}, "no": "{{ $json.no }}"}'), { id: '1234567890123456789', no: 'SO1' }, '{"id": 1234567890123456789, "no": "SO1"}'],
	['JSON given as an object', json('={{ { a: [$json.n, null], b: "t" } }}'), { n: 5 }, '{"a":[5,null],"b":"t"}'],
	['text fields', fields(['no', 'string', '={{ $json.no }}'], ['id', 'string', '1234567890123456789'], ['n', 'string', '={{ $json.n }}']), { no: '007', n: 5 }, '{"no":"007","id":"1234567890123456789","n":"5"}'],
	['nested fields', fields(['c.id', 'string', '1'], ['a', 'string', 'x'], ['c.name.en', 'string', 'N'], ['c.name.zh', 'string', '名']), {}, '{"c":{"id":"1","name":{"en":"N","zh":"名"}},"a":"x"}'],
	['numbers', fields(['a', 'number', 1.5], ['b', 'number', '={{ $json.long }}'], ['c', 'number', ' -0.10 ']), { long: '1234567890123456789' }, '{"a":1.5,"b":1234567890123456789,"c":-0.10}'],
	['a bigint', fields(['a', 'number', '={{ 1234567890123456789n }}']), {}, '{"a":1234567890123456789}'],
	['truth values', fields(['a', 'boolean', true], ['b', 'boolean', 'false']), {}, '{"a":true,"b":false}'],
	['lists and objects', fields(['a', 'array', '[1234567890123456789,"x"]'], ['b', 'object', '={{ $json.o }}'], ['c', 'object', '{"d":{}}']), { o: { p: [1] } }, '{"a":[1234567890123456789,"x"],"b":{"p":[1]},"c":{"d":{}}}'],
	['what is missing, as null', fields(['a', 'string', '={{ $json.nothing }}'], ['b', 'number', null]), {}, '{"a":null,"b":null}'],
	['inherited names as fields', fields(['__proto__.polluted', 'string', 'x'], ['constructor', 'string', 'y']), {}, '{"__proto__":{"polluted":"x"},"constructor":"y"}'],
	['an object in a text field', fields(['a', 'string', '={{ $json.o }}']), { o: { p: 1 } }, '{"a":"{\\"p\\":1}"}'],
	['a date in a text field', fields(['a', 'string', '={{ new Date(0) }}']), {}, '{"a":"1970-01-01T00:00:00.000Z"}'],
	['no field, where that is allowed', { ...fields(), options: { allowEmpty: true } }, {}, '{}'],
];

describe('the data of a document', () => {
	it.each(BODIES)('%s', async (_name, parameters, item, data) => {
		const { failed, error } = await save(emulator, { items: [item], parameters });
		expect([failed, error?.message]).toEqual([[], undefined]);
		expect(emulator.ledger[0]?.body).toBe(`{${TYPE},"data":${data}}`);
		expect(emulator.savedIds).toHaveLength(1);
		expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
	});

	it('trims the document type', async () => {
		await save(emulator, { items: [{}], parameters: { bizType: '={{ " ts_1\\n" }}' } });
		expect(emulator.ledger[0]?.body).toBe('{"biz_type":"ts_1","data":{}}');
	});

	it('sends the headers of the documentation', async () => {
		await save(emulator, { items: [{}] });
		expect(emulator.ledger[0]?.headers).toMatchObject({
			'content-type': 'application/json',
			'x-api-clientid': '205022',
			'x-api-auth-version': '2.0',
			'x-api-signheaders': 'X-Api-TimeStamp,X-Api-Nonce',
			'x-gw-router-addr': 'https://tf.jdy.com',
		});
	});
});

describe('the output', () => {
	it.each([
		['{"data":{"id":1234567890123456789,"no":"A"}}', { id: '1234567890123456789', no: 'A' }],
		['{"data":null}', { data: null }],
		['{"data":[1,2]}', { data: [1, 2] }],
		['{"id":"7"}', { id: '7' }],
		['null', { data: null }],
		['"text"', { data: 'text' }],
		['{"data":{"error":"a field of this name"}}', { data: { error: 'a field of this name' } }],
	])('`data` gives the inner object of %s', async (data, expected) => {
		emulator.chooseFault = () => answerWith(200, `{"errcode":0,"description":"success","data":${data}}`, { saves: true });
		const { saved, failed } = await save(emulator, { items: [{}], parameters: { options: { output: 'data' } }, settings: { onError: 'continueErrorOutput' } });
		expect([saved, failed]).toEqual([[{ json: expected, pairedItem: { item: 0 } }], []]);
	});

	it('keeps what the envelope holds beside its three fields', async () => {
		emulator.chooseFault = () => answerWith(200, { errcode: 0, description: 'ok', trace: 't', data: null }, { saves: true });
		const { saved } = await save(emulator, { items: [{}] });
		expect(saved[0]?.json).toEqual({ errcode: 0, description: 'ok', trace: 't', data: null });
	});
});

describe('a dry run', () => {
	it('gives back what would be sent, masked, and sends nothing', async () => {
		const { saved } = await save(emulator, { items: [{ id: '1' }], parameters: { ...json('{"id":1234567890123456789}'), options: { dryRun: true } } });
		expect(saved).toEqual([
			{
				json: {
					dryRun: true,
					method: 'POST',
					url: `${emulator.url}/jdy/v2/cust/save`,
					headers: {
						'Content-Type': 'application/json',
						'X-Api-ClientID': '205022',
						'X-Api-Auth-Version': '2.0',
						'X-Api-TimeStamp': expect.stringMatching(/^\d{13}$/),
						'X-Api-SignHeaders': 'X-Api-TimeStamp,X-Api-Nonce',
						'X-Api-Nonce': expect.stringMatching(/^[1-9]\d*$/),
						'X-Api-Signature': '***',
						'app-token': '***',
						'X-GW-Router-Addr': 'https://tf.jdy.com',
					},
					body: { biz_type: 'ts_45465632434343', data: { id: '1234567890123456789' } },
					bodyText: `{${TYPE},"data":{"id":1234567890123456789}}`,
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(emulator.connections).toBe(0);
	});

	it('still complains about bad input', async () => {
		const { error } = await save(emulator, { items: [{}], parameters: { ...json('[]'), options: { dryRun: true } } });
		expect(error?.message).toBe('JSON must be an object with fields, but is a list');
	});
});
