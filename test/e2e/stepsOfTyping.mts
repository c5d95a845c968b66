import type { Editor } from './browser.mts';
import { byTestId } from './browser.mts';
import type { Demo } from './demo.mts';
import type { Step } from './steps.mts';
import { NODE, create, keptInWorkflow, saveNode, workflowOf } from './workflows.mts';

const EXPRESSION = '{{ $json.orderNo }}';
const BOTH_SAVED = /SO-2026-0001[\s\S]*SO-2026-0002/;

/**
 * What n8n leaves as it was typed: `{{ … }}` by keyboard stays Fixed, in a field and in a parameter, and would go into every
 * document as this very text. The node complains, and the user does what the complaint says.
 */
export function stepsOfTyping(editor: Editor, { n8n, emulator, credentialId }: Demo): Step[] {
	const { page } = editor;
	const books = emulator.gateway.documents;
	let before = 0;

	function expectSaved(count: number): void {
		const saved = books.all.slice(before).map(({ data }) => JSON.stringify(data));
		const expected = ['{"order_no":"SO-2026-0001"}', '{"order_no":"SO-2026-0002"}'].slice(0, count);
		if (JSON.stringify(saved) !== JSON.stringify(expected)) throw new Error(`The books hold ${saved.join(' ')}`);
		before = books.all.length;
	}

	return [
		[
			'an expression typed into a field stays Fixed: the complaint names the field, nothing is saved, and Expression mends it',
			async () => {
				before = books.all.length;
				await editor.openWorkflow(await create(n8n, workflowOf('Typed', [saveNode(credentialId, { parameters: { bizType: 'ts_45465632434343' } })])));
				await editor.openNode(NODE);
				await page.getByText('Add Field').click();
				const field = editor.byId('assignment').first();
				await editor.type(field.locator('input').first(), 'order_no');
				await editor.type(field.locator('input').last(), EXPRESSION);
				await keptInWorkflow(editor, n8n, [`"value":"${EXPRESSION}"`]);
				await editor.execute(/Field "order_no" holds an expression that is not filled in; switch the field from Fixed to Expression/);
				expectSaved(0);
				await editor.switchToExpression(byTestId(field, 'assignment-value'), field);
				await editor.execute(BOTH_SAVED);
				expectSaved(2);
			},
		],
		[
			'an expression typed as Deduplication Key stays Fixed: the complaint names it, nothing is saved, and Expression mends it',
			async () => {
				const key = editor.byId('parameter-input-deduplicationKey');
				await editor.type(key.locator('input').first(), EXPRESSION);
				await keptInWorkflow(editor, n8n, [`"deduplicationKey":"${EXPRESSION}"`]);
				await editor.execute(/Deduplication Key holds an expression that is not filled in; switch the field from Fixed to Expression/);
				expectSaved(0);
				await editor.switchToExpression(key, editor.byId('deduplicationKey-parameter-input-options-container'));
				await editor.execute(BOTH_SAVED);
				expectSaved(2);
			},
		],
	];
}
