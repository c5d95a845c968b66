import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { allCalls, reports, types } from '../nodes/KingdeeJdy/catalogue/catalogue.ts';
import { shortPath } from '../nodes/KingdeeJdy/catalogue/loading/calls.ts';

const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', ...readdirSync('docs').map((name) => join('docs', name))].filter((name) => name.endsWith('.md'));

/** The anchor that GitHub gives a heading: letters, digits, hyphens and underscores, in lower case. */
function anchorOf(heading: string): string {
	return heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\-_ ]/gu, '')
		.replaceAll(' ', '-');
}

function anchorsOf(path: string): string[] {
	const text = readFileSync(path, 'utf8');
	const named = [...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id ?? '');
	return [...[...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading ?? '')), ...named];
}

/** Links into this repository; those on GitHub's own pages (`../../security`) lead out of it. */
function linksOf(path: string): string[] {
	return [...readFileSync(path, 'utf8').matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link ?? '').filter((link) => !/^https?:|^\.\.\/\.\.\//.test(link));
}

function isDead(from: string, link: string): boolean {
	const [file = '', anchor] = link.split('#');
	const path = file === '' ? from : join(dirname(from), file);
	return !existsSync(path) || (anchor !== undefined && !anchorsOf(path).includes(anchor));
}

describe('the documents', () => {
	it.each(DOCUMENTS)('%s has no dead link', (name) => {
		expect(linksOf(name).filter((link) => isDead(name, link))).toEqual([]);
	});

	it('the places of README that n8n links to are there', () => {
		const sources = [...readdirSync('nodes/KingdeeJdy').map((name) => join('nodes/KingdeeJdy', name)), 'credentials/KingdeeJdyApi.credentials.ts'].filter((name) => /\.(ts|node\.json)$/.test(name));
		const anchors = sources.flatMap((name) => [...readFileSync(name, 'utf8').matchAll(/https:\/\/homepage\.invalid\/#([\w-]+)/g)].map(([, anchor]) => anchor ?? ''));
		expect(new Set(anchors)).toEqual(new Set(['credential', 'readme']));
		// GitHub itself knows #readme.
		expect(anchorsOf('README.md')).toContain('credential');
	});

	it('README has the sections of the template of n8n, in its order, within 1,500 words', () => {
		const text = readFileSync('README.md', 'utf8');
		expect([...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual(['Installation', 'Operations', 'Credentials', 'Compatibility', 'Usage', 'Resources', 'Version history', 'License']);
		expect(text.split(/\s+/).length).toBeLessThan(1500);
	});

	it.each(['docs/catalogue.md', 'docs/zh-CN.md'])('%s counts what the catalogue has', async (name) => {
		const [calls, all, reported] = await Promise.all([allCalls(), types(), reports()]);
		const operations = ['getMany', 'get', 'save', 'audit', 'delete', 'close', 'pushDown'] as const;
		const counts = [calls.length, all.length, ...operations.map((one) => all.filter((type) => type.operations.includes(one)).length), reported.length];
		const rows = [...readFileSync(name, 'utf8').matchAll(/^\| .+ \| (?:\**\d+\** \|)(?: *\**\d*\** \|){9}$/gm)].map(([row]) => row.split('|').slice(2, -1).map((cell) => Number(cell.replaceAll('*', ''))));
		expect(rows.at(-1)).toEqual(counts);
		const sums = rows.slice(0, -1).reduce((sum, row) => sum.map((count, index) => count + (row[index] ?? 0)));
		expect(sums).toEqual(counts);
	});

	it('the page of the catalogue names every type and every report', async () => {
		const page = readFileSync('docs/catalogue.md', 'utf8');
		const [all, reported] = await Promise.all([types(), reports()]);
		const expected = [...all.map(({ name, nameZh, value }) => `| ${name} | ${nameZh} | \`${value}\` |`), ...reported.map(({ path }) => `| \`${shortPath(path)}\` |`)];
		expect(expected.filter((row) => !page.includes(row))).toEqual([]);
	});
});
