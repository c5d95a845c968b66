/**
 * Runs n8n's scanner for community packages over what would be published and over the sources, as n8n does before it
 * verifies a package; then asks npm for known vulnerabilities. Needs a build; ends with "N errors, N warnings".
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';

import { ESLint } from 'eslint';

const PACKED_FILE_PATTERNS = ['**/*.js', 'package.json'];
const ERROR = 2;

const isWindows = process.platform === 'win32';
const workFolder = mkdtempSync(join(tmpdir(), 'scan-'));

/** The tarball of `npm pack`, unpacked. */
function packed() {
	const options = ['--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', workFolder];
	const [{ filename }] = JSON.parse(execFileSync('npm', ['pack', ...options], { encoding: 'utf8', shell: isWindows }));
	const folder = join(workFolder, 'packed');
	mkdirSync(folder);
	execFileSync('tar', ['-xzf', join('..', filename), '--strip-components=1'], { cwd: folder });
	return folder;
}

async function loadScanner() {
	// The scanner makes a temporary folder of its own when it is loaded, and leaves it behind.
	for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = workFolder;
	return await import('@n8n/scan-community-package/scanner/scanner.mjs');
}

/** Lints a folder as the scanner does, prints every finding, and counts. */
async function scan({ analyzePackage, buildScanConfig }, title, folder, patterns) {
	// The verdict tells nothing of warnings and passes a folder without files: the same rules run once more for the counts.
	const eslint = new ESLint({ cwd: folder, allowInlineConfig: false, overrideConfigFile: true, overrideConfig: await buildScanConfig() });
	const results = await eslint.lintFiles(patterns);
	const findings = results.flatMap(({ filePath, messages }) =>
		messages.map((message) => ({ file: relative(folder, filePath), ...message })),
	);
	for (const { file, line, column, severity, message, ruleId } of findings) {
		console.log(`${file}:${line}:${column} ${severity === ERROR ? 'error' : 'warning'} ${message} (${ruleId})`);
	}
	let errors = findings.filter(({ severity }) => severity === ERROR).length;
	const warnings = findings.length - errors;

	const verdict = await analyzePackage(folder, patterns);
	if (results.length === 0) errors += 1;
	if (!verdict.passed && errors === 0) {
		console.log(`${title}: ${verdict.message}`);
		errors = 1;
	}
	console.log(`${title}: ${results.length} files, ${errors} errors, ${warnings} warnings`);
	return { errors, warnings };
}

/** Known vulnerabilities of what is installed with the package; each counts as an error. */
function audit() {
	const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { encoding: 'utf8', shell: isWindows });
	const { metadata, vulnerabilities, statusCode } = JSON.parse(stdout);
	if (!metadata) {
		console.log(`npm audit: not done, the registry gives no advisories (${statusCode ?? 'no answer'})`);
		return { errors: 0, warnings: 0 };
	}
	for (const { name, severity, range } of Object.values(vulnerabilities)) console.log(`${name} ${range}: ${severity} vulnerability`);
	// The package counts itself.
	console.log(`npm audit: ${metadata.vulnerabilities.total} vulnerabilities in ${metadata.dependencies.prod - 1} runtime dependencies`);
	return { errors: metadata.vulnerabilities.total, warnings: 0 };
}

try {
	const { version } = JSON.parse(readFileSync(resolve('node_modules/@n8n/scan-community-package/package.json'), 'utf8'));
	console.log(`@n8n/scan-community-package ${version}`);
	const scanner = await loadScanner();
	const counts = [
		await scan(scanner, 'the packed package', packed(), PACKED_FILE_PATTERNS),
		await scan(scanner, 'the sources', resolve('.'), scanner.SOURCE_FILE_PATTERNS),
		audit(),
	];
	const errors = counts.reduce((sum, count) => sum + count.errors, 0);
	const warnings = counts.reduce((sum, count) => sum + count.warnings, 0);
	console.log(`${errors} errors, ${warnings} warnings`);
	if (errors + warnings > 0) process.exitCode = 1;
} finally {
	rmSync(workFolder, { recursive: true, force: true });
}
