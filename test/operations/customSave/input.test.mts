import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { Emulator } from '../../emulator/server.mts';
import { tokenCredential } from '../../helpers/credentials.mts';
import { save } from '../../helpers/jdy.mts';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start();
});
afterEach(async () => await emulator.stop());

const GOOD: IDataObject = { mode: 'inputItem', type: 'ts_1', no: 'good' };

/** Each parameter reads from the item, so that one bad item can stand among good ones. */
const FROM_ITEM: IDataObject = {
	bizType: '={{ $json.type }}',
	dataMode: '={{ $json.mode }}',
	dataJson: '={{ $json.json }}',
	fields: '={{ ({ assignments: ($json.fields ?? []).map(([name, type, value], id) => ({ id, name, type, value })) }) }}',
	options: {
		timeout: '={{ $json.timeout ?? 30000 }}',
		output: '={{ $json.output ?? "envelope" }}',
		dryRun: '={{ $json.dryRun ?? false }}',
		maxAttempts: '={{ $json.maxAttempts ?? 1 }}',
		concurrency: '={{ $json.concurrency ?? 1 }}',
		callsPerMinute: '={{ $json.callsPerMinute ?? 0 }}',
		connection: '={{ $json.connection ?? "n8n" }}',
	},
};

function fields(...rows: unknown[][]): IDataObject {
	return { mode: 'fields', fields: rows };
}

function json(value: unknown): IDataObject {
	return { mode: 'json', json: value as string };
}

const DEEP = '['.repeat(501) + ']'.repeat(501);

