import { Pusher } from '../emulator/push.mts';
import { demoAccount } from '../emulator/settings.mts';
import type { WorkflowJson } from '../helpers/engine.mts';
import { PUSH_TRIGGER } from '../helpers/nodeType.mts';
import { until } from '../helpers/n8n/programs.mts';
import type { Demo } from './demo.mts';
import type { Step } from './steps.mts';
import { create } from './workflows.mts';

const WEBHOOK_ID = '5b0f3f5e-0c1d-4f57-8f4c-2f8f3b0a7c11';
const MANY = 90;

/** As many as n8n lists at once. */
const LISTED = 100;

interface Execution {
	id: string;
	status: string;
}

function expectEqual(what: string, found: unknown, wanted: unknown): void {
	if (JSON.stringify(found) !== JSON.stringify(wanted)) throw new Error(`${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`);
}

/** The push trigger in a published workflow, with messages as JDY pushes them. */
export function stepsOfPush({ n8n, emulator, credentialId }: Demo): Step[] {
	const pusher = new Pusher(`${n8n.url}/webhook/${WEBHOOK_ID}/webhook`);
	const order = () => emulator.gateway.records.of(demoAccount, 'scm.sal_order')[0] ?? { id: '', number: '' };
	const message = () => ({ bizType: 'sal_bill_order', msgId: 'e2e-1', data: [order().id] });
	let id = '';

	async function executions(): Promise<Execution[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: id }));
		return (await n8n.rest<{ results: Execution[] }>(`/executions?filter=${filter}&limit=${LISTED}`)).results;
	}

	/** Waits until so many executions have ended well. */
	async function ended(count: number): Promise<void> {
		await until(`${count} executions`, 60_000, async () => (await executions()).filter(({ status }) => status === 'success').length >= count);
		expectEqual('Executions', (await executions()).map(({ status }) => status), Array.from({ length: count }, () => 'success'));
	}

	return [
		[
			'a published push trigger answers the test call of JDY, and starts nothing',
			async () => {
				const trigger = { name: 'Pushed', id: 'pushed', type: PUSH_TRIGGER, typeVersion: 1, position: [0, 0], webhookId: WEBHOOK_ID, parameters: {}, credentials: { kingdeeJdyApi: { id: credentialId, name: 'Kingdee JDY' } } };
				const after = { name: 'After', id: 'after', type: 'n8n-nodes-base.noOp', typeVersion: 1, position: [260, 0], parameters: {} };
				const connections = { Pushed: { main: [[{ node: 'After', type: 'main', index: 0 }]] } };
				id = await create(n8n, { name: 'Pushed', nodes: [trigger, after], connections } as unknown as WorkflowJson);
				const { versionId } = await n8n.rest<{ versionId: string }>(`/workflows/${id}`);
				await n8n.rest(`/workflows/${id}/activate`, { versionId });
				await until('The address', 30_000, async () => (await pusher.test()).status === 200);
				expectEqual('Answer', (await pusher.test()).body, '{"errcode":"0","description":"success","data":{"status":"0","msg":"success","type":"test_address"}}');
				expectEqual('Executions', await executions(), []);
			},
		],
		[
			'a message starts the workflow once with the document as JDY has it, however often it comes',
			async () => {
				const answers = [await pusher.message(message()), ...(await Promise.all([pusher.message(message()), pusher.message(message())]))];
				const success = { status: 200, body: '{"errcode":"0","description":"success","data":{"status":"0","msg":"success","type":"sal_bill_order"}}' };
				expectEqual('Answers', answers, [success, success, success]);
				await ended(1);
				const [execution] = await executions();
				const { data } = await n8n.rest<{ data: string }>(`/executions/${execution?.id}`);
				if (!data.includes('"verified":true') || !data.includes(order().number)) throw new Error('The execution does not hold the document');
			},
		],
		[
			'what is no message is refused with 400, what is too large with 413, and nothing starts',
			async () => {
				const refused = [await pusher.raw({ bizType: 'a' }, '{"data":'), await pusher.raw({}, '{"hello":1}'), await pusher.raw({ bizType: 'a' }, JSON.stringify({ data: 'x'.repeat(2_000_000) }))];
				expectEqual('Statuses', refused.map(({ status }) => status), [400, 400, 413]);
				await ended(1);
			},
		],
		[
			`${MANY} messages one after another each start the workflow once`,
			async () => {
				const statuses = new Set<number>();
				for (let nth = 0; nth < MANY; nth++) statuses.add((await pusher.message({ ...message(), bizType: 'nobody_knows', msgId: `e2e-many-${nth}` })).status);
				expectEqual('Statuses', [...statuses], [200]);
				await ended(MANY + 1);
				expectEqual('The first message again', (await pusher.message(message())).status, 200);
				expectEqual('One more', (await pusher.message({ ...message(), msgId: 'e2e-last' })).status, 200);
				await ended(MANY + 2);
			},
		],
	];
}
