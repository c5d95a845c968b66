import { existsSync } from 'node:fs';

import { chromium } from 'playwright-core';
import type { Browser, Locator, Page } from 'playwright-core';

import { installDebian } from '../helpers/n8n/debian.mts';
import { until } from '../helpers/n8n/programs.mts';
import { OWNER } from '../helpers/n8n/realN8n.mts';

const CHROMIUM = '/usr/bin/chromium';
const CHINESE_FONT = '/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc';
const QUIET = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
/** No host but this machine has an address. Playwright's own way to refuse requests would switch the browser's cache off. */
const ALONE = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1';
const PATIENCE_MS = 30_000;
const SETTLE_MS = 1_000;
const HAND_TO_MOUSE_MS = 500;

/** n8n's notices, and what its expression editor leaves in the corner. */
const PASSING = '.el-notification, body > [class*="ͼ"] { display: none !important; }';

/** Chromium with a font that has Chinese characters. */
export function installChromium(log: (line: string) => void): void {
	if (!existsSync(CHROMIUM) || !existsSync(CHINESE_FONT)) installDebian(['chromium', 'fonts-wqy-zenhei'], log);
}

export const byTestId = (page: Page | Locator, id: string): Locator => page.locator(`[data-test-id="${id}"]`);

export interface Window {
	width: number;
	height: number;
	/** Where a video of all that happens is kept; none is made otherwise. */
	videoFolder?: string;
}

/** n8n's editor in a browser, used as its owner uses it. */
export class Editor {
	readonly page: Page;
	readonly #browser: Browser;
	readonly #url: string;

	private constructor(page: Page, browser: Browser, url: string) {
		this.page = page;
		this.#browser = browser;
		this.#url = url;
	}

	/** A browser that reaches nothing but this machine. */
	static async open(url: string, { width, height, videoFolder }: Window): Promise<Editor> {
		const browser = await chromium.launch({ executablePath: CHROMIUM, args: [...QUIET, ALONE] });
		const size = { width, height };
		const page = await browser.newPage({ viewport: size, ...(videoFolder !== undefined && { recordVideo: { dir: videoFolder, size } }) });
		page.setDefaultTimeout(PATIENCE_MS);
		return new Editor(page, browser, url);
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

	/** Drags a field of the input panel onto a target. */
	async drag(field: string, target: Locator): Promise<void> {
		await target.scrollIntoViewIfNeeded();
		const shown = await this.byId('ndv-input-panel').locator(`[data-value="{{ $json.${field} }}"]`).all();
		// n8n keeps entries that it does not need far above the panel.
		const from = (await Promise.all(shown.map(async (entry) => await entry.boundingBox()))).find((box) => box && box.y > 0);
		if (!from) throw new Error(`${field} is not to be seen`);
		const { mouse } = this.page;
		await mouse.move(from.x + from.width / 2, from.y + from.height / 2);
		await mouse.down();
		await mouse.move(from.x + 40, from.y + 20, { steps: 5 });
		// What had the focus has lost it only now, and others may have moved.
		const to = await target.boundingBox();
		if (!to) throw new Error(`What ${field} goes to is not to be seen`);
		await mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 10 });
		await mouse.up();
	}

	/** Drags a field of the input panel into a parameter, until n8n shows it there as an expression. */
	async map(field: string, parameter: string): Promise<void> {
		const target = this.byId(`parameter-input-${parameter}`);
		const isThere = async () => (await target.innerText()).includes(`$json.${field}`);
		await until(`${field} in ${parameter}`, PATIENCE_MS, async () => {
			if (!(await isThere())) await this.drag(field, target);
			return await isThere();
		});
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
			const button = byTestId(output, `radio-button-${view}`);
			// The button goes away while the step runs: then it is asked for again.
			if (await button.first().isVisible()) await button.first().click({ timeout: SETTLE_MS });
			shown = (await output.innerText()).replace(/\s+/g, ' ');
			return expected.test(shown);
		}).catch((error: Error) => {
			throw new Error(`${error.message}; it shows: ${shown.slice(0, 1000)}`);
		});
		return shown;
	}

	/** Without n8n's passing notices, and after its animations. */
	async picture(path: string): Promise<void> {
		await this.page.addStyleTag({ content: PASSING });
		await this.page.waitForTimeout(SETTLE_MS);
		await this.page.screenshot({ path });
	}

	async close(): Promise<void> {
		// Only then is a video whole.
		await this.page.context().close();
		await this.#browser.close();
	}
}