/** What stands in the item, and the complaint; n8n's editor adds the item to an error that stops the run. */
const BAD: Array<[name: string, item: IDataObject, complaint: string]> = [
	['a missing document type', { type: null }, 'Document Type must not be empty'],
	['an empty document type', { type: '' }, 'Document Type must not be empty'],
	['a blank document type', { type: ' \n' }, 'Document Type must not be blank'],
	['a document type that is no text', { type: 45 }, 'Document Type must be text, but is a number'],
	['a lone surrogate in the document type', { type: 'ts_\ud83d' }, 'Document Type contains a lone surrogate'],
	['an unknown data mode', { mode: 'other' }, 'Data must be one of fields, inputItem, json, mapper'],
	['empty JSON', json(' '), 'JSON must not be empty'],
	['missing JSON', json(null), 'JSON must be an object with fields, but is null'],
	['a list as JSON', json('[{"a":1}]'), 'JSON must be an object with fields, but is a list'],
	['a list as a value', json([1]), 'JSON must be an object with fields, but is a list'],
	['a text as JSON', json('"a"'), 'JSON must be an object with fields, but is a string'],
	['a number as JSON', json('12'), 'JSON must be an object with fields, but is a number'],
	['a number as a value', json(12), 'JSON must be an object with fields, but is a number'],
	['true as JSON', json('true'), 'JSON must be an object with fields, but is a boolean'],
	['null as JSON', json('null'), 'JSON must be an object with fields, but is null'],
	['a trailing comma', json('{"a":1,}'), 'JSON is not valid: expected a name in double quotes, but found "}" (line 1, column 8)'],
	['a missing comma on line 3', json('{\n  "a": 1\n  "b": 2\n}'), 'JSON is not valid: expected "," or "}", but found "\\"" (line 3, column 3)'],
	['a missing colon', json('{"a" 1}'), 'JSON is not valid: expected ":", but found "1" (line 1, column 6)'],
	['a missing value', json('{"a":}'), 'JSON is not valid: expected a value, but found "}" (line 1, column 6)'],
	['a leading zero', json('{"a":01}'), 'JSON is not valid: expected "," or "}", but found "1" (line 1, column 7)'],
	['NaN', json('{"a":NaN}'), 'JSON is not valid: expected a value, but found "N" (line 1, column 6)'],
	['an open brace', json('{"a":[1,{"b":2}'), 'JSON is not valid: expected "," or "]", but the text ends here (line 1, column 16)'],
	['text after the end', json('{} x'), 'JSON is not valid: expected the end of the text, but found "x" (line 1, column 4)'],
	['a byte order mark', json('\ufeff{}'), 'JSON is not valid: expected a value, but found "\ufeff" (line 1, column 1)'],
	['a wrong escape', json('{"a":"\\x"}'), 'JSON is not valid: a text is not closed, or has a wrong escape (line 1, column 6)'],
	['a text that is not closed', json('{"a":"x'), 'JSON is not valid: a text is not closed, or has a wrong escape (line 1, column 6)'],
	['a line break in a text', json('{"a":"x\ny"}'), 'JSON is not valid: a line break or control character stands in a text; write it as \\n or \\u (line 1, column 8)'],
	['a name given twice', json('{"a":1,"b":{"a":1,\n"a":2}}'), 'JSON is not valid: the field name "a" stands here twice (line 2, column 1)'],
	['a name given twice in two spellings', json('{"a":1,"\\u0061":2}'), 'JSON is not valid: the field name "a" stands here twice (line 1, column 8)'],
	['an empty name', json('{"":1}'), 'JSON is not valid: a field name is empty (line 1, column 2)'],
	['a lone surrogate in JSON', json('{"a":"\\ud83d"}'), 'JSON is not valid: a text contains a lone surrogate (line 1, column 6)'],
	['a lone surrogate in a name in JSON', json('{"\\ude00":1}'), 'JSON is not valid: a text contains a lone surrogate (line 1, column 2)'],
	['JSON that is too deep', json(`{"a":${DEEP}}`), 'JSON is not valid: it is nested deeper than 500 levels (line 1, column 505)'],
	['an empty field name', fields(['', 'string', 'x']), 'Fields has an empty name in row 1'],
	['a blank field name', fields(['a', 'string', 'x'], [' ', 'string', 'x']), 'Fields has an empty name in row 2'],
	['an empty part of a name', fields(['a..b', 'string', 'x']), 'Field "a..b" has an empty part between its dots'],
	['a name that ends with a dot', fields(['a.', 'string', 'x']), 'Field "a." has an empty part between its dots'],
	['a field given twice', fields(['a', 'string', 'x'], ['a', 'string', 'y']), 'Field "a" is given twice'],
	['a nested field given twice', fields(['a.b', 'string', 'x'], ['a.b', 'string', 'y']), 'Field "a.b" is given twice'],
	['a value where fields are', fields(['a.b', 'string', 'x'], ['a', 'string', 'y']), 'Field "a" conflicts with the fields whose names begin with "a."'],
	['fields where a value is', fields(['a', 'string', 'x'], ['a.b.c', 'string', 'y']), 'Field "a.b.c" conflicts with the field "a", which has a value of its own'],
	['a number that is none', fields(['a', 'number', '12 kg']), 'Field "a" is not a number'],
	['a number in another writing', fields(['a', 'number', '1,5']), 'Field "a" is not a number'],
	['an empty number', fields(['a', 'number', '']), 'Field "a" is not a number'],
	['a truth value that is none', fields(['a', 'boolean', 'yes']), 'Field "a" is not true or false'],
	['a list that is none', fields(['a', 'array', '{}']), 'Field "a" is not a list'],
	['an object that is none', fields(['a', 'object', '[]']), 'Field "a" is not an object'],
	['an object that is no JSON', fields(['a', 'object', '{a:1}']), 'Field "a" is not valid: expected a name in double quotes, but found "a" (line 1, column 2)'],
	['a binary field', fields(['a', 'binary', 'x']), 'Field "a" has the type "binary", which cannot be saved'],
	['a lone surrogate in a field', fields(['a', 'string', '\ud83d']), 'Field "a" contains a lone surrogate'],
	['a lone surrogate in a field name', fields(['a\ud83d', 'string', 'x']), 'Data contains a field name with a lone surrogate'],
	['NaN in a text field', fields(['a', 'string', NaN]), 'Field "a" is NaN, which JSON cannot hold'],
	['a lone surrogate in an object in a text field', fields(['a', 'string', { b: '\ud83d' }]), 'Field "a" > "b" contains a lone surrogate'],
	['an id that has become a number', { bad: [1234567890123456789] }, 'Field "bad"[0] is 1234567890123456800, a number too long to be exact, which lost digits before it came here; give it as text'],
	['an id that has become a number in a field', fields(['a', 'number', 1234567890123456789]), 'Field "a" is 1234567890123456800, a number too long to be exact, which lost digits before it came here; give it as text'],
	['a date as JSON', json(new Date(0)), 'JSON must be an object with fields, but is an object'],
	['NaN behind a toJSON', { bad: { toJSON: () => ({ a: NaN }) } as never }, 'Field "bad" > "a" is NaN, which JSON cannot hold'],
	['NaN in the item', { bad: NaN }, 'Field "bad" is NaN, which JSON cannot hold'],
	['infinity deep in the item', { bad: { list: [0, -Infinity] } }, 'Field "bad" > "list"[1] is -Infinity, which JSON cannot hold'],
	['an empty name in the item', { bad: { ' ': 1 } }, 'Field "bad" contains a field whose name is empty'],
	['a lone surrogate in the item', { bad: ['\udc00'] }, 'Field "bad"[0] contains a lone surrogate'],
	['an invalid date', { bad: new Date(NaN) as never }, 'Field "bad" is an invalid date'],
	['a map', { bad: new Map([[1, 2]]) as never }, 'Field "bad" is not plain data and cannot be sent'],
	['a function', { bad: (() => 1) as never }, 'Field "bad" is a function and cannot be sent'],
	['an item that is too deep', { bad: JSON.parse(DEEP) as never }, 'Data is nested deeper than 500 levels'],
	['a timeout that is too short', { timeout: 99 }, 'Timeout must be a whole number from 100 to 300000'],
	['a timeout that is too long', { timeout: 300001 }, 'Timeout must be a whole number from 100 to 300000'],
	['a timeout in halves', { timeout: 100.5 }, 'Timeout must be a whole number from 100 to 300000'],
	['a timeout that is no number', { timeout: 'soon' }, 'Timeout must be a whole number from 100 to 300000'],
	['no attempt', { maxAttempts: 0 }, 'Max Attempts must be a whole number from 1 to 10'],
	['too many at once', { concurrency: 11 }, 'Concurrency must be a whole number from 1 to 10'],
	['too many a minute', { callsPerMinute: 501 }, 'Calls per Minute must be a whole number from 0 to 500'],
	['fewer than none a minute', { callsPerMinute: -1 }, 'Calls per Minute must be a whole number from 0 to 500'],
	['an unknown connection', { connection: 'fax' }, 'Connection must be one of automatic, n8n'],
	['an unknown output', { output: 'all' }, 'Output must be one of envelope, data, simplified'],
	['a dry run that is neither', { dryRun: 'no' }, 'Dry Run must be true or false'],
];

