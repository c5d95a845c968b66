import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { IDataObject } from 'n8n-workflow';

import { half, lost, redirect, refuse, silence, succeed } from '../emulator/replies.mts';
import { instanceCredential } from '../helpers/credentials.mts';
import { KINGDEE_JDY, NODE_TYPE } from '../helpers/nodeType.mts';
import { CONTINUE, RETRY } from '../helpers/settings.mts';
import { jdy, madeInJdy, run, sent, withJdy } from './world.mts';

const SAVE = { bizType: 'ts_1', dataMode: 'inputItem' };
const AUDIT = { resource: 'customDocument', operation: 'audit', bizType: 'ts_1', ids: '={{ $json.id }}' };

const outcomesOf = (items: IDataObject[]) => items.map(({ error }) => (error as IDataObject | undefined)?.outcome);

/** What docs/reliability.md promises, beside what the other files try. */
describe('what can be relied on', () => {
	withJdy();

	it('a cut answer and a redirect leave it unknown, and nothing is sent again', async () => {
		const faults = [half(), redirect(302, 'https://example.invalid/')];
		jdy.emulator.chooseFault = ({ body }) => faults[(JSON.parse(body) as { data: { no: number } }).data.no];
		const { done, failed } = await run(NODE_TYPE, { parameters: SAVE, items: [{ no: 0 }, { no: 1 }], settings: { ...CONTINUE, ...RETRY } });
		assert.deepEqual([done, outcomesOf(failed), sent()], [[], ['unknown', 'unknown'], { 0: 1, 1: 1 }]);
	});

	it('refused credentials hold back the rest of the account, also from Retry On Fail', async () => {
		jdy.emulator.chooseFault = (_arrived, index) => (index === 1 ? refuse(4008) : undefined);
		const { done, failed } = await run(NODE_TYPE, { parameters: SAVE, items: [0, 1, 2, 3].map((no) => ({ no })), settings: { ...CONTINUE, ...RETRY } });
		assert.deepEqual([done.length, outcomesOf(failed), sent()], [1, ['rejected', 'notSent', 'notSent'], { 0: 1, 1: 1 }]);
	});

	it('nothing is thrown under Continue, whatever an imported workflow asks for', async () => {
		const parameters = { resource: 'record', operation: 'toString', type: 'scm/sal_order' };
		const { done, failed, error } = await run(KINGDEE_JDY, { parameters, items: [{ no: 1 }, { no: 2 }], settings: CONTINUE });
		assert.deepEqual([error, done, outcomesOf(failed)], [undefined, [], ['notSent', 'notSent']]);
	});

	it('the stop button ends the calls that wait for an answer, and nothing more is sent', async () => {
		let stop: () => void = () => undefined;
		jdy.emulator.chooseFault = () => {
			setTimeout(stop, 50);
			return silence();
		};
		await run(NODE_TYPE, { parameters: SAVE, items: [{ no: 1 }, { no: 2 }], settings: CONTINUE, onStart: (cancel) => (stop = cancel) });
		assert.deepEqual(sent(), { 1: 1 });
	});

	it('an answer with an error field stays on the success output', async () => {
		jdy.emulator.chooseFault = () => succeed({ data: { error: 'none', id: '1' } });
		const { done, failed } = await run(NODE_TYPE, { parameters: { ...SAVE, options: { output: 'data' } }, items: [{ no: 1 }], settings: { ...CONTINUE, ...RETRY } });
		assert.deepEqual([done, failed, sent()], [[{ data: { error: 'none', id: '1' } }], [], { 1: 1 }]);
	});

	it('an input field called error covers no failure, and makes none', async () => {
		jdy.emulator.chooseFault = ({ body }) => (body.includes('"no":2') ? refuse(1030002000) : undefined);
		const parameters = { ...SAVE, options: { includeInput: true } };
		const { done, failed } = await run(NODE_TYPE, { parameters, items: [{ no: 1, error: 'of the input' }, { no: 2, error: 'of the input' }], settings: CONTINUE });
		assert.deepEqual([done.map(({ no, more }) => [no, more]), outcomesOf(failed)], [[[1, { error: 'of the input' }]], ['rejected']]);
	});

	it('a call with several IDs ends each by itself', async () => {
		jdy.emulator.gateway.settings.operateShape = 'ids';
		const ids = ['A', 'B', 'C'].map((no) => madeInJdy('ts_1', { no }));
		const missing = '1750000000000000999';
		const { done, failed } = await run(KINGDEE_JDY, { parameters: AUDIT, items: [...ids, missing].map((id) => ({ id })), settings: CONTINUE });
		assert.deepEqual([done.length, failed.length, failed[0]?.id], [3, 1, missing]);
		assert.ok(jdy.emulator.gateway.documents.all.filter(({ id }) => ids.includes(id)).every(({ isAudited }) => isAudited));
	});

	it('a run tells how its items ended', async () => {
		jdy.emulator.chooseFault = ({ body }) => (body.includes('"no":2') ? lost() : undefined);
		const { hints } = await run(NODE_TYPE, { parameters: SAVE, items: [1, 2, 3].map((no) => ({ no })), settings: CONTINUE });
		assert.match(hints('JDY').map(({ message }) => message).join('\n'), /2 saved, 1 unknown/);
	});

	it('an Instance ID is all that a run needs', async () => {
		Object.assign(jdy.installation, { credential: instanceCredential(jdy.emulator) });
		const { done, error } = await run(NODE_TYPE, { parameters: SAVE, items: [{ no: 1 }, { no: 2 }] });
		assert.deepEqual([error, done.map(({ errcode }) => errcode)], [undefined, [0, 0]]);
	});
});
