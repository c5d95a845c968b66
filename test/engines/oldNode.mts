import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow';

import { Pusher } from '../emulator/push.mts';
import { testCredential } from '../helpers/credentialTest.mts';
import { additionalDataFor, runWorkflow } from '../helpers/engine.mts';
import { n8nCore } from '../helpers/n8n/n8n.mts';
import { KINGDEE_JDY, NODE_TYPE, POLL_TRIGGER, PUSH_TRIGGER } from '../helpers/nodeType.mts';
import { RETRY } from '../helpers/settings.mts';
import { Webhooks } from '../helpers/webhooks.mts';
import { BUILT, credentialType, inWorkflow, jdy, nodeOf, run, withJdy, workflowOf } from './world.mts';

const MESSAGE = 'This package needs Node.js 22 or later, this is 20.x';
const GET_MANY = { resource: 'record', operation: 'getMany', type: { __rl: true, mode: 'list', value: 'scm/sal_order' } };
const SAVE = { bizType: 'ts_1', dataMode: 'inputItem' };

/** What runs on a Node.js that is too old: nothing is sent, and everything says why. */
describe('on Node.js 20', () => {
	withJdy();

	for (const [type, parameters] of [[KINGDEE_JDY, GET_MANY], [NODE_TYPE, SAVE]] as const) {
		for (const onError of ['continueErrorOutput', 'continueRegularOutput'] as const) {
			it(`each item of ${type} fails under ${onError}`, async () => {
				const { done, failed, error } = await run(type, { parameters, items: [{ no: 1 }, { no: 2 }], settings: { onError, ...RETRY } });
				assert.equal(error, undefined);
				const [items, others] = onError === 'continueErrorOutput' ? [failed, done] : [done, failed];
				assert.deepEqual(others, []);
				assert.deepEqual(items.map(({ no, error: told }) => [no, (told as { message: string }).message, (told as { outcome: string }).outcome]), [[1, MESSAGE, 'notSent'], [2, MESSAGE, 'notSent']]);
				assert.deepEqual(jdy.emulator.ledger, []);
			});
		}

		it(`a run of ${type} ends with an error`, async () => {
			const { done, error } = await run(type, { parameters });
			assert.deepEqual([done, error?.message, error?.context?.outcome], [[], MESSAGE, 'notSent']);
			assert.deepEqual(jdy.emulator.ledger, []);
		});
	}

	it('a poll fails', async () => {
		const workflow = workflowOf(POLL_TRIGGER, { ...GET_MANY, event: 'created' });
		const poll = inWorkflow(workflow, async (node) => {
			const context = new n8nCore.PollContext(workflow, node, additionalDataFor(jdy.installation), 'trigger', 'activate') as unknown as IPollFunctions;
			return await BUILT[POLL_TRIGGER]?.poll?.call(context);
		});
		await assert.rejects(poll, { message: MESSAGE });
		assert.deepEqual(jdy.emulator.ledger, []);
	});

	it('a message is answered with a failure, and one that came before fails', async () => {
		const [node, nodeType] = [nodeOf(PUSH_TRIGGER, {}, { name: 'Push' }), BUILT[PUSH_TRIGGER]];
		assert.ok(nodeType);
		const webhooks = await Webhooks.listen({ node, nodeType, installation: jdy.installation });
		try {
			const { status, body } = await new Pusher(webhooks.url).message({ bizType: 'sal_bill_order', data: ['1'] });
			assert.deepEqual([status, body.includes(MESSAGE), webhooks.started], [500, true, []]);
			const startWith = { node: 'Push', items: [{ json: { bizType: 'sal_bill_order' } }], mode: 'webhook' as const, staticData: {}, onChanged: () => undefined };
			const { error } = await runWorkflow({ id: 'pushed', name: 'Pushed', nodes: [node], connections: {} }, jdy.installation, { startWith });
			assert.equal(error?.message, MESSAGE);
		} finally {
			await webhooks.stop();
		}
	});

	it('every list and form of the editor says so, and the test of the credential', async () => {
		const context = { getNode: () => nodeOf(KINGDEE_JDY, {}) } as unknown as ILoadOptionsFunctions;
		const methods = Object.values(BUILT).flatMap(({ methods: groups = {} }) => Object.values(groups).flatMap((group) => Object.values(group as Record<string, (this: ILoadOptionsFunctions) => Promise<unknown>>)));
		assert.equal(methods.length, 14);
		for (const method of methods) await assert.rejects(async () => await method.call(context), { message: MESSAGE });
		assert.deepEqual(await testCredential(jdy.credential, credentialType), { status: 'Error', message: MESSAGE });
	});
});
