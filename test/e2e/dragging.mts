import type { Locator } from 'playwright-core';

import { until } from '../helpers/n8n/programs.mts';
import type { Editor } from './browser.mts';

const PATIENCE_MS = 30_000;
/** A second one would add to what the first one gave. */
const TAKEN_MS = 10_000;
/** Drags a field of the input panel onto a target. */
export async function drag(editor: Editor, field: string, target: Locator): Promise<void> {
	await target.scrollIntoViewIfNeeded();
	const shown = await editor.byId('ndv-input-panel').locator(`[data-value="{{ $json.${field} }}"]`).all();
	// n8n keeps entries that it does not need far above the panel.
	const from = (await Promise.all(shown.map(async (entry) => await entry.boundingBox()))).find((box) => box && box.y > 0);
	if (!from) throw new Error(`${field} is not to be seen`);
	const { mouse } = editor.page;
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
export async function map(editor: Editor, field: string, parameter: string): Promise<void> {
	const target = editor.byId(`parameter-input-${parameter}`);
	await until(`${field} in ${parameter}`, PATIENCE_MS, async () => {
		await drag(editor, field, target);
		await target.filter({ hasText: `$json.${field}` }).waitFor({ timeout: TAKEN_MS });
		return true;
	});
}

/**
 * Moves the parameters of the open node to the left, so that the output has room, and shows them from their beginning.
 *
 * @param toX where their handle goes, in pixels
 */
export async function giveRoomToOutput(editor: Editor, toX: number): Promise<void> {
	const handle = await editor.byId('panel-drag-button').boundingBox();
	if (!handle) throw new Error('The handle of the parameters is not to be seen');
	const { mouse } = editor.page;
	await mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
	await mouse.down();
	await mouse.move(toX, handle.y, { steps: 10 });
	await mouse.up();
	await editor.byId('node-execute-button').hover();
	await mouse.move(handle.x, 300);
	await mouse.wheel(0, -5_000);
}
