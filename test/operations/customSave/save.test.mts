import { Emulator } from '../../emulator/server.mts';
import { save } from '../../helpers/jdy.mts';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start();
});
afterEach(async () => await emulator.stop());

describe('saving', () => {
	it('gives back the envelope of every item, in order and paired', async () => {
		const { saved, failed, credentialReads } = await save(emulator, { items: [{ no: 'A' }, { no: 'B' }, { no: 'C' }] });
		expect(failed).toEqual([]);
		expect(saved).toEqual(
			['A', 'B', 'C'].map((no, item) => ({
				json: { errcode: 0, description: 'success', data: { data: { no, id: `170000000000000000${item + 1}` } } },
				pairedItem: { item },
			})),
		);
		expect(credentialReads).toBe(3);
	});
});
