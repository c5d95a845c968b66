import type { IDataObject } from 'n8n-workflow';

import { refuse } from '../emulator/replies.mts';
import { Emulator } from '../emulator/server.mts';
import { demoAccount } from '../emulator/settings.mts';
import { tokenCredential } from '../helpers/credentials.mts';
import { save } from '../helpers/jdy.mts';
import { keyed } from '../helpers/keyed.mts';
import { kingdeeJdy } from '../helpers/kingdeeJdy.mts';
import { freshStore } from '../helpers/processedData.mts';
import { CONTINUE, RETRY } from '../helpers/settings.mts';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ seed: 'firm', referencesExist: false });
	await freshStore();
});
afterEach(async () => await emulator.stop());

/** Refuses the first call: n8n runs the node again, because the first item failed. */
function refuseFirst() {
	emulator.chooseFault = (_request, index) => (index === 0 ? refuse(1030002000, 'no') : undefined);
}

const record = (more: IDataObject) => ({ resource: 'record', type: { __rl: true, mode: 'list', value: 'scm/sal_order' }, ...more });
const ORDER = { bill_date: '2026-03-01', customer_id: '1', material_entity: [{ material_id: '10', unit_id: '30', qty: 2, price: '12.50', is_free: false }] };
const UNKNOWN_FIELD = 'Left out, because no field of the document is called so: colour';

describe.each([
	['stops', {}],
	['continues', CONTINUE],
])('a node with Retry On Fail that %s shows after its second try', (_name, settings) => {
	const shown = async (parameters: IDataObject, items: IDataObject[] = [{}]) => {
		refuseFirst();
		const { hints, error, failed } = await kingdeeJdy(emulator, { parameters, items, settings: { ...RETRY, ...settings } });
		expect([error, failed]).toEqual([undefined, []]);
		return hints('JDY').map(({ message }) => message);
	};

	it('a field that is not documented', async () => {
		expect(await shown(record({ operation: 'save', dataMode: 'inputItem' }), [{ ...ORDER, colour: 'red' }])).toEqual([UNKNOWN_FIELD]);
	});

	it('and shows it once for all items', async () => {
		const hints = await shown(record({ operation: 'save', dataMode: 'inputItem' }), [{ ...ORDER, colour: 'red' }, { ...ORDER, colour: 'blue' }]);
		expect(hints).toEqual([UNKNOWN_FIELD, '2 saved']);
	});

	it('a filter that is empty', async () => {
		const filters = { mappingMode: 'defineBelow', value: { bill_status: 'Audited' }, schema: [{ id: 'customer_number', removed: false }] };
		expect(await shown(record({ operation: 'getMany', filters }))).toEqual(['This filter is empty and did not filter: Customer Number 客户编码']);
	});
});

it('values that could not be decrypted are told although their item is not read again', async () => {
	const { settings, records } = emulator.gateway;
	settings.clients = settings.clients.map((client) => ({ ...client, clientSecret: 'short' }));
	const credential = { ...tokenCredential(emulator), clientSecret: 'short' };
	const key = records.of(demoAccount, 'bd.customer')[0]?.id ?? '';
	// The second item is read in the first try already.
	refuseFirst();
	const parameters = { resource: 'record', operation: 'get', type: { __rl: true, mode: 'list', value: 'bd/customer' }, by: 'id', key, options: { decrypt: true } };
	const { hints, failed } = await kingdeeJdy(emulator, { parameters, items: [{}, {}], credential, settings: { ...RETRY, ...CONTINUE } });
	expect(failed).toEqual([]);
	expect(hints('JDY')[0]?.message).toMatch(/^Some values could not be decrypted/);
});

it('the counts of a run are those of its last try, and keys that another run saved with other data are told', async () => {
	await save(emulator, { items: [{ no: 'B', qty: 1 }], parameters: keyed('={{ $json.no }}') });
	emulator.chooseFault = ({ body }, index) => (body.includes('"A"') && index < 3 ? refuse(1030002000, 'no') : undefined);
	const { hints } = await save(emulator, { items: [{ no: 'A' }, { no: 'B', qty: 2 }, { no: 'C' }], parameters: keyed('={{ $json.no }}'), settings: { ...RETRY, ...CONTINUE } });
	expect(hints('Save').map(({ message }) => message)).toEqual([
		'1 of 3 items have a Deduplication Key that an earlier run saved with other data; they were not sent: item 1',
		'2 saved, 1 already saved',
	]);
});

it('a run shows no hints of another run with the same input', async () => {
	const parameters = record({ operation: 'save', dataMode: 'inputItem' });
	const first = await kingdeeJdy(emulator, { parameters, items: [{ ...ORDER, colour: 'red' }] });
	const second = await kingdeeJdy(emulator, { parameters, items: [ORDER] });
	expect([first.hints('JDY').length, second.hints('JDY')]).toEqual([1, []]);
});
