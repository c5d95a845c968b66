import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { IDataObject, INodeExecutionData, IPollFunctions, NodeApiError } from 'n8n-workflow';

import { Pusher } from '../emulator/push.mts';
import { refuse } from '../emulator/replies.mts';
import { additionalDataFor, runWorkflow } from '../helpers/engine.mts';
import { n8nCore } from '../helpers/n8n/n8n.mts';
import { POLL_TRIGGER, PUSH_TRIGGER } from '../helpers/nodeType.mts';
import { Webhooks } from '../helpers/webhooks.mts';
import { BUILT, inWorkflow, jdy, madeInJdy, nodeOf, withJdy, workflowOf } from './world.mts';

const ORDERS = { resource: 'record', type: { __rl: true, mode: 'list', value: 'scm/sal_order' }, event: 'created' };

/** The polling trigger of an active workflow, asked in the engine's own context. */
function triggerOf(parameters: IDataObject): () => Promise<INodeExecutionData[]> {
	const workflow = workflowOf(POLL_TRIGGER, parameters);
	return async () =>
		await inWorkflow(workflow, async (node) => {
			const context = new n8nCore.PollContext(workflow, node, additionalDataFor(jdy.installation), 'trigger', 'activate') as unknown as IPollFunctions;
			return (await BUILT[POLL_TRIGGER]?.poll?.call(context))?.flat() ?? [];
		});
}

const idsOf = (items: INodeExecutionData[]) => items.map(({ json }) => json.id);

describe('Kingdee JDY Trigger', () => {
	withJdy();

	it('starts with what is new after the first poll, once', async () => {
		const poll = triggerOf(ORDERS);
		assert.deepEqual(await poll(), []);
		const id = madeInJdy('scm.sal_order', { bill_date: '2026-03-01' });
		assert.deepEqual(idsOf(await poll()), [id]);
		assert.deepEqual(await poll(), []);
	});

	it('loses nothing by a poll that fails, and says why it did', async () => {
		const poll = triggerOf(ORDERS);
		await poll();
		const id = madeInJdy('scm.sal_order', { bill_date: '2026-03-01' });
		jdy.emulator.chooseFault = () => refuse(2016013001, '正在结账');
		await assert.rejects(poll, ({ message, description }: NodeApiError) => message === '正在结账' && String(description).includes('A rule of the supply chain refused the document'));
		jdy.emulator.chooseFault = () => undefined;
		assert.deepEqual(idsOf(await poll()), [id]);
	});

	it('watches custom documents', async () => {
		const poll = triggerOf({ resource: 'customDocument', bizType: 'ts_1', event: 'created' });
		assert.deepEqual(await poll(), []);
		const id = madeInJdy('ts_1', { no: 'A' });
		assert.deepEqual(idsOf(await poll()), [id]);
	});
});

describe('Kingdee JDY Push Trigger', () => {
	withJdy();

	it('answers a message as JDY expects, and starts with the document as JDY has it, once', async () => {
		const node = nodeOf(PUSH_TRIGGER, {}, { name: 'Push' });
		const nodeType = BUILT[PUSH_TRIGGER];
		assert.ok(nodeType);
		const webhooks = await Webhooks.listen({ node, nodeType, installation: jdy.installation });
		try {
			const id = madeInJdy('scm.sal_order', { bill_date: '2026-03-01' });
			const message = { bizType: 'sal_bill_order', msgId: 'm-1', data: [{ id, bill_date: 'FORGED' }] };
			const pusher = new Pusher(webhooks.url);
			const answers = [await pusher.message(message), await pusher.message(message)];
			const answer = { errcode: '0', description: 'success', data: { status: '0', msg: 'success', type: 'sal_bill_order' } };
			assert.deepEqual(answers.map(({ status, body }) => [status, JSON.parse(body)]), [[200, answer], [200, answer]]);
			assert.equal(webhooks.started.length, 1);
			const items = webhooks.started[0] ?? [];
			const startWith = { node: 'Push', items, mode: 'webhook' as const, staticData: {}, onChanged: () => undefined };
			const { outputs } = await runWorkflow({ id: 'pushed', name: 'Pushed', nodes: [node], connections: {} }, jdy.installation, { startWith });
			const documents = (outputs('Push')[0] ?? []).map(({ json }) => [json.verified, json.id, (json.document as IDataObject).bill_date]);
			assert.deepEqual(documents, [[true, id, '2026-03-01']]);
		} finally {
			await webhooks.stop();
		}
	});
});
