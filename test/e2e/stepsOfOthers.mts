import type { Editor } from './browser.mts';
import type { Demo } from './demo.mts';
import type { Step } from './steps.mts';
import { NODE, create, workflowOf } from './workflows.mts';

const ATTEMPTS = 5;
const LOADING_MS = 1_000;
const LIST = { biz_type: 'ts_45465632434343', data: {}, page_no: '1', page_size: '10' };

/** What other nodes make of the package: the HTTP Request node of its credential, an AI Agent of its node. */
export function stepsOfOthers(editor: Editor, { n8n, emulator, credentialId }: Demo): Step[] {
	return [
		[
			'the HTTP Request node calls cust/list with the credential and gets a signed answer',
			async () => {
				const request = {
					name: 'List',
					type: 'n8n-nodes-base.httpRequest',
					typeVersion: 4.2,
					parameters: {
						method: 'POST',
						url: `${emulator.url}/jdy/v2/cust/list`,
						authentication: 'predefinedCredentialType',
						nodeCredentialType: 'kingdeeJdyApi',
						sendBody: true,
						specifyBody: 'json',
						jsonBody: JSON.stringify(LIST),
						options: {},
					},
					credentials: { kingdeeJdyApi: { id: credentialId, name: 'Kingdee JDY' } },
				};
				await editor.openWorkflow(await create(n8n, workflowOf('List', [request])));
				await editor.openNode('List');
				await editor.execute(/"errcode":\s*0[\s\S]*SO-2026-0001/);
			},
		],
		[
			'an AI Agent is offered the node as a tool',
			async () => {
				const id = await create(n8n, workflowOf('Agent', [{ name: 'AI Agent', type: '@n8n/n8n-nodes-langchain.agent', typeVersion: 2 }]));
				let offered: string[] = [];
				// While n8n still loads its AI nodes, the panel opens with all nodes instead of the tools.
				for (let attempt = 1; attempt <= ATTEMPTS && !offered.includes(`${NODE} Tool`); attempt++) {
					await editor.openWorkflow(id);
					await editor.page.waitForTimeout(attempt * LOADING_MS);
					await editor.page.locator('[data-node-name="AI Agent"][data-connection-type="ai_tool"] [data-test-id="canvas-handle-plus"]').click();
					await editor.byId('nodes-list-header').first().waitFor();
					await editor.page.waitForTimeout(LOADING_MS);
					offered = await editor.search('Kingdee');
				}
				if (!offered.includes(`${NODE} Tool`)) throw new Error(`The agent is offered ${offered.join(', ')}`);
				await editor.page.getByText(`${NODE} Tool`).first().click();
				await editor.byId('parameter-input-toolDescription').or(editor.byId('node-parameters')).first().waitFor();
			},
		],
	];
}
