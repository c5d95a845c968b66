import type { IDataObject } from 'n8n-workflow';

import { onPaths } from '../../../emulator/pathFaults.mts';
import { answerWith } from '../../../emulator/replies.mts';
import { Emulator } from '../../../emulator/server.mts';
import type { Settings } from '../../../emulator/settings.mts';
import { bodiesOf, kingdeeJdy } from '../../../helpers/kingdeeJdy.mts';
import { CONTINUE } from '../../../helpers/settings.mts';

let emulator: Emulator;
afterEach(async () => await emulator.stop());

async function run(parameters: IDataObject, items: IDataObject[], settings: Partial<Settings>) {
	emulator = await Emulator.start({ callsPerSecond: Infinity, callsPerMinute: Infinity, seed: 'everyKind', nameOnce: false, ...settings });
	const fixed = { resource: 'record', operation: 'save', type: 'scm/sal_order', dataMode: 'inputItem', options: { callsPerMinute: 0, maxAttempts: 1 } };
	return await kingdeeJdy(emulator, { items, settings: CONTINUE, parameters: { ...fixed, ...parameters } });
}

const ORDER = { bill_date: '2026-03-01', customer_number: '0012', material_entity: [{ material_number: '0012', qty: 1, price: 1, is_free: false, delivery_date: '2026-03-31' }] };
const outcomes = (failed: Array<{ json: IDataObject }>) => failed.map(({ json }) => (json.error as IDataObject).outcome);
const repeats: Partial<Settings> = { listSlip: ({ path }) => (path.endsWith('bd/customer') ? 'repeats' : undefined) };

it('a name is not taken for that of one customer if the list repeats a row in place of another', async () => {
	const { failed } = await run({}, [{ ...ORDER, customer_number: undefined, customer_name: '丙' }], repeats);
	expect(outcomes(failed)).toEqual(['notSent']);
	expect(bodiesOf(emulator, '/jdy/v2/scm/sal_order')).toEqual([]);
});

it('Create or Update makes nothing new while the list repeats a row in place of another', async () => {
	const { failed } = await run({ operation: 'upsert', type: 'bd/customer', matchBy: 'name' }, [{ name: '甲', remark: 'x' }], repeats);
	expect(outcomes(failed)).toEqual(['notSent']);
	expect(emulator.ledger.filter(({ method }) => method === 'POST')).toEqual([]);
});

it('auxiliary data of another group are not taken, if the list ignores the group', async () => {
	const unfiltered: Partial<Settings> = { listSlip: ({ path }) => (path.endsWith('bd/aux_info') ? 'unfiltered' : undefined) };
	const { failed } = await run({}, [{ ...ORDER, delivery_type_name: '样品' }], { ...unfiltered, seed: 'traps' });
	expect(outcomes(failed)).toEqual(['notSent']);
});

it('a row without an ID is no reason to make another one', async () => {
	const page = { errcode: 0, description: 'success', data: { rows: [{ number: 'KH1', name: 'Acme' }], count: 1, total_page: 1 } };
	emulator = await Emulator.start({ callsPerSecond: Infinity, seed: 'traps' });
	emulator.chooseFault = onPaths({ 'GET bd/customer': answerWith(200, page) });
	const parameters = { resource: 'record', operation: 'upsert', type: 'bd/customer', matchBy: 'name', dataMode: 'inputItem', options: { callsPerMinute: 0, maxAttempts: 1 } };
	const { failed } = await kingdeeJdy(emulator, { items: [{ name: 'Acme' }], settings: CONTINUE, parameters });
	expect(outcomes(failed)).toEqual(['notSent']);
	expect(emulator.ledger.filter(({ method }) => method === 'POST')).toEqual([]);
});

it.each([
	['bd/supplier', { number: 'G9', name: 'n', contact_persons: undefined, bom_entity: [{ contact_person: 'x', contact_city_number: '440100' }] }, { bom_entity: [{ contact_city_number: '440100' }] }],
	['bd/customer', { number: 'G9', name: 'n', setting_term_number: 'T1' }, { setting_term_number: 'T1' }],
])('a number that JDY documents for what has none in its lists is sent as it is: %s', async (type, document, sent) => {
	const { failed } = await run({ type }, [document], { seed: 'traps', referencesExist: false });
	expect(failed.map(({ json }) => (json.error as IDataObject).message)).toEqual([]);
	expect(bodiesOf(emulator, `/jdy/v2/${type}`)).toMatchObject([sent]);
});
