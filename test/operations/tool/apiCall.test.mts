import type { IDataObject } from 'n8n-workflow';

import { Emulator } from '../../emulator/server.mts';
import { kingdeeJdy } from '../../helpers/kingdeeJdy.mts';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ callsPerSecond: Infinity });
});
afterEach(async () => await emulator.stop());

const call = async (value: string, more: IDataObject = {}, isTool = true) =>
	await kingdeeJdy(emulator, { parameters: { resource: 'api', operation: 'call', call: { __rl: true, mode: 'path', value }, ...more }, items: [{}], isTool });

const SAVE = 'POST /jdy/v2/scm/sal_order';

describe('API Call as a tool', () => {
	it.each(['GET /jdy/v2/scm/sal_order', 'GET /jdy/v2/scm/unheard_of'])('reads: %s', async (value) => {
		const { error } = await call(value);
		expect(error?.message ?? '').not.toContain('Allow Writes');
		expect(emulator.ledger).toHaveLength(1);
	});

	it.each([SAVE, 'POST /jdy/v2/sys/common_operate', 'POST /jdy/v2/scm/unheard_of', 'DELETE /jdy/v2/scm/unheard_of'])('does not write: %s', async (value) => {
		const { error } = await call(value, { bodyJson: '{"bill_date":"2026-03-01"}' });
		expect(error?.message).toBe(`Not done: Call ${value} may change the books, and this tool only reads; the option Allow Writes lets it. Nothing was sent for this item. (outcome: notSent)`);
		expect(emulator.ledger).toEqual([]);
	});

	it('makes a POST that is documented as a query', async () => {
		await call('POST /jdy/v2/cust/list', { bodyJson: '{"biz_type":"ts_1","data":{},"page_no":"1","page_size":"10"}' });
		expect(emulator.ledger).toHaveLength(1);
	});

	it.each<[who: string, more: IDataObject, isTool: boolean]>([
		['where the user lets it', { options: { allowWrites: true } }, true],
		['as a step of a workflow', {}, false],
	])('writes %s', async (_who, more, isTool) => {
		await call(SAVE, { bodyJson: '{"bill_date":"2026-03-01"}', ...more }, isTool);
		expect(emulator.ledger).toHaveLength(1);
	});
});
