import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';

import { FOLDER } from './install.mts';

const OPTIONS: ts.CompilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, rewriteRelativeImportExtensions: true };

function writeFolder(from: string, to: string): void {
	mkdirSync(to, { recursive: true });
	for (const entry of readdirSync(from, { withFileTypes: true })) {
		const [source, target] = [join(from, entry.name), join(to, entry.name)];
		if (entry.isDirectory()) writeFolder(source, target);
		else if (!entry.name.endsWith('.mts')) cpSync(source, target);
		else if (!entry.name.endsWith('.test.mts')) {
			const { outputText } = ts.transpileModule(readFileSync(source, 'utf8'), { compilerOptions: OPTIONS });
			writeFileSync(target.replace(/\.mts$/, '.mjs'), outputText);
		}
	}
}

/** Writes these tests, and what they are made of, as JavaScript: Node.js 20 does not run TypeScript. Gives their folder. */
export function writeJavaScript(): string {
	const code = join(FOLDER, 'code');
	rmSync(code, { recursive: true, force: true });
	for (const folder of ['emulator', 'helpers', 'engines']) writeFolder(join('test', folder), join(code, folder));
	return join(code, 'engines');
}
