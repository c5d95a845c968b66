import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { ILoadOptionsFunctions, INodeListSearchResult, INodeParameters, INodePropertyOptions, INodeType, IWorkflowExecuteAdditionalData, ResourceMapperFields } from 'n8n-workflow';

import { answerWith, html, noRoute, redirect, refuse } from '../emulator/replies.mts';
import { demoAccount } from '../emulator/settings.mts';
import { instanceCredential } from '../helpers/credentials.mts';
import { testCredential } from '../helpers/credentialTest.mts';
import { additionalDataFor } from '../helpers/engine.mts';
import { n8nCore } from '../helpers/n8n/n8n.mts';
import { KINGDEE_JDY, NODE_TYPE, POLL_TRIGGER, PUSH_TRIGGER } from '../helpers/nodeType.mts';
import { BUILT, credentialType, inWorkflow, jdy, madeInJdy, withJdy, workflowOf } from './world.mts';

/** Calls a list or a form of a node, in the engine's own context. */
async function ask<T>(type: string, choose: (methods: NonNullable<INodeType['methods']>) => unknown, parameters: INodeParameters = {}, ...args: unknown[]): Promise<T> {
	const workflow = workflowOf(type, parameters);
	return await inWorkflow(workflow, async (node) => {
		const additionalData = { ...additionalDataFor(jdy.installation), currentNodeParameters: parameters } as IWorkflowExecuteAdditionalData;
		const context = new n8nCore.LoadOptionsContext(workflow, node, additionalData, 'parameters.fields') as unknown as ILoadOptionsFunctions;
		const method = choose(BUILT[type]?.methods ?? {}) as (this: ILoadOptionsFunctions, ...args: unknown[]) => Promise<T>;
		return await method.apply(context, args);
	});
}

const ORDER = { __rl: true, mode: 'list', value: 'scm/sal_order' };

describe('the editor', () => {
	withJdy();

	it('finds types by their Chinese names', async () => {
		const { results } = await ask<INodeListSearchResult>(KINGDEE_JDY, ({ listSearch }) => listSearch?.searchTypes, {}, '销售订单');
		assert.equal(results[0]?.value, 'scm/sal_order');
	});

	it('gets the forms of a type', async () => {
		const parameters = { resource: 'record', operation: 'save', type: ORDER };
		const save = await ask<ResourceMapperFields>(KINGDEE_JDY, ({ resourceMapping }) => resourceMapping?.getSaveFields, parameters);
		assert.ok(save.fields.some(({ id }) => id === 'customer_id'));
		const watch = await ask<ResourceMapperFields>(POLL_TRIGGER, ({ resourceMapping }) => resourceMapping?.getWatchFields, { ...parameters, event: 'created' });
		assert.ok(watch.fields.length > 0);
	});

	it('reads the fields of a custom document type from JDY', async () => {
		madeInJdy('ts_1', { no: 'A', amount: 1 });
		const { fields } = await ask<ResourceMapperFields>(NODE_TYPE, ({ resourceMapping }) => resourceMapping?.getFields, { bizType: 'ts_1', options: {} });
		assert.deepEqual(['amount', 'no', 'other'].map((name) => fields.some(({ id }) => id === name)), [true, true, false]);
	});

	it('lists the messages that JDY pushes', async () => {
		const options = await ask<INodePropertyOptions[]>(PUSH_TRIGGER, ({ loadOptions }) => loadOptions?.getMessageTypes);
		assert.equal(options[0]?.value, 'app_authorize');
	});

	it('tests the credential', async () => {
		assert.deepEqual(await testCredential(jdy.credential, credentialType), { status: 'OK', message: 'Connection successful!' });
		const { status, message } = await testCredential({ ...jdy.credential, clientSecret: 'wrong' }, credentialType);
		assert.equal(status, 'Error');
		assert.match(message, /Check Client Secret in the credential/);
	});

	for (const outerInstanceId of ['', demoAccount.outerInstanceId]) {
		it(`tests a credential whose Instance ID is "${outerInstanceId}", with the body that JDY is known to take`, async () => {
			const credential = { ...instanceCredential(jdy.emulator), outerInstanceId };
			assert.deepEqual(await testCredential(credential, credentialType), { status: 'OK', message: 'Connection successful!' });
			assert.deepEqual(jdy.emulator.ledger.map(({ method, body }) => [method, body]), [['POST', '{}']]);
		});
	}

	for (const [what, fault] of [
		['HTTP 401', answerWith(401, { errcode: 401, description: 'unauthorised', data: null })],
		['HTTP 403', answerWith(403, { errcode: 403, description: 'forbidden', data: null })],
		['HTTP 404', answerWith(404, { errcode: 404, description: 'no route', data: null })],
		['HTTP 404 without JSON', noRoute()],
		['HTTP 502', answerWith(502, { errcode: 502, description: 'bad gateway', data: null })],
		['HTTP 502 without JSON', html(502)],
		['HTTP 429', answerWith(429, { errcode: 429, description: 'too many', data: null })],
		['HTTP 519 and 4012', refuse(4012)],
		['a page of a proxy', html(200)],
		['a redirect', redirect(302, 'https://example.invalid/')],
	] as const) {
		it(`finds a credential wrong by ${what}`, async () => {
			jdy.emulator.chooseFault = () => fault;
			assert.equal((await testCredential(jdy.credential, credentialType)).status, 'Error');
		});
	}
});
