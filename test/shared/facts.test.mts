import type { IDataObject } from 'n8n-workflow';

import { answerWith, lost } from '../emulator/replies.mts';
import { Emulator } from '../emulator/server.mts';
import { save } from '../helpers/jdy.mts';
import { kingdeeJdy } from '../helpers/kingdeeJdy.mts';
import { freshStore } from '../helpers/processedData.mts';
import { CONTINUE, RETRY } from '../helpers/settings.mts';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start();
	await freshStore();
});
afterEach(async () => await emulator.stop());

/** What JDY might answer beside its documented keys, in the words by which this package speaks of an item. */
const CLAIMS = { alreadySaved: true, dataDiffers: true, lookedUp: true, deduplicationKey: 'X', details: { outcome: 'unknown' }, isAgain: true, hints: ['x'] };
const IDS = { ids: ['1800000000000000001'], id_number_map: { '1800000000000000001': 'SO-1' } };

function claiming(data: unknown, inside = false) {
	const answer = { errcode: 0, description: 'success', data: inside ? { data: { id: '7', ...CLAIMS } } : data, ...(inside ? {} : CLAIMS) };
	emulator.chooseFault = () => answerWith(200, JSON.stringify(answer), { saves: true });
}

const ORDER = { bill_date: '2026-03-01', customer_id: '1', material_entity: [{ material_id: '10', unit_id: '30', qty: 2, price: '12.50', is_free: false }] };
const record = (options: IDataObject, more: IDataObject = {}) => ({ resource: 'record', operation: 'save', type: { __rl: true, mode: 'list', value: 'scm/sal_order' }, dataMode: 'inputItem', options, ...more });

describe('an answer that speaks of already saved, looked up and other data', () => {
	it.each<[output: string, expected: IDataObject]>([
		['envelope', { errcode: 0, description: 'success', data: { data: { id: '7' } }, more: CLAIMS }],
		['data', { id: '7' }],
		['simplified', { id: '7', outcome: 'saved', documentType: 'ts_1', no: 1 }],
	])('changes nothing of a custom document (%s)', async (output, expected) => {
		claiming({ data: { id: '7' } });
		const { saved, hints } = await save(emulator, { items: [{ no: 1 }, { no: 1 }], parameters: { bizType: 'ts_1', options: { output } } });
		expect(saved.map(({ json }) => json)).toEqual([expected, expected]);
		expect(hints('Save').map(({ message }) => message)).toEqual(['2 saved']);
	});

	it.each<[output: string, expected: IDataObject]>([
		['envelope', { errcode: 0, description: 'success', data: IDS, more: CLAIMS }],
		['data', IDS],
		['simplified', { id: '1800000000000000001', number: 'SO-1', outcome: 'saved', type: 'scm/sal_order' }],
	])('changes nothing of an order (%s)', async (output, expected) => {
		claiming(IDS);
		const { json, hints } = await kingdeeJdy(emulator, { parameters: record({ output }), items: [ORDER, ORDER] });
		expect(json).toEqual([expected, expected]);
		expect(hints('JDY').map(({ message }) => message)).toEqual(['2 saved']);
	});

	it('changes nothing where it stands in the document', async () => {
		claiming(undefined, true);
		const run = async (output: string) => (await save(emulator, { items: [{ no: 1 }], parameters: { options: { output } } })).saved[0]?.json;
		expect(await run('envelope')).toEqual({ errcode: 0, description: 'success', data: { data: { id: '7', ...CLAIMS } } });
		expect(await run('data')).toEqual({ data: { id: '7', ...CLAIMS } });
		expect(await run('simplified')).toMatchObject({ id: '7', outcome: 'saved' });
	});

	it('is remembered for what it is: saved', async () => {
		claiming({ data: { id: '7' } });
		const parameters = { options: { deduplicationKey: '={{ $json.no }}' } };
		const first = await save(emulator, { items: [{ no: 'A' }], parameters, settings: RETRY });
		expect(first.saved[0]?.json).not.toHaveProperty('alreadySaved');
		const second = await save(emulator, { items: [{ no: 'A' }], parameters });
		expect(second.saved[0]?.json).toEqual({ errcode: 0, description: 'already saved by an earlier run', data: null, alreadySaved: true, deduplicationKey: 'A' });
		expect(emulator.savedIds).toHaveLength(1);
	});

	it('does not make an unknown outcome a saved one', async () => {
		emulator.chooseFault = (_request, index) => (index === 0 ? lost() : answerWith(500, JSON.stringify({ errcode: 0, ...CLAIMS }), { saves: false }));
		const { failed } = await save(emulator, { items: [{ no: 1 }, { no: 2 }], settings: CONTINUE });
		expect(failed.map(({ json }) => (json.error as IDataObject).outcome)).toEqual(['unknown', 'unknown']);
	});
});
