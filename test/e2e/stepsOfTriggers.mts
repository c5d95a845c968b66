import type { INode } from 'n8n-workflow';

import { Pusher } from '../emulator/push.mts';
import { demoAccount } from '../emulator/settings.mts';
import type { WorkflowJson } from '../helpers/engine.mts';
import { POLL_TRIGGER, PUSH_TRIGGER } from '../helpers/nodeType.mts';
import { until } from '../helpers/n8n/programs.mts';
import type { Editor } from './browser.mts';
import type { Demo } from './demo.mts';
import type { Picture, Step } from './steps.mts';
import { create } from './workflows.mts';

const WEBHOOK_ID = '0c1f6d55-8a53-4f0e-9a62-6d8f0c7f2b90';

/** The triggers as they are tried out in the editor. */
export function stepsOfTriggers(editor: Editor, { n8n, emulator, credentialId }: Demo, picture: Picture): Step[] {
	async function open(name: string, node: Partial<INode>): Promise<void> {
		const whole = { id: 'trigger', name, typeVersion: 1, position: [0, 0], credentials: { kingdeeJdyApi: { id: credentialId, name: 'Kingdee JDY' } }, ...node };
		await editor.openWorkflow(await create(n8n, { name, nodes: [whole], connections: {} } as unknown as WorkflowJson));
		await editor.openNode(name);
	}

	return [
		[
			'Kingdee JDY Trigger fetches the newest sales orders as a test',
			async () => {
				const type = { __rl: true, mode: 'list', value: 'scm/sal_order', cachedResultName: 'Sales Order 销售订单' };
				await open('Kingdee JDY Trigger', { type: POLL_TRIGGER, parameters: { resource: 'record', type, event: 'changed' } as INode['parameters'] });
				await editor.execute(/XSDD0002/, 'table');
				await picture('trigger.png');
			},
		],
		[
			'Kingdee JDY Push Trigger waits for a test message, and gives out the document',
			async () => {
				await open('Kingdee JDY Push Trigger', { type: PUSH_TRIGGER, webhookId: WEBHOOK_ID, parameters: {} });
				const order = emulator.gateway.records.of(demoAccount, 'scm.sal_order')[0];
				const pusher = new Pusher(`${n8n.url}/webhook-test/${WEBHOOK_ID}/webhook`);
				await editor.byId('node-execute-button').click();
				await until('The test address', 30_000, async () => (await pusher.message({ bizType: 'sal_bill_order', msgId: 'picture-1', data: [order?.id ?? ''] })).status === 200);
				await editor.expectOutput(/XSDD000001/);
				await picture('push-trigger.png');
			},
		],
	];
}
