import { demoBranch } from '../emulator/demoSettings.mts';
import { demoAccount, demoClient } from '../emulator/settings.mts';
import { until } from '../helpers/n8n/programs.mts';
import type { Editor } from './browser.mts';
import type { Demo } from './demo.mts';
import type { Picture, Step } from './steps.mts';
import { NODE, TRIGGER, create, workflowOf } from './workflows.mts';

const WORDS = ['Kingdee', 'JDY', '金蝶', '金蝶云', '金蝶云星辰', '金蝶精斗云', 'kingdee cloud', '单据'];

/** The node is found and added, and the credential made in each of its three ways. */
export function stepsOfCredential(editor: Editor, { n8n, emulator }: Demo, picture: Picture): Step[] {
	const { page } = editor;
	const { tokens } = emulator.gateway;
	const common = { clientId: demoClient.clientId, clientSecret: demoClient.clientSecret, gatewayUrl: emulator.url };
	const ways: Array<[option: string, fields: Record<string, string>]> = [
		['App Token', { ...common, appToken: tokens.issue(demoAccount), routerDomain: demoAccount.domain }],
		['App Key', { ...common, appKey: demoBranch.appKey, appSecret: tokens.appSecret(demoBranch), routerDomain: demoBranch.domain }],
		['Instance ID', { ...common, outerInstanceId: demoAccount.outerInstanceId }],
	];
	const dialog = editor.byId('editCredential-modal');

	async function openNew(option: string): Promise<void> {
		await editor.byId('node-credentials-select').click();
		await editor.byId('node-credentials-select-item-new').click();
		const chosen = editor.byId('parameter-input-authentication').locator('input').first();
		await until('A new credential that opens on Instance ID', 30_000, async () => (await chosen.inputValue()) === 'Instance ID');
		await editor.choose('authentication', option);
	}

	async function fillIn(fields: Record<string, string>): Promise<void> {
		for (const [name, value] of Object.entries(fields)) await editor.fill(name, value);
	}

	async function save(): Promise<void> {
		await editor.byId('credential-save-button').click();
	}

	/** n8n closes the dialog of a credential whose test is green, and tests it again when it is opened. */
	async function expectGreen(): Promise<void> {
		await save();
		await dialog.waitFor({ state: 'hidden' });
		await editor.byId('credential-edit-button').click();
		await editor.byId('credentials-config-container-test-success').waitFor();
	}

	/** Escape closes the dialog and the node behind it. */
	async function backToNode(): Promise<void> {
		await page.keyboard.press('Escape');
		await editor.byId('ndv').waitFor({ state: 'hidden' });
		await editor.openNode(NODE);
	}

	return [
		[
			`the node panel finds the nodes by ${WORDS.join(', ')}`,
			async () => {
				await editor.openWorkflow(await create(n8n, workflowOf('Editor', [])));
				await editor.byId('node-creator-plus-button').click();
				for (const word of WORDS) {
					const found = await editor.search(word);
					for (const name of [NODE, 'Kingdee JDY']) if (!found.includes(name)) throw new Error(`${word} finds ${found.join(', ')}`);
				}
				await picture('found.png');
				await page.keyboard.press('Escape');
			},
			'Installed: the node panel finds the nodes, in English and in Chinese',
		],
		[
			'the node is added behind the trigger',
			async () => {
				await editor.node(TRIGGER).locator('[data-test-id="canvas-handle-plus"]').or(editor.byId('canvas-handle-plus')).first().click();
				await editor.search('Kingdee');
				await page.getByText(NODE, { exact: true }).first().click();
				const add = editor.byId('item-iterator-item').filter({ hasText: 'Add to workflow' });
				await add.waitFor();
				await picture('installed.png');
				await add.click();
				await editor.byId('node-parameters').waitFor();
			},
			'A node is added behind the trigger',
		],
		[
			'a wrong client secret: the red text names the client secret',
			async () => {
				const [[option, fields] = ['', {}]] = ways;
				await openNew(option);
				await fillIn({ ...fields, clientSecret: 'a-wrong-secret' });
				await save();
				await page.getByText('More details').click();
				await dialog.getByText(/Check Client Secret in the credential/).waitFor();
				await fillIn({ clientSecret: demoClient.clientSecret });
				await expectGreen();
				await picture('tested.png');
				await backToNode();
			},
			'Credential: a wrong secret is named by the test; with the right one the test is green',
		],
		...ways.map(([option, fields]): Step => [
			`the credential by ${option}: the test is green`,
			async () => {
				await openNew(option);
				await fillIn(fields);
				await expectGreen();
				// The one to be recommended.
				if (option === 'Instance ID') await picture('credential.png');
				await backToNode();
			},
		]),
	];
}
