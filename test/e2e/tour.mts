/**
 * `npm run tour`: the two-minute tour through the package, made of those steps of the editor test that have a caption: a
 * picture of each scene and a video of all, in .cache/tour/. The last line is JSON.
 */
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { Page } from 'playwright-core';

import { installFfmpeg, lendFfmpeg } from './ffmpeg.mts';
import type { Step } from './steps.mts';

const FOLDER = resolve('.cache', 'tour');
const PROGRAMS = join(FOLDER, 'programs');
const VIDEO = 'tour.webm';
/** Long enough to read the caption and look at what it tells. */
const HOLD_MS = 4_000;

const STYLE =
	'position:fixed;left:0;right:0;bottom:6px;margin:auto;width:max-content;max-width:92%;padding:8px 24px;border-radius:8px;background:#1b2a4a;color:#fff;font:600 19px/1.4 Inter,sans-serif;z-index:2147483647;pointer-events:none';

/** The caption on this page, and on those that are opened later. */
async function caption(page: Page, text: string): Promise<void> {
	const script = `(() => {
		const show = () => {
			const banner = document.querySelector('#tour-caption') ?? document.createElement('div');
			Object.assign(banner, { id: 'tour-caption', textContent: ${JSON.stringify(text)} }).style.cssText = ${JSON.stringify(STYLE)};
			document.body.append(banner);
		};
		if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', show);
		else show();
	})()`;
	await page.addInitScript(script);
	await page.evaluate(script);
}

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
installFfmpeg((line) => console.log(line));
lendFfmpeg(PROGRAMS);
// They load Playwright.
const [{ allSteps }, { WINDOW, walk }] = await Promise.all([import('./steps.mts'), import('./walk.mts')]);

let scenes = 0;
const result = await walk('user-tour', { ...WINDOW, videoFolder: FOLDER }, (editor, demo) => {
	const hold = async (name: string) => {
		scenes += 1;
		await editor.picture(join(FOLDER, `${String(scenes).padStart(2, '0')}-${name}`));
		await editor.page.waitForTimeout(HOLD_MS);
	};
	const scene = ([what, act, text = '']: Step): Step => [
		what,
		async () => {
			await caption(editor.page, text);
			const before = scenes;
			await act();
			if (scenes === before) await hold('scene.png');
		},
	];
	return allSteps(editor, demo, hold).filter(([, , text]) => text !== undefined).map(scene);
});
for (const name of readdirSync(FOLDER)) if (name.endsWith('.webm')) renameSync(join(FOLDER, name), join(FOLDER, VIDEO));
rmSync(PROGRAMS, { recursive: true });
console.log(JSON.stringify({ ...result, pictures: scenes, video: join('.cache', 'tour', VIDEO) }));
process.exit(result.passed === result.steps ? 0 : 1);
