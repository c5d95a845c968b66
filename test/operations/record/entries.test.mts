import type { IDataObject } from 'n8n-workflow';

import { Emulator } from '../../emulator/server.mts';
import { bodiesOf, kingdeeJdy } from '../../helpers/kingdeeJdy.mts';
import { CONTINUE } from '../../helpers/settings.mts';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ seed: 'firm', callsPerSecond: Infinity, callsPerMinute: Infinity });
});
afterEach(async () => await emulator.stop());

const CUSTOMER = { number: 'N1', name: 'n1' };

async function save(document: IDataObject, more: IDataObject = {}) {
	const run = await kingdeeJdy(emulator, { items: [document], settings: CONTINUE, parameters: { resource: 'record', operation: 'save', type: 'bd/customer', dataMode: 'inputItem', ...more } });
	return run.hints('JDY').map(({ message }) => message);
}

describe('an entry of a list', () => {
	it.each([
		['an input item', { ...CUSTOMER, contact_persons: [{ contact_person: 'x', phone_no: '138' }] }, {}],
		['JSON in a box of the form', {}, { dataMode: 'fields', fields: { mappingMode: 'defineBelow', value: { ...CUSTOMER, contact_persons: '[{"contact_person":"x","phone_no":"138"}]' } } }],
	])('that has a name which is not known is sent as it is, and the hint names those that it can have: %s', async (_what, document, more) => {
		const hints = await save(document, more);
		expect(hints).toContainEqual(expect.stringMatching(/sent as given: contact_persons\.phone_no \(contact_persons has (?=.*\bphone\b)(?=.*\bmobile\b)(?=.*\bcontact_person\b)(?=.*\bemail\b).*\)$/));
		expect(bodiesOf(emulator, '/jdy/v2/bd/customer')).toMatchObject([{ contact_persons: [{ contact_person: 'x', phone_no: '138' }] }]);
	});

	it('that is no object is sent as it is, and the hint names what it should have', async () => {
		const hints = await save({ ...CUSTOMER, contact_persons: ['13800000001'] });
		expect(hints).toContainEqual(expect.stringMatching(/sent as given: contact_persons \(an object with (?=.*\bmobile\b)(?=.*\bcontact_person\b).*\)$/));
	});

	it('is not described for a name of the head', async () => {
		expect(await save({ ...CUSTOMER, colour: 'red' }, { dataMode: 'json', dataJson: '{"number":"N1","name":"n1","colour":"red"}' })).toContain('JDY documents no field with this name, so it was sent as given: colour');
	});
});