describe('bad input', () => {
	it.each(BAD)('%s stops the run before anything is sent', async (_name, item, complaint) => {
		const { error, run } = await save(emulator, { items: [GOOD, { ...GOOD, ...item }, GOOD], parameters: FROM_ITEM });
		expect(error?.message).toBe(complaint);
		expect(error?.context).toMatchObject({ itemIndex: 1, outcome: 'notSent', errcode: null, requestId: null });
		expect(run.status).toBe('error');
		expect(emulator.connections).toBe(0);
	});

	it.each(BAD)('%s fails alone where errors continue', async (_name, item, complaint) => {
		const { saved, failed } = await save(emulator, { items: [GOOD, { ...GOOD, ...item }, GOOD], parameters: FROM_ITEM, settings: { onError: 'continueRegularOutput' } });
		expect(failed).toEqual([]);
		expect(saved.map(({ json }) => json.errcode)).toEqual([0, undefined, 0]);
		expect(saved[1]).toMatchObject({ json: { error: { message: `Item 1: ${complaint}`, description: 'Nothing was sent for this item.', outcome: 'notSent', errcode: null } }, pairedItem: { item: 1 } });
		expect(emulator.ledger).toHaveLength(2);
	});

	it('names the first bad item where there are several', async () => {
		const { error } = await save(emulator, { items: [GOOD, { ...GOOD, type: '' }, { ...GOOD, mode: 'x' }], parameters: FROM_ITEM });
		expect(error?.message).toBe('Document Type must not be empty');
	});

	it('names an expression in JSON that n8n would send as it stands', async () => {
		const { error } = await save(emulator, { items: [GOOD], parameters: { dataMode: 'json', dataJson: '{ "no": "{{ $json.no }}" }' } });
		expect(error?.message).toBe('JSON holds an expression that is not filled in; switch the field from Fixed to Expression');
		expect(emulator.connections).toBe(0);
	});

	it('names the item of an expression that fails', async () => {
		const { error } = await save(emulator, { items: [GOOD], parameters: { ...FROM_ITEM, bizType: '={{ $json.type.nothing.there }}' } });
		expect(error?.context).toMatchObject({ itemIndex: 0, outcome: 'notSent' });
		expect(emulator.connections).toBe(0);
	});

	it('refuses an item that contains itself', async () => {
		const loop: IDataObject = { ...GOOD };
		loop.list = [loop];
		const { error } = await save(emulator, { items: [loop] });
		expect(error?.message).toBe('Field "list"[0] contains itself');
		expect(emulator.connections).toBe(0);
	});
});

