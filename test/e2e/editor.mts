/**
 * `npm run test:editor`: n8n's editor in Chromium, used as a new user would, in a real n8n with this package. With
 * `-- --pictures` it makes the pictures of the documentation in docs/images/ anew. The last line is JSON.
 */
import { join, resolve } from 'node:path';

import { giveRoomToOutput } from './dragging.mts';
import { installFfmpeg, reduceColours } from './ffmpeg.mts';
import { allSteps } from './steps.mts';
import { stepsOfTriggers } from './stepsOfTriggers.mts';
import { WINDOW, walk } from './walk.mts';

const IMAGES = resolve('docs', 'images');
const PICTURES = ['sheet.png', 'sheet-errors.png', 'record.png', 'record-form.png', 'credential.png', 'node.png', 'output.png', 'errors.png', 'trigger.png', 'push-trigger.png'];
/** What they show is the output, so the handle of the parameters goes there; the names of the input can still be read. */
const HANDLE_X: Record<string, number> = { 'sheet.png': 560, 'record.png': 450, 'output.png': 450, 'errors.png': 450, 'trigger.png': 450 };
const MAX_IMAGE_BYTES = 120_000;

const wantsPictures = process.argv.includes('--pictures');
if (wantsPictures) installFfmpeg((line) => console.log(line));

const result = await walk('user-editor', WINDOW, (editor, demo) => {
	const picture = async (name: string) => {
		if (!wantsPictures || !PICTURES.includes(name)) return;
		const path = join(IMAGES, name);
		const handleX = HANDLE_X[name];
		if (handleX !== undefined) await giveRoomToOutput(editor, handleX);
		await editor.picture(path);
		const bytes = reduceColours(path);
		if (bytes > MAX_IMAGE_BYTES) throw new Error(`${name} has ${bytes} bytes`);
	};
	return [...allSteps(editor, demo, picture), ...(wantsPictures ? stepsOfTriggers(editor, demo, picture) : [])];
});
console.log(JSON.stringify(result));
process.exit(result.steps > 0 && result.passed === result.steps ? 0 : 1);
