import type { IDataObject } from 'n8n-workflow';

import { onPaths } from '../../emulator/pathFaults.mts';
import { answerWith, forbidden, html, lost, refuse, succeed } from '../../emulator/replies.mts';
import { Emulator } from '../../emulator/server.mts';
import { kingdeeJdy } from '../../helpers/kingdeeJdy.mts';
import { CONTINUE } from '../../helpers/settings.mts';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ seed: 'firm', callsPerSecond: Infinity });
});
afterEach(async () => await emulator.stop());

const empty = { whenMissing: 'empty' };
const list = (options: IDataObject = {}) => ({ resource: 'record', operation: 'getMany', type: 'bd/customer', filters: { mappingMode: 'defineBelow', value: { search: '={{ $json.who }}' } }, options });
const get = (options: IDataObject = {}) => ({ resource: 'record', operation: 'get', type: 'bd/customer', by: 'number', key: '={{ $json.no }}', options });

describe('Get Many that finds nothing for some items', () => {
	const items = [{ who: '北京', row: 1 }, { who: 'nobody', row: 2 }, { who: '上海', row: 3 }, { who: 'nowhere', row: 4 }];

	it('leaves them out, and a hint names them', async () => {
		const { done, hints } = await kingdeeJdy(emulator, { parameters: list(), items });
		expect(new Set(done.map(({ pairedItem }) => (pairedItem as { item: number }).item))).toEqual(new Set([0, 2]));
		expect(hints('JDY').map(({ message }) => message)).toContain('2 of 4 input items found nothing and have no output item (the option When Nothing Is Found outputs an item for each): item 1, 3');
	});

	it('outputs an item with the fields of the input, at its place, where that is wanted', async () => {
		const { done, hints } = await kingdeeJdy(emulator, { parameters: list({ ...empty, includeInput: true }), items });
		const missing = done.filter(({ json }) => json.found === false);
		expect(missing).toEqual([
			{ json: { found: false, who: 'nobody', row: 2 }, pairedItem: { item: 1 } },
			{ json: { found: false, who: 'nowhere', row: 4 }, pairedItem: { item: 3 } },
		]);
		expect(done.map(({ pairedItem }) => (pairedItem as { item: number }).item)).toEqual(done.map(({ pairedItem }) => (pairedItem as { item: number }).item).toSorted());
		expect(hints('JDY').map(({ message }) => message).filter((message) => message.includes('found nothing'))).toEqual([]);
	});

	it('fails where the list could not be read, whatever is set', async () => {
		emulator.chooseFault = onPaths({ 'GET bd/customer': forbidden() });
		const { failed, json } = await kingdeeJdy(emulator, { parameters: list(empty), items, settings: CONTINUE });
		expect([failed.length, json.length]).toEqual([4, 0]);
	});
});

describe('Get of what is not there', () => {
	it('fails the item unless told otherwise', async () => {
		const { failed } = await kingdeeJdy(emulator, { parameters: get(), items: [{ no: 'NONE' }], settings: CONTINUE });
		expect(failed).toMatchObject([{ json: { error: { errcode: 1030002003, outcome: 'rejected' } } }]);
	});

	it('is an item with the fields of the input where that is wanted, beside those that are there', async () => {
		const { done } = await kingdeeJdy(emulator, { parameters: get(empty), items: [{ no: 'KH0001' }, { no: 'NONE', row: 7 }] });
		expect(done).toMatchObject([{ json: { number: 'KH0001' }, pairedItem: { item: 0 } }, { json: { found: false, no: 'NONE', row: 7 }, pairedItem: { item: 1 } }]);
		expect(done[0]?.json.found).toBeUndefined();
	});

	const ANSWERS: Array<[what: string, fault: () => ReturnType<typeof refuse>, isMissing: boolean]> = [
		['says that it does not exist', () => refuse(1030002003, '单据或资料不存在'), true],
		['names the number in words', () => refuse(2016013001, '客户NONE不存在'), true],
		['answers with nothing', () => succeed({}), true],
		['answers with another', () => succeed({ id: '9', number: 'OTHER' }), false],
		['wants an ID', () => refuse(1030002000, '字段id缺失'), false],
		['says that something else does not exist', () => refuse(2016013001, '组织不存在'), false],
		['does not know the path', () => refuse(5001, '接口不存在[网关]'), false],
		['does not know the account', () => refuse(1020002008, '账套NONE不存在'), false],
		['forbids it', () => forbidden(), false],
		['fails', () => answerWith(500, 'oops'), false],
		['answers in HTML', () => html(404), false],
		['does not answer', () => lost(), false],
	];

	it.each(ANSWERS)('counts as not found only if JDY surely says so: it %s', async (_what, fault, isMissing) => {
		emulator.chooseFault = onPaths({ 'GET bd/customer_detail': fault() });
		const { failed, json } = await kingdeeJdy(emulator, { parameters: get({ ...empty, maxAttempts: 1 }), items: [{ no: 'NONE' }], settings: CONTINUE });
		expect(failed).toHaveLength(isMissing ? 0 : 1);
		expect(json).toEqual(isMissing ? [{ found: false, no: 'NONE' }] : []);
	});

	it('is refused with a word that is no choice', async () => {
		const { failed } = await kingdeeJdy(emulator, { parameters: get({ whenMissing: 'nothing' }), items: [{ no: 'NONE' }], settings: CONTINUE });
		expect(failed).toMatchObject([{ json: { error: { message: 'Item 0: When Nothing Is Found must be one of error, empty' } } }]);
	});
});
