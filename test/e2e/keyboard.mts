import type { Locator } from 'playwright-core';

import { until } from '../helpers/n8n/programs.mts';
import type { Editor } from './browser.mts';

/** More keys than any panel of n8n has places for. */
const MAX_KEYS = 80;
const PATIENCE_MS = 30_000;

/** What has the focus, where that is the element or something in it. */
function within({ page }: Editor, wanted: Locator): Locator {
	const focused = page.locator(':focus');
	return wanted.and(focused).or(wanted.locator(focused));
}

/** Goes on by Tab until the focus is in what is wanted; `Shift+Tab` goes back. */
export async function tabTo(editor: Editor, wanted: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
	const { page } = editor;
	const reached = within(editor, wanted);
	for (let pressed = 0; (await reached.count()) === 0; pressed++) {
		if (pressed === MAX_KEYS) throw new Error(`${wanted.toString()} cannot be reached by ${key}`);
		await page.keyboard.press(key);
	}
}

/** Goes down a list until the entry that n8n marks has this text, and takes it. */
async function arrowTo({ page }: Editor, marked: string, text: string): Promise<void> {
	const nameOf = async () => (await page.locator(marked).first().innerText()).trim();
	let name = await nameOf();
	for (let pressed = 0; name !== text; pressed++) {
		if (pressed === MAX_KEYS) throw new Error(`There is no ${text}`);
		const before = name;
		await page.keyboard.press('ArrowDown');
		await until(`The entry after ${before}`, PATIENCE_MS, async () => (name = await nameOf()) !== before);
	}
	await page.keyboard.press('Enter');
}

/** Adds an action of a node behind what is selected on the canvas. */
export async function addByKeyboard(editor: Editor, node: string, action: string): Promise<void> {
	const { page } = editor;
	await page.keyboard.press('ControlOrMeta+A');
	await page.keyboard.press('n');
	// Until the focus is there, keys are commands of the canvas.
	await within(editor, editor.byId('node-creator-search-bar')).waitFor();
	await page.keyboard.type(node);
	await editor.byId('node-creator-item-name').first().and(page.getByText(node, { exact: true })).waitFor();
	await page.keyboard.press('Enter');
	await arrowTo(editor, '[data-keyboard-nav-type="action"][class*="_active"]', action);
	await editor.byId('node-parameters').waitFor();
}

/** Searches the list of a resource locator, which opens when Tab reaches it, and takes the first hit. */
export async function pickByKeyboard(editor: Editor, text: string, hit: string): Promise<void> {
	const search = editor.byId('rlc-search');
	await tabTo(editor, editor.byId('rlc-input').or(search));
	await search.and(editor.page.locator(':focus')).waitFor();
	await editor.page.keyboard.insertText(text);
	const found = editor.byId('rlc-item');
	await until(`${hit} in the list`, PATIENCE_MS, async () => (await found.count()) === 1 && (await found.innerText()).trim() === hit);
	await editor.page.keyboard.press('ArrowDown');
	await editor.page.keyboard.press('Enter');
	await found.waitFor({ state: 'hidden' });
}

/** Adds a field to a form (resourceMapper) and fills it in. */
export async function fillByKeyboard(editor: Editor, label: string, field: string, value: string): Promise<void> {
	// It comes with the form, which n8n asks the node for.
	await editor.byId('add-fields-select').waitFor();
	await tabTo(editor, editor.byId('add-fields-select'));
	await editor.page.keyboard.press('Enter');
	await arrowTo(editor, '[role="menuitem"][data-highlighted]', label);
	const input = editor.byId(`parameter-input-${field}`);
	await input.waitFor();
	await tabTo(editor, input, 'Shift+Tab');
	await editor.page.keyboard.type(value);
}
