/**
 * `npm run test:unit`: the tests that open no socket and start no engine, found by what they import. Those of random cases, of
 * simulated minutes and of real time are left to `npm test`.
 */
const { existsSync, readFileSync, readdirSync, statSync } = require('node:fs');
const { dirname, join } = require('node:path');

const all = require('./jest.config.js');

/** What opens a socket, starts an engine or another process, or takes long. */
const BESIDE = ['node:child_process', 'node:http', 'node:https', 'node:net', 'node:tls', 'undici', 'n8n-core', 'fast-check'];
const SLOW = /simulation\.test|jsonText\.test|catalogue\/rules\.test|gateway\/transport\//;

function resolved(from, name) {
	const path = join(dirname(from), name);
	return [path, `${path}.ts`, join(path, 'index.ts')].find((file) => existsSync(file) && statSync(file).isFile());
}

/** Whether a file imports one of those, itself or through others. */
function needsMore(file, seen = new Set()) {
	if (file === undefined || seen.has(file)) return false;
	seen.add(file);
	const names = [...readFileSync(file, 'utf8').matchAll(/(?:from |import\()'([^']+)'/g)].map(([, name]) => name);
	return names.some((name) => (name.startsWith('.') ? needsMore(resolved(file, name), seen) : BESIDE.includes(name)));
}

const tests = readdirSync(join(__dirname, 'test'), { recursive: true }).filter((name) => name.endsWith('.test.mts'));
const units = tests.map((name) => join(__dirname, 'test', name)).filter((file) => !SLOW.test(file.replaceAll('\\', '/')) && !needsMore(file)).map((file) => file.replaceAll('\\', '/'));

module.exports = {
	...all,
	testMatch: units,
	setupFiles: ['<rootDir>/test/helpers/noSockets.mts'],
	globalSetup: undefined,
	globalTeardown: undefined,
};