/** What stands in the credential, and the complaint. */
const BAD_CREDENTIALS: Array<[name: string, change: ICredentialDataDecryptedObject, complaint: string]> = [
	...(
		[
			['clientId', 'Client ID'],
			['appToken', 'App Token'],
			['routerDomain', 'Router Domain'],
			['gatewayUrl', 'Gateway URL'],
		] as const
	).flatMap(([name, label]): Array<[string, ICredentialDataDecryptedObject, string]> => [
		[`an empty ${label}`, { [name]: '' }, `${label} must not be empty`],
		[`a blank ${label}`, { [name]: ' \t' }, `${label} must not be empty`],
		[`a line feed in ${label}`, { [name]: 'a\nb' }, `${label} must not contain a line break`],
		[`a carriage return at the end of ${label}`, { [name]: 'a\r' }, `${label} must not contain a line break`],
		[`Chinese in ${label}`, { [name]: '金蝶' }, `${label} contains a character that cannot be sent in a header; copy the value again`],
		[`a control character in ${label}`, { [name]: 'a\u0000' }, `${label} contains a character that cannot be sent in a header; copy the value again`],
	]),
	['an empty Client Secret', { clientSecret: '' }, 'Client Secret must not be empty'],
	['a line feed in Client Secret', { clientSecret: 'secret-value\n' }, 'Client Secret must not contain a line break'],
	...['tf.jdy.com', 'ftp://tf.jdy.com', 'https://', 'https://tf.jdy.com/path', 'https://tf.jdy.com?a', 'https://user@tf.jdy.com', 'javascript:alert(1)'].flatMap(
		(address): Array<[string, ICredentialDataDecryptedObject, string]> => [
			[`the Router Domain ${address}`, { routerDomain: address }, 'Router Domain must be an http(s) address without a path, for example https://tf.jdy.com'],
			[`the Gateway URL ${address}`, { gatewayUrl: address }, 'Gateway URL must be an http(s) address without a path, for example https://api.kingdee.com'],
		],
	),
];

describe('a bad credential', () => {
	it.each(BAD_CREDENTIALS)('%s is named before anything is sent', async (_name, change, complaint) => {
		const credential = { ...tokenCredential(emulator), ...change };
		const stopped = await save(emulator, { items: [GOOD, GOOD], credential });
		expect(stopped.error?.message).toBe(complaint);
		const continued = await save(emulator, { items: [GOOD, GOOD], credential, settings: { onError: 'continueErrorOutput' } });
		expect(continued.saved).toEqual([]);
		expect(continued.failed.map(({ json }) => [(json.error as IDataObject).message, (json.error as IDataObject).description])).toEqual([0, 1].map((item) => [`Item ${item}: ${complaint}`, 'Nothing was sent for this item. Open the credential and correct it.']));
		expect(emulator.connections).toBe(0);
	});

	it('works with spaces around its values and a slash behind the addresses', async () => {
		const good = tokenCredential(emulator);
		const spaced = Object.fromEntries(Object.entries(good).map(([name, value]) => [name, name === 'authentication' ? value : ` ${String(value)} `]));
		const credential = { ...spaced, routerDomain: 'https://tf.jdy.com/', gatewayUrl: `${emulator.url}/` } as ICredentialDataDecryptedObject;
		const { saved } = await save(emulator, { items: [GOOD], credential });
		expect(saved[0]?.json.errcode).toBe(0);
	});
});
