import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', ...readdirSync('docs').map((name) => join('docs', name))].filter((name) => name.endsWith('.md'));

/** The anchor that GitHub gives a heading: letters, digits, hyphens and underscores, in lower case. */
function anchorOf(heading: string): string {
	return heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\-_ ]/gu, '')
		.replaceAll(' ', '-');
}

function anchorsOf(path: string): string[] {
	return [...readFileSync(path, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading ?? ''));
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
});
