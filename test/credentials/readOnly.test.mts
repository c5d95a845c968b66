import type { ICredentialDataDecryptedObject, IDataObject, INodePropertyOptions } from 'n8n-workflow';

import { KingdeeJdy } from '../../nodes/KingdeeJdy/KingdeeJdy.node.ts';
import { authenticateWith } from '../../nodes/KingdeeJdy/gateway/authentication/authenticate.ts';
import { createState } from '../../nodes/KingdeeJdy/gateway/state.ts';
import { jdyCalls } from '../emulator/jdy/catalogue.mts';
import { Emulator } from '../emulator/server.mts';
import { demoAccount } from '../emulator/settings.mts';
import { testCredential } from '../helpers/credentialTest.mts';
import { credentialFor, tokenCredential } from '../helpers/credentials.mts';
import { credentialWith, save } from '../helpers/jdy.mts';
import { kingdeeJdy, put } from '../helpers/kingdeeJdy.mts';
import { PolledWorkflow } from '../helpers/polledWorkflow.mts';
import { freshStore } from '../helpers/processedData.mts';
import { listen } from '../helpers/pushTrigger.mts';
import { CONTINUE } from '../helpers/settings.mts';

let emulator: Emulator;
beforeEach(async () => {
	await freshStore();
	emulator = await Emulator.start({ seed: 'firm', callsPerSecond: Infinity, callsPerMinute: Infinity });
});
afterEach(async () => await emulator.stop());

const readOnly = (): ICredentialDataDecryptedObject => ({ ...tokenCredential(emulator), readOnly: true });

/** The calls that read although they are no GET [D]; the rest of what is no GET may change something. */
const READING = /^\/jdy\/v2\/(?:cust\/list|cust\/detail|fi\/assistdetail_report|pm\/bom_material)$|^\/jdyconnector\/app_management\/push_app_authorize$/;

/** The calls that arrived and may have changed something. */
const arrived = () => emulator.ledger.filter(({ method, path }) => method !== 'GET' && !READING.test(path)).map(({ method, path }) => `${method} ${path}`);

const located = (value: string): IDataObject => ({ __rl: true, mode: 'path', value });
const ORDER = { bill_no: 'N-1', bill_date: '2026-03-01', customer_number: 'KH0001', 'material_entity.material_number': 'SP0001', 'material_entity.qty': 2 };
const order = (more: IDataObject): IDataObject => ({ resource: 'record', type: located('scm/sal_order'), by: 'id', keys: '1', dataMode: 'inputItem', ...more });
const custom = (operation: string): IDataObject => ({ resource: 'customDocument', operation, bizType: 'ts_1', ids: '1' });
const api = (call: string): IDataObject => ({ resource: 'api', operation: 'call', call, queryJson: '{}', bodyJson: '{}' });

/** Every operation that may change something, by its resource. */
const WRITES: Array<[name: string, parameters: IDataObject]> = [
	...['save', 'upsert', 'audit', 'unaudit', 'delete', 'close'].map((operation): [string, IDataObject] => [`record ${operation}`, order({ operation })]),
	['record saveRows', order({ operation: 'saveRows', groupBy: 'bill_no' })],
	['record pushDown', order({ operation: 'pushDown', targetType: located('scm/sal_out_bound') })],
	...['audit', 'unaudit', 'delete'].map((operation): [string, IDataObject] => [`customDocument ${operation}`, custom(operation)]),
	['api call', api('POST /jdy/v2/scm/sal_order')],
];

const READS: Array<[name: string, parameters: IDataObject]> = [
	['account check', { resource: 'account', operation: 'check', modules: ['pm'] }],
	['account getInfo', { resource: 'account', operation: 'getInfo' }],
	['record get', order({ operation: 'get', by: 'number', keys: 'XSDD000001', key: 'XSDD000001' })],
	['record getMany', order({ operation: 'getMany', filterMode: 'json', filtersJson: '{}' })],
	['customDocument get', { ...custom('get'), conditionsMode: 'json', conditionsJson: '{"number":"A"}' }],
	['customDocument getMany', custom('getMany')],
	['report getMany', { resource: 'report', operation: 'getMany', report: located('scm/inventory'), filterMode: 'json', filtersJson: '{}' }],
];

