import type { IDataObject } from 'n8n-workflow';

import { html, lost, refuse } from '../../../emulator/replies.mts';
import { Emulator } from '../../../emulator/server.mts';
import type { Settings } from '../../../emulator/settings.mts';
import { tokenCredential } from '../../../helpers/credentials.mts';
import { bodiesOf, kingdeeJdy } from '../../../helpers/kingdeeJdy.mts';
import { CONTINUE, RETRY } from '../../../helpers/settings.mts';

let emulator: Emulator;
const start = async (settings: Partial<Settings> = {}) => (emulator = await Emulator.start({ callsPerSecond: Infinity, callsPerMinute: Infinity, seed: 'traps', ...settings }));
afterEach(async () => await emulator.stop());

async function upsert(items: IDataObject[], parameters: IDataObject = {}, settings: object = CONTINUE) {
	const fixed = { resource: 'record', operation: 'upsert', type: 'bd/customer', matchBy: 'number', dataMode: 'inputItem', options: { callsPerMinute: 0, maxAttempts: 1 } };
	return await kingdeeJdy(emulator, { items, settings, parameters: { ...fixed, ...parameters } });
}
const posts = () => emulator.ledger.filter(({ method }) => method === 'POST').map(({ body }) => JSON.parse(body) as IDataObject);

/** By this row the list shows that it has the field. */
const SHOWN = { entity: 'bd.customer', number: 'R0', name: 'r0', remark: 'another' };

describe('Create or Update by a field', () => {
	it('makes nothing where lists do not show the field: it cannot be known whether there is one', async () => {
		await start();
		const { failed } = await upsert([{ number: 'N1', name: 'n1', taxpayer_no: '9133' }], { matchBy: 'field', matchField: 'taxpayer_no' });
		expect(failed).toMatchObject([{ json: { error: { outcome: 'notSent', message: expect.stringContaining('do not show the field') } } }]);
		expect(posts()).toEqual([]);
	});

	it('finds what was made by it, and makes what is not there', async () => {
		await start({ masterData: [SHOWN] });
		const by = { matchBy: 'field', matchField: 'remark' };
		const first = await upsert([{ number: 'N1', name: 'n1', remark: 'r1' }], by);
		const again = await upsert([{ number: 'N1', name: 'n2', remark: 'r1' }], by);
		expect([...first.json, ...again.json]).toMatchObject([{ action: 'created' }, { action: 'updated' }]);
		expect(posts()[1]).toMatchObject({ name: 'n2', id: first.json[0]?.id });
	});

	it('looks for each item by its own field', async () => {
		await start({ masterData: [SHOWN] });
		const items = [{ by: 'remark', number: 'N1', name: 'n1', remark: 'r1' }, { by: 'name', number: 'KH0001', name: '上海五金商行', remark: 'changed' }];
		const { json } = await upsert(items, { matchBy: 'field', matchField: '={{ $json.by }}' });
		expect(json).toMatchObject([{ action: 'created' }, { action: 'updated', number: 'KH0001' }]);
	});
});

it('a document whose answer was lost, and that is found, is told as created or updated as well', async () => {
	await start();
	let saves = 0;
	emulator.chooseFault = ({ method }) => (method === 'POST' && ++saves === 1 ? lost() : undefined);
	const { json } = await upsert([{ number: 'N1', name: 'n1' }]);
	expect(json).toMatchObject([{ action: 'created', outcome: 'saved', lookedUp: true }]);
});

it('what an earlier try has saved stays saved, although it cannot be looked up on the next', async () => {
	await start();
	let saves = 0;
	emulator.chooseFault = ({ method }) => {
		if (method !== 'POST') return saves >= 2 ? html(502) : undefined;
		saves += 1;
		return saves === 1 ? refuse(1030002003) : undefined;
	};
	// n8n tries again in this mode if the first item has failed.
	const { json } = await upsert([{ number: 'N2', name: 'n2' }, { number: 'N1', name: 'n1' }], {}, { ...RETRY, onError: 'continueRegularOutput' });
	expect(json).toMatchObject([{ error: { outcome: 'notSent' } }, { number: 'N1', outcome: 'saved' }]);
	expect(posts().map(({ number }) => number)).toEqual(['N2', 'N1']);
});

it.each(['0', 0])('a sale unit that is told as %j is none: the base unit is taken', async (unset) => {
	await start({ masterData: [{ entity: 'bd.material', number: 'Z1', name: 'z1', base_unit_name: '个', sale_unit_id: unset }] });
	const line = { material_number: 'Z1', qty: 2, price: 4, is_free: false, delivery_date: '2026-03-31' };
	const parameters = { resource: 'record', operation: 'save', type: 'scm/sal_order', dataMode: 'inputItem', options: { callsPerMinute: 0, maxAttempts: 1 } };
	const { failed } = await kingdeeJdy(emulator, { items: [{ bill_date: '2026-03-01', customer_number: 'KH0001', material_entity: [line] }], settings: CONTINUE, parameters });
	expect(failed).toEqual([]);
	expect(bodiesOf(emulator, '/jdy/v2/scm/sal_order')).toMatchObject([{ material_entity: [{ unit_id: '8' }] }]);
});

it('Keep Other Fields keeps no number of a customer that is given anew', async () => {
	await start();
	const order = { bill_no: 'N1', bill_date: '2026-03-01', customer_number: 'KH0001', material_entity: [{ material_number: 'SP0002', unit_name: '个', qty: 2, price: 4, is_free: false, delivery_date: '2026-03-31' }] };
	const sales = { type: 'scm/sal_order', options: { callsPerMinute: 0, maxAttempts: 1, keepOtherFields: true } };
	await upsert([order], sales);
	const { failed } = await upsert([{ ...order, customer_number: undefined, customer_name: '上海五金商行 分店' }], sales);
	expect(failed).toEqual([]);
	const [first, second] = posts();
	expect(first).toMatchObject({ customer_number: 'KH0001' });
	expect(second?.customer_id).not.toBe(first?.customer_id);
	expect(second).not.toHaveProperty('customer_number');
});

it('a credential that cannot be used is told as such, although there are names to look up', async () => {
	await start();
	const parameters = { resource: 'record', operation: 'save', type: 'scm/sal_order', dataMode: 'inputItem', options: {} };
	const credential = { ...tokenCredential(emulator), clientId: '' };
	const { failed } = await kingdeeJdy(emulator, { items: [{ customer_name: 'x' }], settings: CONTINUE, parameters, credential });
	expect(failed).toMatchObject([{ json: { error: { outcome: 'notSent', description: expect.stringContaining('Open the credential and correct it') } } }]);
});
