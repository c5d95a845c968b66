import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

import type { INodeType, VersionedNodeType } from 'n8n-workflow';

/**
 * n8n's own nodes, fetched into .cache/: the package alone weighs 180 MB, and with its dependencies several times that.
 * The libraries are those that HTTP Request, Extract from File and Convert to File need beside what n8n-core brings.
 */
const VERSION = '2.41.1';
const LIBRARIES = ['@e965/xlsx', '@mozilla/readability', 'cheerio', 'csv-parse', 'html-to-text', 'iconv-lite', 'ics', 'jsdom', 'moment-timezone', 'ts-ics'];
const FOLDER = resolve('.cache', 'nodes-base');
/** Where they are put together, so that a run that is under way keeps what it has. */
const FRESH = `${FOLDER}.fresh`;
const NAME = `n8n-nodes-base-${VERSION}`;
/** Under node_modules, where linters do not look. */
const PACKAGE = join(FOLDER, 'node_modules', NAME);
/** Says which libraries were fetched. */
const FETCHED = 'libraries.json';
const ATTEMPTS = 3;

function npm(...args: string[]): void {
	execFileSync('npm', [...args, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: FRESH, stdio: 'pipe' });
}

function fetchOnce(): void {
	rmSync(FRESH, { recursive: true, force: true });
	mkdirSync(FRESH, { recursive: true });
	npm('pack', `n8n-nodes-base@${VERSION}`);
	execFileSync('tar', ['-xzf', `${NAME}.tgz`], { cwd: FRESH });
	const { dependencies } = JSON.parse(readFileSync(join(FRESH, 'package', 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
	npm('install', '--prefix', FRESH, '--no-save', ...LIBRARIES.map((name) => `${name}@${dependencies[name]}`));
	renameSync(join(FRESH, 'package'), join(FRESH, 'node_modules', NAME));
	writeFileSync(join(FRESH, FETCHED), JSON.stringify(LIBRARIES));
	const old = `${FOLDER}.old`;
	if (existsSync(FOLDER)) renameSync(FOLDER, old);
	renameSync(FRESH, FOLDER);
	rmSync(old, { recursive: true, force: true });
}

function isFetched(): boolean {
	const list = join(FOLDER, FETCHED);
	return existsSync(PACKAGE) && existsSync(list) && readFileSync(list, 'utf8') === JSON.stringify(LIBRARIES);
}

/** Fetches the nodes unless an earlier run has done so with the same libraries. */
export function fetchNodesBase(): void {
	for (let attempt = 1; !isFetched(); attempt++) {
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
