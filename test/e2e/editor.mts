/**
 * `npm run test:editor`: n8n's editor in Chromium, used as a new user would, in a real n8n with this package. With
 * `-- --pictures` it makes the pictures of the documentation in docs/images/ anew. The last line is JSON.
 */
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { installN8n } from '../helpers/n8n/n8nInstallation.mts';
import { Editor, installChromium } from './browser.mts';
import { startDemo } from './demo.mts';
import { stepsOfCredential } from './stepsOfCredential.mts';
import { stepsOfDocuments } from './stepsOfDocuments.mts';
import { stepsOfNode } from './stepsOfNode.mts';
import { stepsOfOthers } from './stepsOfOthers.mts';
import { stepsOfPush } from './stepsOfPush.mts';
import { stepsOfTyping } from './stepsOfTyping.mts';

const IMAGES = resolve('docs', 'images');
const MAX_IMAGE_BYTES = 200_000;
const PICTURES = ['credential.png', 'node.png', 'output.png', 'errors.png'];

/** One thing a user does, and what has to be seen then; throws where it is not. */
export type Step = [what: string, act: () => Promise<void>];

const log = (line: string) => console.log(line);
const wantsPictures = process.argv.includes('--pictures');
installChromium(log);
await installN8n(log);
const demo = await startDemo(resolve('.cache', 'n8n', 'user-editor'), { isFresh: true });
const editor = await Editor.open(demo.n8n.url);
const picture = async (name: string) => {
	if (wantsPictures) await editor.picture(join(IMAGES, name));
};

const pictures: Step = [
	'the pictures are small enough for the documentation',
	async () => {
		for (const name of PICTURES) {
			const { size } = statSync(join(IMAGES, name));
			if (size > MAX_IMAGE_BYTES) throw new Error(`${name} has ${size} bytes`);
		}
	},
];

const steps: Step[] = [
	['the owner logs in at the address that is printed, and sees Create workflow', async () => await editor.logIn(demo.startUrl)],
	...stepsOfCredential(editor, demo, picture),
	...stepsOfNode(editor, demo, picture),
	...stepsOfTyping(editor, demo),
	...stepsOfDocuments(editor, demo),
	...stepsOfOthers(editor, demo),
	...stepsOfPush(demo),
	...(wantsPictures ? [pictures] : []),
];

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
console.log(JSON.stringify({ steps: steps.length, passed }));
process.exit(passed === steps.length ? 0 : 1);
