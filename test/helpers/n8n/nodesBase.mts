import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

import type { INodeType, VersionedNodeType } from 'n8n-workflow';

/**
 * n8n's own nodes, fetched into .cache/: the package alone weighs 180 MB, and with its dependencies several times that.
 * The HTTP Request node needs four libraries beside those that n8n-core brings.
 */
const VERSION = '2.41.1';
const LIBRARIES = ['@mozilla/readability', 'cheerio', 'html-to-text', 'jsdom'];
const FOLDER = resolve('.cache', 'nodes-base');
/** Under node_modules, where linters do not look. */
const PACKAGE = join(FOLDER, 'node_modules', `n8n-nodes-base-${VERSION}`);
const ATTEMPTS = 3;

function npm(...args: string[]): void {
	execFileSync('npm', [...args, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: FOLDER, stdio: 'pipe' });
}

function fetchOnce(): void {
	rmSync(FOLDER, { recursive: true, force: true });
	mkdirSync(FOLDER, { recursive: true });
	npm('pack', `n8n-nodes-base@${VERSION}`);
	execFileSync('tar', ['-xzf', `n8n-nodes-base-${VERSION}.tgz`], { cwd: FOLDER });
	const { dependencies } = JSON.parse(readFileSync(join(FOLDER, 'package', 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
	npm('install', '--prefix', FOLDER, '--no-save', ...LIBRARIES.map((name) => `${name}@${dependencies[name]}`));
	renameSync(join(FOLDER, 'package'), PACKAGE);
}

/** Fetches the nodes unless an earlier run has done so. */
export function fetchNodesBase(): void {
	for (let attempt = 1; !existsSync(PACKAGE); attempt++) {
		try {
			fetchOnce();
		} catch (error) {
			if (attempt === ATTEMPTS) throw error;
		}
	}
}

/** n8n's HTTP Request node, newest version. */
export function httpRequestNode(): INodeType {
	const load = createRequire(join(PACKAGE, 'package.json'));
	const { HttpRequest } = load('./dist/nodes/HttpRequest/HttpRequest.node.js') as { HttpRequest: new () => VersionedNodeType };
	return new HttpRequest().getNodeType();
}
