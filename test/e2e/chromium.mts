import { existsSync } from 'node:fs';

import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';

import { installDebian } from '../helpers/n8n/debian.mts';

const CHROMIUM = '/usr/bin/chromium';
const CHINESE_FONT = '/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc';
const QUIET = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
/** No host but this machine has an address. Playwright's own way to refuse requests would switch the browser's cache off. */
const ALONE = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1';

export interface Window {
	width: number;
	height: number;
	/** Where a video of all that happens is kept; none is made otherwise. */
	videoFolder?: string;
}

/** Chromium with a font that has Chinese characters. */
export function installChromium(log: (line: string) => void): void {
	if (!existsSync(CHROMIUM) || !existsSync(CHINESE_FONT)) installDebian(['chromium', 'fonts-wqy-zenhei'], log);
}

/** A page of a browser that reaches nothing but this machine. */
export async function openPage({ width, height, videoFolder }: Window): Promise<Page> {
	const browser = await chromium.launch({ executablePath: CHROMIUM, args: [...QUIET, ALONE] });
	const size = { width, height };
	return await browser.newPage({ viewport: size, ...(videoFolder !== undefined && { recordVideo: { dir: videoFolder, size } }) });
}
