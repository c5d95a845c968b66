import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

import { allCalls as allSourceCalls, parametersOf as sourceParametersOf } from '../nodes/KingdeeJdy/catalogue/catalogue.ts';

interface Manifest {
	homepage: string;
	engines: unknown;
	scripts: Record<string, string>;
	dependencies?: unknown;
	peerDependencies: Record<string, string>;
	overrides?: unknown;
	n8n: { strict: boolean; nodes: string[]; credentials: string[] };
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;

/** What `npm pack` would put into the tarball, after a fresh build. */
function pack(): { files: string[]; unpackedBytes: number } {
	execFileSync('npm', ['run', 'build'], { stdio: 'pipe' });
	const [tarball] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--loglevel=error'], { encoding: 'utf8' })) as [
		{ files: Array<{ path: string }>; unpackedSize: number },
	];
	return { files: tarball.files.map(({ path }) => path), unpackedBytes: tarball.unpackedSize };
}

describe('the package', () => {
	const { files, unpackedBytes } = pack();

	it('holds nothing but the build and four documents', () => {
		const allowed = /^(dist\/(nodes|credentials)\/[\w./]+\.(js|json|svg)|README\.md|LICENSE|CHANGELOG\.md|package\.json)$/;
		expect(files.filter((path) => !allowed.test(path))).toEqual([]);
		expect(files).toEqual(expect.arrayContaining(['README.md', 'LICENSE', 'CHANGELOG.md', ...manifest.n8n.nodes, ...manifest.n8n.credentials]));
	});

	it('has its icons and its codex', () => {
		const folder = 'dist/nodes/KingdeeJdy';
		expect(files).toEqual(expect.arrayContaining([`${folder}/kingdeeJdy.svg`, `${folder}/kingdeeJdy.dark.svg`, `${folder}/KingdeeJdyCustomSave.node.json`, `${folder}/KingdeeJdy.node.json`]));
		expect(files).toContain(`${folder}/__schema__/v1.0.0/customDocument/getMany.json`);
	});

	it('has the catalogue, packed', async () => {
		const { allCalls, parametersOf } = createRequire(resolve('package.json'))('./dist/nodes/KingdeeJdy/catalogue/catalogue.js') as typeof import('../nodes/KingdeeJdy/catalogue/catalogue.ts');
		const [packed, source] = [await allCalls(), await allSourceCalls()];
		expect(packed.map((call) => [call.id, parametersOf(call)])).toEqual(source.map((call) => [call.id, sourceParametersOf(call)]));
	});

	it('is smaller than 900 kB', () => expect(unpackedBytes).toBeLessThan(900_000));

	it('asks for Node.js 22 or later, which older versions of n8n run on', () => expect(manifest.engines).toEqual({ node: '>=22' }));

	it('has no dependency but n8n, no lifecycle script and no override', () => {
		expect(manifest.dependencies).toBeUndefined();
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		expect(manifest.overrides).toBeUndefined();
		expect(Object.keys(manifest.scripts).filter((name) => /^(pre|post)|^(prepare|dependencies|install)$/.test(name))).toEqual([]);
		expect(manifest.n8n.strict).toBe(true);
	});

	it('takes its homepage from package.json alone', () => {
		const base = manifest.homepage.replace(/#.*/, '');
		const codex = JSON.parse(readFileSync('dist/nodes/KingdeeJdy/KingdeeJdyCustomSave.node.json', 'utf8')) as { resources: unknown; alias: string[] };
		expect(codex.resources).toEqual({ credentialDocumentation: [{ url: `${base}#credential` }], primaryDocumentation: [{ url: `${base}#readme` }] });
		expect(codex.alias).toEqual(expect.arrayContaining(['Kingdee', 'Kingdee Cloud', 'JDY', '金蝶', '金蝶云', '金蝶云星辰', '金蝶精斗云', '精斗云', '星辰', '单据', 'ERP']));
		expect(readFileSync('dist/credentials/KingdeeJdyApi.credentials.js', 'utf8')).toContain(`"${base}#credential"`);
	});
});

describe('the lock file', () => {
	it('names no registry', () => expect(readFileSync('package-lock.json', 'utf8')).not.toMatch(/"resolved"|https?:\/\/[^"]*registry/));
});

describe('the workflows', () => {
	const folder = '.github/workflows';

	it.each(readdirSync(folder))('%s takes foreign actions by commit, because a tag can be moved', (name) => {
		const used = [...readFileSync(join(folder, name), 'utf8').matchAll(/uses: (.*)/g)].map(([, action]) => action);
		expect(used).not.toEqual([]);
		expect(used.filter((action) => !/^\.\/|^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action ?? ''))).toEqual([]);
	});
});
