import type { INode } from 'n8n-workflow';

import { answerWith } from '../emulator/replies.mts';
import { demoClient } from '../emulator/settings.mts';
import type { Editor } from './browser.mts';
import type { Demo } from './demo.mts';
import { drag } from './dragging.mts';
import type { Picture, Step } from './steps.mts';
import { NODE, create, saveNode, workflowOf } from './workflows.mts';

const REFUSED = { errcode: 1030002006, description: 'format', description_cn: '字段 order_date 格式错误' };

/** Fields are dragged, the step runs, and every outcome is seen where it belongs. */
export function stepsOfNode(editor: Editor, { n8n, emulator, credentialId }: Demo, picture: Picture): Step[] {
	const { page } = editor;
	const books = emulator.gateway.documents;

	async function openSaving(name: string, settings: Partial<INode>, options = {}): Promise<void> {
		await editor.openWorkflow(await create(n8n, workflowOf(name, [saveNode(credentialId, settings, options)])));
		await editor.openNode(NODE);
	}

	function refuseSecondOrder(): void {
		emulator.chooseFault = ({ body }) => (body.includes('SO-2026-0002') ? answerWith(200, REFUSED) : undefined);
	}

	return [
		[
			'two fields are dragged from the input panel, the step runs, and the output panel shows the envelope',
			async () => {
				await editor.fill('bizType', 'ts_45465632434343');
				const target = editor.byId('assignment-collection-drop-area');
				await drag(editor, 'orderNo', target);
				await drag(editor, 'amount', target);
				await picture('node.png');
				await editor.execute(/success[\s\S]*SO-2026-0001[\s\S]*SO-2026-0002/, 'table');
				await picture('output.png');
				if (books.all.length !== 2 || JSON.stringify(books.all[0]?.data) !== '{"orderNo":"SO-2026-0001","amount":1280.5}') throw new Error(`The books hold ${JSON.stringify(books.all)}`);
			},
			'Save: fields are dragged from the input, and each item becomes a document in JDY',
		],
		[
			'JSON instead of fields: an expression is filled in and every digit kept',
			async () => {
				await editor.choose('dataMode', 'Use JSON');
				await page.locator('[data-test-id="parameter-input-dataJson"] .cm-content').click();
				await editor.byId('dataJson-parameter-input-options-container').locator('[data-test-id="radio-button-expression"]').click();
				await page.locator('[data-test-id="parameter-input-dataJson"] .cm-content').click();
				await page.keyboard.press('ControlOrMeta+A');
				await page.keyboard.insertText('{ "no": "{{ $json.orderNo }}", "customer": 1234567890123456789 }');
				// n8n shows what the expression gives once it has taken it over.
				await editor.byId('inline-expression-editor-output').filter({ hasText: 'SO-2026-0001' }).first().waitFor();
				await editor.byId('credentials-label').click();
				await editor.execute(/"errcode":[\s\S]*"customer":\s*"1234567890123456789"/);
				if (JSON.stringify(books.all.at(-1)?.data) !== '{"no":"SO-2026-0002","customer":1234567890123456789}') throw new Error(`The books hold ${JSON.stringify(books.all.at(-1))}`);
			},
		],
		[
			'a refused save is an error in the item it belongs to',
			async () => {
				refuseSecondOrder();
				await openSaving('Refused', { onError: 'continueRegularOutput' });
				const shown = await editor.execute(/字段 order_date 格式错误/);
				if (!/SO-2026-0001[\s\S]*字段 order_date/.test(shown) || !shown.includes('rejected')) throw new Error(shown);
			},
			'An error: JDY refuses one document. Its item says why, and that it was not saved',
		],
		[
			'the error output holds the refused item with its input fields',
			async () => {
				await openSaving('Error output', { onError: 'continueErrorOutput' });
				await editor.byId('node-execute-button').click();
				await editor.byId('output-panel').getByText(/Error.*1|Error \(1/).first().click();
				await editor.byId('output-panel').getByText('字段 order_date 格式错误').first().waitFor();
				await editor.byId('output-panel').getByText('SO-2026-0002').first().waitFor();
				await picture('errors.png');
			},
			'The same on the error output: the refused item keeps its input fields',
		],
		[
			'stopping at the error names what to do',
			async () => {
				await openSaving('Stop', {});
				await editor.execute(/字段 order_date 格式错误/);
				emulator.chooseFault = () => undefined;
			},
		],
		[
			'the dry run shows the request, sends nothing and tells no secret',
			async () => {
				const before = emulator.ledger.length;
				await openSaving('Dry run', {}, { dryRun: true });
				const shown = await editor.execute(/"dryRun":\s*true/);
				const secrets = [demoClient.clientSecret, ...emulator.ledger.map(({ headers }) => headers['app-token'] ?? '')].filter((secret) => secret !== '');
				if (secrets.some((secret) => shown.includes(secret)) || emulator.ledger.length !== before) throw new Error(shown);
				if (!/"X-Api-Signature":\s*"\*\*\*"/.test(shown)) throw new Error(shown);
			},
		],
	];
}
