import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { installN8n } from '../helpers/n8n/n8nInstallation.mts';
import { Editor } from './browser.mts';
import { installChromium } from './chromium.mts';
import type { Window } from './chromium.mts';
import { startDemo } from './demo.mts';
import type { Demo } from './demo.mts';
import type { Step } from './steps.mts';

/** What n8n shows as its address to the world: pictures have no use for that of this machine. */
const PUBLIC = { WEBHOOK_URL: 'https://n8n.example.com/' };

/** The folder whose files n8n may read. */
export const SHEETS = join(tmpdir(), 'n8n-sheets');

export const WINDOW = { width: 1280, height: 900 };

const log = (line: string) => console.log(line);

/**
 * Walks through steps in a real n8n of its own, up to the first that fails.
 *
 * @param folder the name of n8n's user folder, in .cache/n8n
 * @returns how many steps there are, and how many passed
 */
export async function walk(folder: string, window: Window, stepsOf: (editor: Editor, demo: Demo) => Step[]): Promise<{ steps: number; passed: number }> {
	mkdirSync(SHEETS, { recursive: true });
	installChromium(log);
	await installN8n(log);
	const demo = await startDemo(resolve('.cache', 'n8n', folder), { isFresh: true, env: { ...PUBLIC, N8N_RESTRICT_FILE_ACCESS_TO: SHEETS } });
	const editor = await Editor.open(demo.n8n.url, window);
	const steps = stepsOf(editor, demo);
	let passed = 0;
	try {
		for (const [what, act] of steps) {
			await act();
			passed += 1;
			log(`ok   ${what}`);
		}
	} catch (error) {
		log(`FAIL ${steps[passed]?.[0]}\n${String(error)}`);
		await editor.picture(resolve('.cache', 'n8n', 'failed.png'));
	} finally {
		await editor.close();
		await demo.stop();
	}
	return { steps: steps.length, passed };
}