const REFUSED = { outcome: 'notSent', message: expect.stringContaining('The credential is Read Only, so this write was not sent: '), description: expect.stringContaining('Switch off Read Only in the credential') };

it('the two tables have every operation that the editor offers', () => {
	const offered = new KingdeeJdy().description.properties.filter(({ name }) => name === 'operation').flatMap(({ displayOptions, options }) => (displayOptions?.show?.resource ?? []).flatMap((resource) => (options as INodePropertyOptions[]).map(({ value }) => `${String(resource)} ${String(value)}`)));
	expect([...WRITES, ...READS].map(([name]) => name).sort()).toEqual(offered.sort());
});

describe('a credential that is Read Only', () => {
	it.each(WRITES)('sends nothing: %s', async (_name, parameters) => {
		const { done, failed } = await kingdeeJdy(emulator, { parameters, items: [ORDER], credential: readOnly(), settings: CONTINUE });
		expect(failed.map(({ json }) => json.error)).toMatchObject([REFUSED]);
		expect([done, arrived()]).toEqual([[], []]);
	});

	it.each(WRITES)('which arrives without it: %s', async (_name, parameters) => {
		await kingdeeJdy(emulator, { parameters, items: [ORDER], settings: CONTINUE });
		expect(arrived()).toHaveLength(1);
	});

	it('sends no custom document, and says so in the error that ends the run', async () => {
		const { error, saved } = await save(emulator, { items: [{ no: 1 }], credential: readOnly() });
		expect([error?.message, saved, arrived()]).toEqual(['The credential is Read Only, so this write was not sent: POST /jdy/v2/cust/save', [], []]);
		expect(error).toMatchObject({ context: { outcome: 'notSent' }, description: 'Nothing was sent for this item. Switch off Read Only in the credential if this call may change the books, or use a credential without it.' });
	});

	it('asks for no token to say so', async () => {
		await save(emulator, { items: [{ no: 1 }], credential: { ...credentialFor.instance(emulator), readOnly: true } });
		expect(emulator.ledger).toEqual([]);
	});

	it('leaves no mark of a key: the document is saved once Read Only is off', async () => {
		const keyed = { items: [{ no: 'A' }], parameters: { deduplicationKey: '={{ $json.no }}' } };
		await save(emulator, { ...keyed, credential: readOnly() });
		expect((await save(emulator, keyed)).saved).toHaveLength(1);
		expect(arrived()).toHaveLength(1);
	});

	it('sends none of the documented calls that may change something, whichever page they stand on', async () => {
		const calls = jdyCalls().filter(({ method, path }) => method !== 'GET' && !READING.test(path));
		const { failed } = await kingdeeJdy(emulator, { parameters: { ...api('={{ $json.call }}'), options: { callsPerMinute: 0 } }, items: calls.map(({ method, path }) => ({ call: `${method} ${path}` })), credential: readOnly(), settings: CONTINUE });
		// Three take a file, and refuse JSON by themselves.
		const refused = failed.filter(({ json }) => String((json.error as IDataObject).message).includes('Read Only'));
		expect([failed.length, refused.length, arrived()]).toEqual([calls.length, calls.length - 2, []]);
		expect(calls.length).toBeGreaterThan(115);
	});

	it.each(['POST /jdy/v2/new/call', 'DELETE /jdy/v2/new/call', 'POST /jdy/v2/cust/list/'])('takes %s, which nobody documents, for a write', async (call) => {
		const { failed } = await kingdeeJdy(emulator, { parameters: api(call), credential: readOnly(), settings: CONTINUE });
		expect(failed.map(({ json }) => json.error)).toMatchObject([REFUSED]);
		expect(emulator.ledger).toEqual([]);
	});

	it.each(READS)('reads: %s', async (_name, parameters) => {
		put(emulator, [{ number: 'A' }]);
		const { done, error } = await kingdeeJdy(emulator, { parameters, credential: readOnly() });
		expect([error, done.length > 0]).toEqual([undefined, true]);
	});

	it.each([
		['POST /jdy/v2/cust/list', { biz_type: 'ts_1', data: {}, page_no: '1', page_size: '1' }],
		['POST /jdy/v2/pm/bom_material', {}],
		['POST /jdy/v2/fi/assistdetail_report', {}],
		['GET /jdy/v2/new/call', {}],
	])('lets %s through, which reads', async (call, body) => {
		await kingdeeJdy(emulator, { parameters: { ...api(call), bodyJson: JSON.stringify(body) }, credential: readOnly(), settings: CONTINUE });
		expect(emulator.ledger.map(({ method, path }) => `${method} ${path}`)).toEqual([call]);
	});

	it('shows a Dry Run as ever', async () => {
		const { json } = await kingdeeJdy(emulator, { parameters: order({ operation: 'save', options: { dryRun: true } }), items: [ORDER], credential: readOnly() });
		expect([json[0]?.dryRun, json[0]?.method, arrived()]).toEqual([true, 'POST', []]);
	});

	it('holds for an agent as well', async () => {
		const { error } = await kingdeeJdy(emulator, { parameters: order({ operation: 'save' }), items: [ORDER], credential: readOnly(), isTool: true });
		expect([error?.message.includes('Read Only'), arrived()]).toEqual([true, []]);
	});

	it('lets a trigger poll, and one that JDY pushes to read back', async () => {
		const workflow = new PolledWorkflow(emulator, { readOnly: true });
		workflow.activate({ name: 'T', parameters: { resource: 'customDocument', bizType: 'ts_1', event: 'changed', details: false } });
		await workflow.poll('T');
		put(emulator, [{ no: 'B' }]);
		expect(await workflow.poll('T')).toHaveLength(1);
		const { pusher, run, webhooks } = await listen(emulator, { credential: readOnly() });
		const [first] = emulator.gateway.records.of(demoAccount, 'scm.sal_order');
		await pusher.message({ msgId: 'm-1', bizType: 'sal_bill_order', data: [first?.id] });
		const { items } = await run();
		await webhooks.stop();
		expect(items).toMatchObject([{ verified: true, id: first?.id }]);
	});

	it.each(['appToken', 'appKey', 'instance'] as const)('passes its own test, with %s', async (way) => {
		expect(await testCredential({ ...credentialFor[way](emulator), readOnly: true }, credentialWith(createState()))).toMatchObject({ status: 'OK' });
	});
});

