import type { IDataObject, INode } from 'n8n-workflow';

import { KINGDEE_JDY } from '../helpers/nodeType.mts';
import type { Editor } from './browser.mts';
import type { Demo } from './demo.mts';
import type { Step } from './steps.mts';
import { NODE, create, saveNode, workflowOf } from './workflows.mts';

const TYPE = 'ts_45465632434343';
const JDY = 'Kingdee JDY';

/** Fields are chosen from what JDY describes; what was saved is read and approved with the other node. */
export function stepsOfDocuments(editor: Editor, { n8n, emulator, credentialId }: Demo): Step[] {
	const books = emulator.gateway.documents;

	/** The input under the label of a field. */
	const inputOf = (label: string) => editor.page.getByText(label, { exact: true }).locator('xpath=following::input[1]');

	async function openJdy(name: string, parameters: IDataObject): Promise<void> {
		const node = {
			name: JDY,
			type: KINGDEE_JDY,
			executeOnce: true,
			parameters: { resource: 'customDocument', bizType: TYPE, ...parameters } as INode['parameters'],
			credentials: { kingdeeJdyApi: { id: credentialId, name: 'Kingdee JDY' } },
		};
		await editor.openWorkflow(await create(n8n, workflowOf(name, [node])));
		await editor.openNode(JDY);
	}

	return [
		[
			'Choose Fields offers the fields that JDY describes, and Simplified output tells ID and outcome',
			async () => {
				await editor.openWorkflow(await create(n8n, workflowOf('Choose', [saveNode(credentialId, { executeOnce: true }, { output: 'simplified' })])));
				await editor.openNode(NODE);
				await editor.choose('dataMode', 'Choose Fields');
				await editor.type(inputOf('单据编号 (order_no)'), 'SO-2026-0701');
				await editor.type(inputOf('单据日期 (bill_date)'), '2026-11-24 00:00:00');
				await editor.page.keyboard.press('Enter');
				await editor.execute(/"outcome":\s*"saved"/);
				const { data } = books.all.at(-1) ?? {};
				if (data?.order_no !== 'SO-2026-0701' || 'amount' in data) throw new Error(`The books hold ${JSON.stringify(data)}`);
			},
		],
		[
			'Get Many shows the documents as rows',
			async () => {
				await openJdy('Get many', { operation: 'getMany', returnAll: true });
				await editor.execute(/SO-2026-0001[\s\S]*SO-2026-0701/, 'table');
			},
		],
		[
			'Audit approves a document by its ID',
			async () => {
				const document = books.all.at(-1);
				await openJdy('Approve', { operation: 'audit', ids: document?.id ?? '' });
				await editor.execute(/success/);
				if (!document?.isAudited) throw new Error('The document is not approved');
			},
		],
	];
}
