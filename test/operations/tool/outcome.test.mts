import type { IDataObject } from 'n8n-workflow';

import { lost, refuse } from '../../emulator/replies.mts';
import { Emulator } from '../../emulator/server.mts';
import { save, stateOf } from '../../helpers/jdy.mts';
import { kingdeeJdy } from '../../helpers/kingdeeJdy.mts';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ seed: 'firm', callsPerSecond: Infinity });
});
afterEach(async () => await emulator.stop());

/** n8n replaces a message with one of these in any spelling. */
const REPLACED = /ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT|ERRADDRINUSE|EADDRNOTAVAIL|ECONNABORTED|EHOSTUNREACH|EAI_AGAIN|ENOENT|EISDIR|ENOTDIR|EACCES|EEXIST|EPERM|GETADDRINFO/i;

const ORDERS = { resource: 'record', type: { __rl: true, mode: 'list', value: 'scm/sal_order' } };
const saveAsTool = async (more: IDataObject = {}, item: IDataObject = { no: 'A' }) => await save(emulator, { items: [item], parameters: { dataMode: 'inputItem', ...more }, isTool: true });

describe('a failure as a tool', () => {
	it('says in its message that nothing was saved, why, and the code', async () => {
		emulator.chooseFault = () => refuse(1030002000, '字段缺失');
		const { error } = await saveAsTool();
		expect(error?.message).toMatch(/^Not saved: 字段缺失\. This document was not saved\. .+ JDY's error code: 1030002000\..* \(outcome: rejected\)$/);
		expect(error?.context).toMatchObject({ outcome: 'rejected', errcode: 1030002000 });
	});

	it('says that a document may be saved, without the words that n8n replaces', async () => {
		emulator.chooseFault = () => lost();
		const { error } = await saveAsTool();
		expect(error?.message).toMatch(/^May be saved: look in JDY before you try again: .+ It was not sent again\. .+\(outcome: unknown\)$/);
		expect(`${error?.message} ${error?.description}`).not.toMatch(REPLACED);
		expect(emulator.savedIds).toHaveLength(1);
	});

	it('says so of words of JDY as well', async () => {
		emulator.chooseFault = () => refuse(1030002000, 'read ECONNRESET by peer');
		expect((await saveAsTool()).error?.message).toContain('Not saved: read a network error by peer.');
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)('is no answer under %s', async (onError) => {
		emulator.chooseFault = () => refuse(1030002000, '字段缺失');
		const { run } = await save(emulator, { items: [{ no: 'A' }], parameters: { dataMode: 'inputItem' }, settings: { onError }, isTool: true });
		expect(run.data.resultData.runData.Save?.[0]?.error?.message).toContain('Not saved: 字段缺失');
	});

	it('is an item where n8n would give the prompt back instead', async () => {
		emulator.chooseFault = () => refuse(1030002000, '字段缺失');
		const { saved } = await save(emulator, { items: [{ no: 'A', text: 'Save it', toolCallId: 'call_1' }], parameters: { dataMode: 'inputItem' }, settings: { onError: 'continueErrorOutput' }, isTool: true });
		expect(saved.map(({ json }) => json)).toEqual([{ isError: true, outcome: 'rejected', message: expect.stringContaining('Not saved: 字段缺失') }]);
	});
});

describe('a list as a tool', () => {
	const read = async (more: IDataObject = {}, items: IDataObject[] = [{}]) => await kingdeeJdy(emulator, { parameters: { ...ORDERS, operation: 'getMany', ...more }, items, isTool: true });

	it('is one item, with 20 rows unless a limit is set, and says how many there are', async () => {
		const [answer, ...others] = (await read()).json;
		expect([answer, others]).toMatchObject([{ total: 250, hasMore: true, hints: [] }, []]);
		expect(answer?.rows).toHaveLength(20);
		expect(emulator.ledger[0]?.query).toMatch(/page_size=20$/);
	});

	it('has as many rows as the model asks for', async () => {
		const limit = "={{ $fromAI('limit', '', 'number') }}";
		expect((await read({ limit }, [{ limit: 3 }])).json[0]?.rows).toHaveLength(3);
		expect((await read({ limit }, [{}])).json[0]?.rows).toHaveLength(20);
		expect((await read({ returnAll: true })).json).toMatchObject([{ total: 250, hasMore: false }]);
	});

	it('is not filtered by what the model left empty, and refuses what JDY does not document', async () => {
		const filters = (value: IDataObject) => ({ filters: { mappingMode: 'defineBelow', value, schema: [] } });
		const { json } = await read(filters({ bill_status: "={{ $fromAI('status') }}", search: "={{ $fromAI('search', '', 'string', '') }}" }), [{ status: null }]);
		expect(json).toMatchObject([{ total: 250 }]);
		const { error } = await read({ filterMode: 'json', filtersJson: "={{ $fromAI('filters', '', 'json') }}" }, [{ filters: { custmer_id: '1' } }]);
		expect(error?.message).toMatch(/^Not read: Filter "custmer_id" is not documented here.+Nearest documented filters: .+\(outcome: notSent\)$/);
	});

	it('of a report and of custom documents is one item as well', async () => {
		const custom = await kingdeeJdy(emulator, { parameters: { resource: 'customDocument', operation: 'getMany', bizType: 'ts_1' }, items: [{}], isTool: true });
		expect(custom.json).toEqual([{ rows: [], total: 0, hasMore: false, hints: [expect.stringContaining('no document of the type ts_1')] }]);
		const report = await kingdeeJdy(emulator, { parameters: { resource: 'report', operation: 'getMany', report: { __rl: true, mode: 'path', value: 'scm/inventory' } }, items: [{}], isTool: true });
		expect(report.json).toMatchObject([{ rows: expect.any(Array), hasMore: expect.any(Boolean) }]);
	});

	it('is an item for each row otherwise', async () => {
		expect((await kingdeeJdy(emulator, { parameters: { ...ORDERS, operation: 'getMany' } })).json).toHaveLength(50);
	});
});

describe('waiting as a tool', () => {
	const MINUTE_MS = 1600;
	beforeEach(() => {
		stateOf(emulator).windowMs = MINUTE_MS;
	});

	it('ends after three quarters of a minute, as not sent', async () => {
		emulator.chooseFault = () => refuse(429);
		const startedAt = Date.now();
		const { error } = await saveAsTool();
		expect(error?.message).toMatch(/^Not saved: .+a tool waits no longer for its turn.+\(outcome: notSent\)$/);
		expect(Date.now() - startedAt).toBeLessThan(MINUTE_MS);
		const sent = emulator.ledger.length;
		await new Promise((resolve) => setTimeout(resolve, MINUTE_MS));
		expect(emulator.ledger).toHaveLength(sent);
		expect(emulator.savedIds).toEqual([]);
	});

	it('goes on where JDY takes the call in time', async () => {
		let calls = 0;
		emulator.chooseFault = () => (calls++ === 0 ? refuse(429) : undefined);
		expect((await saveAsTool()).error).toBeUndefined();
		expect(emulator.savedIds).toHaveLength(1);
	});

	it('is one attempt otherwise, unless the user has set how many', async () => {
		emulator.chooseFault = () => refuse(503);
		expect((await saveAsTool()).error?.message).toMatch(/^(?:Not|May be) saved/);
		expect(emulator.ledger).toHaveLength(1);
	});
});
