import { existsSync, mkdirSync, readFileSync, renameSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { installDebian } from '../helpers/n8n/debian.mts';
import { runCommand } from '../helpers/n8n/programs.mts';

const FFMPEG = '/usr/bin/ffmpeg';

/** A screen of n8n has few colours. */
const PALETTE = 'split[a][b];[a]palettegen=max_colors=128:reserve_transparent=0[p];[b][p]paletteuse=dither=none';

export function installFfmpeg(log: (line: string) => void): void {
	if (!existsSync(FFMPEG)) installDebian(['ffmpeg'], log);
}

/**
 * Has Playwright make its videos with Debian's ffmpeg instead of a build of its own that it would download. Playwright looks
 * once, when it is loaded: do this before.
 *
 * @param folder a new folder, which must stay as long as videos are made
 */
export function lendFfmpeg(folder: string): void {
	const browsers = join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'browsers.json');
	const list = JSON.parse(readFileSync(browsers, 'utf8')) as { browsers: Array<{ name: string; revision: string }> };
	const revision = list.browsers.find(({ name }) => name === 'ffmpeg')?.revision ?? '';
	mkdirSync(join(folder, `ffmpeg-${revision}`), { recursive: true });
	symlinkSync(FFMPEG, join(folder, `ffmpeg-${revision}`, 'ffmpeg-linux'));
	process.env.PLAYWRIGHT_BROWSERS_PATH = folder;
}

/** Rewrites a PNG with a palette; gives back its size in bytes. */
export function reduceColours(path: string): number {
	const reduced = `${path}.reduced.png`;
	runCommand(FFMPEG, ['-y', '-loglevel', 'error', '-i', path, '-filter_complex', PALETTE, '-update', '1', '-frames:v', '1', '-compression_level', '100', reduced]);
	renameSync(reduced, path);
	return statSync(path).size;
}
