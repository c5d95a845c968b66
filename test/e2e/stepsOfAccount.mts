import { tokenCredential } from '../helpers/credentials.mts';
import type { Editor } from './browser.mts';
import type { Demo } from './demo.mts';
import type { Picture, Step } from './steps.mts';
import { NODE, create, saveNode, workflowOf } from './workflows.mts';

const JDY = 'Kingdee JDY';
const CHECK = 'Check access to an account';
const SAVE_PATH = '/jdy/v2/cust/save';

/** The first things that are done with an account: what the app may read there, and that nothing is written yet. */
export function stepsOfAccount(editor: Editor, { n8n, emulator }: Demo, picture: Picture): Step[] {
	const { page } = editor;
	const saves = () => emulator.ledger.filter(({ path }) => path === SAVE_PATH).length;

	return [
		[
			'Check Access is found in the node panel, and says of each type and report whether the app may read it',
			async () => {
				await editor.openWorkflow(await create(n8n, workflowOf('Check', [])));
				await editor.byId('canvas-handle-plus').last().click();
				await editor.byId('node-creator-search-bar').fill(JDY);
				await editor.byId('node-creator-item-name').filter({ hasText: new RegExp(`^\\s*${JDY}\\s*$`) }).first().click();
				await page.locator('[data-keyboard-nav-type="action"]').filter({ hasText: CHECK }).first().click();
				await editor.byId('node-parameters').waitFor();
				await editor.choose('modules', 'Production');
				await page.keyboard.press('Escape');
				const shown = await editor.execute(/7 of 7 can be read/, 'table');
				if (!/领料|委外|工单|加工/.test(shown)) throw new Error(`It shows ${shown}`);
				await picture('access.png');
			},
		],
		[
			'Read Only, switched on in the credential, keeps a save back and says so',
			async () => {
				const data = tokenCredential(emulator);
				const { id } = await n8n.rest<{ id: string }>('/credentials', { name: 'First days', type: 'kingdeeJdyApi', data });
				const node = saveNode(id);
				await editor.openWorkflow(await create(n8n, workflowOf('Read Only', [{ ...node, credentials: { kingdeeJdyApi: { id, name: 'First days' } } }])));
				await editor.openNode(NODE);
				await editor.byId('credential-edit-button').click();
				const field = editor.byId('parameter-input-readOnly');
				await field.locator('.el-switch, [role="switch"]').first().click();
				await editor.byId('credential-save-button').click();
				await editor.byId('credentials-config-container-test-success').waitFor();
				// It closes the dialog and the node behind it.
				await page.keyboard.press('Escape');
				await editor.byId('ndv').waitFor({ state: 'hidden' });
				await editor.openNode(NODE);
				const before = saves();
				await editor.execute(/The credential is Read Only, so this write was not sent/);
				await picture('read-only.png');
				if (saves() !== before) throw new Error('A save arrived');
				// n8n puts the newest credential into nodes that are added later.
				await n8n.rest(`/credentials/${id}`, undefined, 'DELETE');
			},
		],
	];
}
