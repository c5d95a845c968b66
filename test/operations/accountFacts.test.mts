import type { IDataObject } from 'n8n-workflow';

import { lookUpState } from '../../nodes/KingdeeJdy/shared/lookup/lookUpState.ts';
import { answerWith, lost } from '../emulator/replies.mts';
import { Emulator } from '../emulator/server.mts';
import { demoAccount } from '../emulator/settings.mts';
import type { Settings } from '../emulator/settings.mts';
import { instanceCredential } from '../helpers/credentials.mts';
import { save, stateOf } from '../helpers/jdy.mts';
import { kingdeeJdy, put } from '../helpers/kingdeeJdy.mts';
import { freshStore } from '../helpers/processedData.mts';
import { CONTINUE } from '../helpers/settings.mts';

let emulator: Emulator;
beforeEach(async () => void (await freshStore()));
afterEach(async () => await emulator.stop());

async function start(settings: Partial<Settings> = {}): Promise<void> {
	emulator = await Emulator.start({ seed: 'firm', callsPerSecond: Infinity, callsPerMinute: Infinity, ...settings });
	lookUpState(stateOf(emulator)).timesMs = [0];
}

describe('how a list of values stands in a query', () => {
	const staff = () => ['ZY01', 'ZY02'].map((number) => emulator.gateway.records.of(demoAccount, 'bd.emp').find((row) => row.number === number)?.id ?? '');
	const queries = () => emulator.ledger.filter(({ path }) => path === '/jdy/v2/scm/sal_order').map(({ query }) => (new URLSearchParams(query).getAll('emp_id').length === 2 ? 'repeated' : 'JSON'));

	async function orders(emp_id: string[] = staff(), options: IDataObject = {}) {
		const parameters = { resource: 'record', operation: 'getMany', type: { __rl: true, mode: 'path', value: 'scm/sal_order' }, returnAll: true, filterMode: 'json', filtersJson: JSON.stringify({ emp_id }), options: { callsPerMinute: 0, concurrency: 1, ...options } };
		const { json, error, hints } = await kingdeeJdy(emulator, { credential: instanceCredential(emulator), parameters });
		return { count: json.length, error, hints: hints('JDY').map(({ message }) => message) };
	}

	it('is found out where JSON is refused, and remembered for the account', async () => {
		await start();
		emulator.chooseFault = ({ target }) => (target.includes('sal_order') && target.includes('%5B') ? answerWith(400, { errcode: 400, description: 'Bad Request' }) : undefined);
		const first = await orders();
		expect([first.count, first.error, new Set(queries()), queries()[0]]).toEqual([125, undefined, new Set(['JSON', 'repeated']), 'JSON']);
		expect(first.hints).toEqual([expect.stringContaining('JDY did not understand a list of values as JSON')]);
		emulator.ledger.splice(0);
		expect([(await orders()).count, new Set(queries())]).toEqual([125, new Set(['repeated'])]);
	});

	it('is what the user has set, and serves where nothing is set once its rows have shown it', async () => {
		await start({ arrayQueries: 'repeat' });
		expect([(await orders()).count, (await orders(staff(), { arrayFormat: 'repeat' })).count]).toEqual([0, 125]);
		emulator.ledger.splice(0);
		expect([(await orders()).count, new Set(queries())]).toEqual([125, new Set(['repeated'])]);
		expect((await orders(staff(), { arrayFormat: 'json' })).count).toBe(0);
	});

	it.each(['json', 'both'] as const)('stays JSON where that is understood (%s)', async (arrayQueries) => {
		await start({ arrayQueries });
		expect([(await orders()).count, new Set(queries())]).toEqual([125, new Set(['JSON'])]);
	});

	it('takes no list for filtered that is not', async () => {
		await start();
		emulator.chooseFault = ({ target }) => (target.includes('sal_order') && target.includes('%5B') ? answerWith(400, { errcode: 400, description: 'Bad Request' }) : undefined);
		emulator.gateway.settings.listSlip = () => 'unfiltered';
		const { count, error } = await orders();
		expect([count, error?.message, queries().includes('repeated')]).toEqual([0, 'Bad Request', true]);
	});
});

describe('whether the list of custom documents filters', () => {
	const lists = () => emulator.ledger.filter(({ path }) => path === '/jdy/v2/cust/list').map(({ body }) => (JSON.parse(body) as { data: IDataObject }).data);

	/** A save whose answer is lost is looked for. */
	async function lose(no: string) {
		emulator.chooseFault = ({ target }) => (target === '/jdy/v2/cust/save' ? lost() : undefined);
		emulator.ledger.splice(0);
		const { saved } = await save(emulator, { credential: instanceCredential(emulator), items: [{ no }], settings: CONTINUE, parameters: { bizType: 'ts_1', deduplicationKey: '={{ $json.no }}', options: { lookUpField: 'no', callsPerMinute: 0, maxAttempts: 1 } } });
		expect(saved).toHaveLength(1);
		return lists();
	}

	it('is tried once, and remembered where it does not', async () => {
		await start({ listFilters: 'ignored' });
		put(emulator, [{ no: 'old' }]);
		expect((await lose('A'))[0]).toEqual({ no: 'A' });
		expect(await lose('B')).toEqual([{}]);
	});

	it('is remembered where it does: nothing else is read', async () => {
		await start({ listFilters: 'equality' });
		put(emulator, [{ no: 'old' }]);
		await lose('A');
		expect(await lose('B')).toEqual([{ no: 'B' }]);
	});

	it('is shown by an ordinary list as well', async () => {
		await start({ listFilters: 'ignored' });
		put(emulator, [{ no: 'old' }]);
		await kingdeeJdy(emulator, { credential: instanceCredential(emulator), parameters: { resource: 'customDocument', operation: 'getMany', bizType: 'ts_1', conditionsMode: 'json', conditionsJson: '{"no":"x"}' } });
		expect(await lose('A')).toEqual([{}]);
	});
});

it('whether details answer to numbers is asked once', async () => {
	await start({ detailByNumber: 'none' });
	const parameters = { resource: 'record', operation: 'save', type: { __rl: true, mode: 'path', value: 'scm/sal_order' }, dataMode: 'inputItem', options: { callsPerMinute: 0 } };
	const details: number[] = [];
	for (const customer_number of ['KH0001', 'KH0002']) {
		emulator.ledger.splice(0);
		await kingdeeJdy(emulator, { credential: instanceCredential(emulator), parameters, items: [{ bill_date: '2026-03-01', customer_number }], settings: CONTINUE });
		details.push(emulator.ledger.filter(({ path }) => path === '/jdy/v2/bd/customer_detail').length);
	}
	expect(details).toEqual([1, 0]);
});
