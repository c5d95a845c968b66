import type { IDataObject } from 'n8n-workflow';

import { html } from '../../../emulator/replies.mts';
import { onPaths } from '../../../emulator/pathFaults.mts';
import { Emulator } from '../../../emulator/server.mts';
import { demoAccount } from '../../../emulator/settings.mts';
import { kingdeeJdy } from '../../../helpers/kingdeeJdy.mts';
import { PolledWorkflow } from '../../../helpers/polledWorkflow.mts';
import { CONTINUE } from '../../../helpers/settings.mts';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ callsPerSecond: Infinity, callsPerMinute: Infinity, seed: 'traps' });
});
afterEach(async () => await emulator.stop());

const idOf = (entity: string, wanted: string) => emulator.gateway.records.of(demoAccount, entity).find(({ number }) => number === wanted)?.id ?? '';
const run = async (parameters: IDataObject) => await kingdeeJdy(emulator, { items: [{}], settings: CONTINUE, parameters: { options: { callsPerMinute: 0, maxAttempts: 1 }, returnAll: true, ...parameters } });
const json = (filters: IDataObject) => ({ filterMode: 'json', filtersJson: JSON.stringify(filters) });
const outbounds = (filters: IDataObject) => ({ resource: 'record', operation: 'getMany', type: 'scm/entrust_settle', ...json(filters) });

/** What the calls of a path were asked for. */
const asked = (path: string) => emulator.ledger.filter((entry) => entry.path === `/jdy/v2/${path}`).map(({ query }) => Object.fromEntries(new URLSearchParams(query)));
const messages = (failed: Array<{ json: IDataObject }>) => failed.map((item) => String((item.json.error as IDataObject).message));

it.each<[what: string, filters: IDataObject, numbers: string[]]>([
	['a number', { customer_number: 'KH0001' }, ['KH0001']],
	['several in a text', { customer_number: 'KH0001, KH0002' }, ['KH0001', 'KH0002']],
	['a list', { customer_number: ['KH0001', 'KH0004'] }, ['KH0001', 'KH0004']],
	['a name', { customer_name: '上海五金商行' }, ['KH0001']],
])('a filter by %s asks by the IDs', async (_what, filters, numbers) => {
	const { failed } = await run(outbounds(filters));
	expect(messages(failed)).toEqual([]);
	expect(asked('scm/entrust_settle')).toMatchObject([{ customer_id: JSON.stringify(numbers.map((number) => idOf('bd.customer', number))) }]);
	expect(asked('scm/entrust_settle')[0]).not.toHaveProperty('customer_name');
});

it('a filter that names nobody reads nothing', async () => {
	const { failed } = await run(outbounds({ customer_name: '上海五金' }));
	expect(messages(failed)).toEqual([expect.stringContaining('"上海五金" was not found among the customers')]);
	expect(asked('scm/entrust_settle')).toEqual([]);
});

it('a report is filtered by numbers and barcodes', async () => {
	const { failed } = await run({ resource: 'report', report: 'scm/inventory', ...json({ material_barcode: '6901234567892', stock_name: '主仓' }) });
	expect(messages(failed)).toEqual([]);
	expect(asked('scm/inventory')).toMatchObject([{ material_ids: JSON.stringify([idOf('bd.material', 'SP0001')]), stock_ids: JSON.stringify([idOf('bd.store', 'CK01')]) }]);
});

it('an API Call with fields takes them', async () => {
	const parameters = { mappingMode: 'defineBelow', value: { customer_number: 'KH0002' } };
	const { failed } = await run({ resource: 'api', call: 'GET /jdy/v2/arap/customer_debt', inputMode: 'fields', parameters });
	expect(messages(failed)).toEqual([]);
	expect(asked('arap/customer_debt')).toMatchObject([{ customer_id: expect.stringContaining(idOf('bd.customer', 'KH0002')) }]);
});

describe('a trigger', () => {
	const type = { __rl: true, mode: 'list', value: 'scm/sal_out_bound' };
	const trigger = (filters: IDataObject) => ({ name: 'Trigger', parameters: { resource: 'record', type, event: 'changed', ...json(filters), options: { callsPerMinute: 0 } } });

	it('watches what a number names', async () => {
		const workflow = new PolledWorkflow(emulator);
		workflow.activate(trigger({ customer_number: 'KH0001' }));
		await workflow.poll('Trigger');
		await workflow.poll('Trigger');
		const lists = asked('scm/sal_out_bound');
		expect(lists.length).toBeGreaterThan(0);
		for (const query of lists) expect(query.customer_id).toBe(JSON.stringify([idOf('bd.customer', 'KH0001')]));
	});

	it('remembers nothing if the look-up fails', async () => {
		const workflow = new PolledWorkflow(emulator);
		workflow.activate(trigger({ customer_number: 'KH0001' }));
		emulator.chooseFault = onPaths({ 'GET bd/customer': html(502), 'GET bd/customer_detail': html(502) });
		await expect(workflow.poll('Trigger')).rejects.toThrow(/customers of the account could not be looked up/);
		expect(asked('scm/sal_out_bound')).toEqual([]);
		expect(workflow.stored).toEqual({});
	});
});