describe("n8n's HTTP Request node, where only URL and method are known", () => {
	const sign = async (method: string, path: string, more: ICredentialDataDecryptedObject = { readOnly: true }) => await authenticateWith(createState())({ ...tokenCredential(emulator), ...more }, { method: method as 'GET', url: `${emulator.url}${path}` });

	it.each([
		['POST', '/jdy/v2/cust/save'],
		['post', '/jdy/v2/cust/operate'],
		['DELETE', '/jdy/v2/cust/list'],
		['PUT', '/jdy/v2/cust/detail'],
		['HEAD', '/jdy/v2/bd/customer'],
		['POST', '/jdy/v2/pm/bom_material'],
		['POST', '/jdy/v2/cust/list/'],
		['POST', '/jdy/v2/cust/list/../save'],
		['POST', '/jdy/v2/cust/%6cist'],
		['POST', '/jdyconnector/app_management/other'],
	])('%s %s is refused', async (method, path) => {
		await expect(sign(method, path)).rejects.toThrow(/^Read Only is on in this credential, so \w+ \/\S+ was not sent$/);
		await expect(sign(method, path, {})).resolves.toMatchObject({ headers: { 'X-Api-Signature': expect.any(String) } });
	});

	it.each([
		['GET', '/jdy/v2/bd/customer'],
		['POST', '/jdy/v2/cust/list'],
		['POST', '/jdy/v2/cust/detail'],
		['POST', '/jdyconnector/app_management/push_app_authorize'],
		['GET', '/jdyconnector/app_management/kingdee_auth_token'],
	])('%s %s is signed', async (method, path) => {
		await expect(sign(method, path)).resolves.toMatchObject({ headers: { 'X-Api-Signature': expect.any(String) } });
	});
});

it.each([[undefined], [null], ['yes'], ['']])('a Read Only that is %j is no answer: nothing is sent', async (given) => {
	const { error } = await save(emulator, { items: [{}], credential: { ...tokenCredential(emulator), readOnly: given as unknown as boolean } });
	expect([error?.message, emulator.ledger]).toEqual(['Read Only must be true or false', []]);
});
