import type { Locator, Page } from 'playwright-core';

import { until } from '../helpers/n8n/programs.mts';
import { OWNER } from '../helpers/n8n/realN8n.mts';
import { openPage } from './chromium.mts';
import type { Window } from './chromium.mts';

const PATIENCE_MS = 30_000;
const SETTLE_MS = 1_000;
const HAND_TO_MOUSE_MS = 500;

/** n8n's notices and tips, and the empty boxes that its expression editors leave in the corner. */
const PASSING = '.el-notification, [data-reka-popper-content-wrapper], div[class^="ͼ"]:empty { display: none !important; }';

export const byTestId = (page: Page | Locator, id: string): Locator => page.locator(`[data-test-id="${id}"]`);

/** n8n's editor in a browser, used as its owner uses it. */
export class Editor {
	readonly page: Page;
	readonly #url: string;

	private constructor(page: Page, url: string) {
		this.page = page;
		this.#url = url;
	}

	/** A browser that reaches nothing but this machine. */
	static async open(url: string, window: Window): Promise<Editor> {
		const page = await openPage(window);
		page.setDefaultTimeout(PATIENCE_MS);
		return new Editor(page, url);
	}

	/** Logs in at the address that `npm run n8n` prints, and has the list of workflows then. */
	async logIn(startUrl: string): Promise<void> {
		await this.page.goto(startUrl);
		await this.page.fill('input[autocomplete="email"]', OWNER.email);
		await this.page.fill('input[type="password"]', OWNER.password);
		await this.page.keyboard.press('Enter');
		await this.page.getByRole('button', { name: 'Create workflow' }).waitFor();
	}

	byId(id: string): Locator {
		return byTestId(this.page, id);
	}

	node(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.#url}/workflow/${id}`);
		await this.page.locator('[data-test-id="canvas-node"]').first().waitFor();
	}

	async openNode(name: string): Promise<void> {
		await this.node(name).dblclick();
		await this.byId('node-parameters').waitFor();
	}

	/** What the node panel offers for a word; not what it still shows for the word before. */
	async search(word: string): Promise<string[]> {
		const names = this.byId('node-creator-item-name');
		const found = names.filter({ hasText: 'Kingdee' }).first();
		await this.byId('node-creator-search-bar').fill('');
		await found.waitFor({ state: 'hidden' });
		await this.byId('node-creator-search-bar').fill(word);
		await found.waitFor();
		return await names.allTextContents();
	}

	async fill(parameter: string, value: string): Promise<void> {
		await this.byId(`parameter-input-${parameter}`).locator('input').first().fill(value);
	}

	async choose(parameter: string, option: string): Promise<void> {
		await this.byId(`parameter-input-${parameter}`).locator('input').first().click();
		await this.page.locator('.el-select-dropdown__item:visible').filter({ hasText: option }).first().click();
	}

	/** Searches the list of a resource locator, and clicks the one hit. */
	async pick(parameter: string, text: string, hit: string): Promise<void> {
		await byTestId(this.byId(`parameter-input-${parameter}`), 'rlc-input').click();
		await this.byId('rlc-search').fill(text);
		const found = this.byId('rlc-item');
		await until(`Only ${hit} in the list`, PATIENCE_MS, async () => (await found.allInnerTexts()).map((name) => name.trim()).join() === hit);
		await found.click();
	}

	/** By keyboard, with the pause of a hand that goes to the mouse: n8n takes text over a moment after the last key. */
	async type(input: Locator, text: string): Promise<void> {
		await input.click();
		await this.page.keyboard.type(text);
		await this.page.waitForTimeout(HAND_TO_MOUSE_MS);
	}

	async addOption(name: string): Promise<void> {
		await this.page.locator('input[placeholder="Add option"]').first().click();
		await this.page.locator('.el-select-dropdown__item:visible').filter({ hasText: name }).first().click();
	}

	/** Switches from Fixed to Expression: the switch shows itself beside a value under the pointer. */
	async switchToExpression(value: Locator, options: Locator): Promise<void> {
		await value.hover();
		await byTestId(options, 'radio-button-expression').last().click();
		// n8n shows what the expression gives once it has taken it over.
		await this.byId('inline-expression-editor-output').filter({ hasText: /\S/ }).last().waitFor();
	}

	/** Executes the open node and waits until its output panel shows what is expected. */
	async execute(expected: RegExp, view: 'table' | 'json' = 'json'): Promise<string> {
		await this.byId('node-execute-button').click();
		return await this.expectOutput(expected, view);
	}

	/** Waits until the output panel shows what is expected, and gives back all it shows. */
	async expectOutput(expected: RegExp, view: 'table' | 'json' = 'json'): Promise<string> {
		const output = this.byId('output-panel');
		let shown = '';
		await until(`${expected} in the output panel`, PATIENCE_MS, async () => {
			const button = byTestId(output, `radio-button-${view}`).first();
			// The button goes away while the step runs, and for good where there is nothing but a complaint.
			const isOffered = await button.isVisible();
			if (isOffered) await button.click({ timeout: SETTLE_MS });
			shown = (await output.innerText()).replace(/\s+/g, ' ');
			return expected.test(shown) && (isOffered || !(await button.isVisible()));
		}).catch((error: Error) => {
			throw new Error(`${error.message}; it shows: ${shown.slice(0, 1000)}`);
		});
		return shown;
	}

	/** Without n8n's passing notices, and after its animations. */
	async picture(path: string): Promise<void> {
		const style = await this.page.addStyleTag({ content: PASSING });
		await this.page.waitForTimeout(SETTLE_MS);
		await this.page.screenshot({ path });
		await style.evaluate((element) => (element as unknown as { remove: () => void }).remove());
	}

	async close(): Promise<void> {
		const context = this.page.context();
		// Only then is a video whole.
		await context.close();
		await context.browser()?.close();
	}
}
