import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { IDataObject } from 'n8n-workflow';

import { lost, refuse, silence } from '../emulator/replies.mts';
import { keyed } from '../helpers/keyed.mts';
import { NODE_TYPE } from '../helpers/nodeType.mts';
import { CONTINUE, RETRY } from '../helpers/settings.mts';
import { jdy, run, sent, withJdy } from './world.mts';

const TYPE = 'ts_1';
const ITEM = { bizType: TYPE, dataMode: 'inputItem' };
const LOST_DIGITS = 12345678901234567890;

const SAVED = { errcode: 0, description: 'success' };

/** What an item with this number comes to, and what is told of it. */
const FATES: Array<{ no: number; qty?: number; outcome: string; errcode: number | null; message: RegExp }> = [
	{ no: 1, outcome: 'rejected', errcode: 1030002000, message: /^字段缺失$/ },
	{ no: 2, outcome: 'unknown', errcode: null, message: /./ },
	{ no: 3, outcome: 'unknown', errcode: null, message: /./ },
	{ no: 4, outcome: 'unknown', errcode: 5000, message: /^内部错误$/ },
	{ no: 5, qty: LOST_DIGITS, outcome: 'notSent', errcode: null, message: /^Item 5: .*qty/ },
];
const ITEMS: IDataObject[] = [{ no: 0 }, ...FATES.map(({ no, qty }) => ({ no, ...(qty && { qty }) })), { no: 6 }];
/** Only what is never answered is not waited for. */
const TIMEOUT = '={{ $json.no === 3 ? 300 : 30000 }}';
const PARAMETERS = { ...ITEM, options: { timeout: TIMEOUT } };

function strike(): void {
	const faults = [undefined, refuse(1030002000, '字段缺失'), lost(), silence(), refuse(5000, '内部错误')];
	jdy.emulator.chooseFault = ({ body }) => faults[Number((JSON.parse(body) as { data: IDataObject }).data.no)];
}

/** What is wrong with a failed item, its input beside it or not. */
function checkFailed(json: IDataObject | undefined, { no, qty, outcome, errcode, message }: (typeof FATES)[number]): void {
	const { error, ...input } = json ?? {};
	assert.deepEqual(input, { no, ...(qty && { qty }) });
	const { message: happened, description, requestId, ...rest } = error as IDataObject;
	assert.match(String(happened), message);
	assert.match(String(description), outcome === 'unknown' ? /^It is not known whether this document was saved/ : /not saved|Nothing was sent/);
	assert.ok(requestId === null || typeof requestId === 'string');
	assert.deepEqual(rest, { outcome, errcode, bizType: TYPE });
}

describe('Custom Save', () => {
	withJdy();

	for (const retry of [{}, RETRY]) {
		it(`puts what was refused, unknown or not sent on the error output${'retryOnFail' in retry ? ', each sent once with Retry On Fail' : ''}`, async () => {
			strike();
			const { done, failed, items, error } = await run(NODE_TYPE, { parameters: PARAMETERS, items: ITEMS, settings: { ...CONTINUE, ...retry } });
			assert.equal(error, undefined);
			assert.deepEqual(done.map(({ errcode, description }) => ({ errcode, description })), [SAVED, SAVED]);
			assert.equal(failed.length, FATES.length);
			for (const [index, fate] of FATES.entries()) checkFailed(failed[index], fate);
			assert.deepEqual(items.map(({ pairedItem }) => pairedItem), [0, 6, 1, 2, 3, 4, 5].map((item) => ({ item })));
			assert.deepEqual(sent(), { 0: 1, 1: 1, 2: 1, 3: 1, 4: 1, 6: 1 });
		});

		it(`keeps them in their places on the regular output${'retryOnFail' in retry ? ', each sent once with Retry On Fail' : ''}`, async () => {
			strike();
			const { done, failed } = await run(NODE_TYPE, { parameters: PARAMETERS, items: ITEMS, settings: { onError: 'continueRegularOutput', ...retry } });
			assert.deepEqual(failed, []);
			assert.deepEqual(done.map(({ errcode }) => errcode), [0, undefined, undefined, undefined, undefined, undefined, 0]);
			for (const fate of FATES) checkFailed(done[fate.no], fate);
			assert.deepEqual(sent(), { 0: 1, 1: 1, 2: 1, 3: 1, 4: 1, 6: 1 });
		});
	}

	it('stops at the first that fails, and tells what was saved', async () => {
		strike();
		const { error, done, failed } = await run(NODE_TYPE, { parameters: ITEM, items: [{ no: 0 }, { no: 1 }, { no: 6 }], settings: RETRY });
		assert.deepEqual([done, failed], [[], []]);
		assert.equal(error?.message, '字段缺失');
		assert.match(String(error?.description), /^This document was not saved\..* Saved before, so do not send them again: 1 document: item 0 /);
		const { itemIndex, outcome, errcode, savedCount } = error?.context ?? {};
		assert.deepEqual([itemIndex, outcome, errcode, savedCount], [1, 'rejected', 1030002000, 1]);
		// What was refused is not in the books: Retry On Fail sends it again, and nothing else.
		assert.deepEqual(sent(), { 0: 1, 1: 3 });
	});

	it('tells what nothing was sent of, where the gateway cannot be reached', async () => {
		const [{ emulator }, unreachable] = [jdy, 'http://127.0.0.1:9'];
		Object.assign(jdy.credential, { gatewayUrl: unreachable });
		const { done, failed } = await run(NODE_TYPE, { parameters: { ...ITEM, options: { maxAttempts: 1 } }, items: [{ no: 1 }], settings: CONTINUE });
		assert.deepEqual(done, []);
		assert.equal((failed[0]?.error as IDataObject).outcome, 'notSent');
		assert.equal(emulator.ledger.length, 0);
	});

	it('keeps 19 digits, there and back', async () => {
		const dataJson = '{"order_id":1234567890123456789,"amount":12345678901234567.5}';
		const { done } = await run(NODE_TYPE, { parameters: { bizType: TYPE, dataMode: 'json', dataJson } });
		assert.match(jdy.emulator.ledger[0]?.body ?? '', /"data":\{"order_id":1234567890123456789,"amount":12345678901234567\.5\}/);
		assert.match(String((((done[0]?.data as IDataObject).data as IDataObject)).id), /^17\d{17}$/);
	});

	it('saves a document with a Deduplication Key once, in the first run and the next', async () => {
		const parameters = { ...ITEM, ...keyed('={{ $json.no }}') };
		const first = await run(NODE_TYPE, { parameters, items: [{ no: 'A' }, { no: 'B' }] });
		const second = await run(NODE_TYPE, { parameters, items: [{ no: 'A' }, { no: 'C' }] });
		assert.deepEqual([first, second].map(({ done }) => done.map(({ alreadySaved = false }) => alreadySaved)), [[false, false], [true, false]]);
		assert.deepEqual(sent(), { A: 1, B: 1, C: 1 });
	});

	it('does not send again what an earlier run with the same key left unknown', async () => {
		strike();
		const parameters = { ...ITEM, options: { deduplicationKey: '={{ $json.no }}' } };
		await run(NODE_TYPE, { parameters, items: [{ no: 2 }], settings: CONTINUE });
		const { done, failed } = await run(NODE_TYPE, { parameters, items: [{ no: 2 }], settings: CONTINUE });
		assert.deepEqual([done, (failed[0]?.error as IDataObject).outcome], [[], 'unknown']);
		assert.deepEqual(sent(), { 2: 1 });
	});
});
