const typescript = {
	jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
	module: { type: 'commonjs' },
};

module.exports = {
	testEnvironment: 'node',
	roots: ['<rootDir>/credentials', '<rootDir>/nodes', '<rootDir>/test'],
	testMatch: ['**/*.test.mts'],
	moduleFileExtensions: ['mts', 'ts', 'js', 'mjs', 'cjs', 'json', 'node'],
	// Jest leaves one core to itself otherwise, and so runs one file at a time where there are two; a third of the time the tests wait.
	maxWorkers: '100%',
	// A worker keeps what its files have loaded. On Node.js 22 a test that allocates much then spends minutes in garbage collection.
	...(process.versions.node.startsWith('22.') ? { workerIdleMemoryLimit: '400MB' } : {}),
	// For a busy machine; none takes five seconds on a quiet one.
	testTimeout: 30_000,
	transform: { '\\.m?ts$': ['@swc/jest', typescript] },
	globalSetup: '<rootDir>/test/helpers/globalSetup.mts',
	globalTeardown: '<rootDir>/test/helpers/globalTeardown.mts',
	collectCoverageFrom: ['nodes/**/*.ts', 'credentials/**/*.ts'],
	coverageReporters: ['text'],
	coverageThreshold: { global: { lines: 95 } },
};
