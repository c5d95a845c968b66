import type { IDataObject } from 'n8n-workflow';

import { answerWith } from '../../emulator/replies.mts';
import { Emulator } from '../../emulator/server.mts';
import { kingdeeJdy } from '../../helpers/kingdeeJdy.mts';
import { save as customSave } from '../../helpers/jdy.mts';
import { CONTINUE } from '../../helpers/settings.mts';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ seed: 'firm', callsPerSecond: Infinity });
});
afterEach(async () => await emulator.stop());

const LINE = { material_number: 'SP0001', qty: '2', unit_number: 'DW01', stock_number: 'CK01' };
const order = (...lines: IDataObject[]) => ({ bill_date: '2026-09-16', supplier_number: 'GYS0001', material_entity: lines });

/** The call as it stands in JSON, which nothing converts. */
async function post(path: string, body: object) {
	const call = { __rl: true, mode: 'path', value: `POST /jdy/v2/${path}` };
	return await kingdeeJdy(emulator, { parameters: { resource: 'api', call, inputMode: 'json', bodyJson: JSON.stringify(body) }, settings: CONTINUE });
}

it.each<[string, object, string, string]>([
	['scm/pur_order', order(LINE, { ...LINE, price: 0.39 }), 'proto: invalid value for string type: 0.39', 'JDY wants text, but "price" in line 2 of "material_entity" is 0.39. Give it as text, "0.39"'],
	['scm/pur_order', order({ ...LINE, material_number: 'SP9999' }), '参数number[SP9999]不存在', '"material_number" in line 1 of "material_entity"'],
])('%s: a refusal names the field and says what to do', async (path, body, message, advice) => {
	const { failed } = await post(path, body);
	expect(failed.map(({ json }) => json.error)).toMatchObject([{ outcome: 'rejected', message, description: expect.stringContaining(advice) }]);
	expect(emulator.ledger).toHaveLength(1);
});

it('so does the error that ends the node', async () => {
	emulator.chooseFault = () => answerWith(400, { code: 3, message: 'proto: invalid value for string type: 0.39' });
	const { error } = await customSave(emulator, { items: [{ order_no: 'A', amount: 0.39 }], parameters: { dataMode: 'inputItem' } });
	expect(error).toMatchObject({ message: 'proto: invalid value for string type: 0.39', description: expect.stringContaining('This document was not saved. JDY wants text, but "amount" is 0.39.') });
	expect(emulator.ledger).toHaveLength(1);
});
