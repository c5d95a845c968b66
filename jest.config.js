const typescript = {
	jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
	module: { type: 'commonjs' },
};

module.exports = {
	testEnvironment: 'node',
	roots: ['<rootDir>/credentials', '<rootDir>/nodes', '<rootDir>/test'],
	testMatch: ['**/*.test.mts'],
	moduleFileExtensions: ['mts', 'ts', 'js', 'mjs', 'cjs', 'json', 'node'],
	transform: { '\\.m?ts$': ['@swc/jest', typescript] },
	globalSetup: '<rootDir>/test/helpers/globalSetup.mts',
	globalTeardown: '<rootDir>/test/helpers/globalTeardown.mts',
	collectCoverageFrom: ['nodes/**/*.ts', 'credentials/**/*.ts'],
	coverageReporters: ['text'],
	coverageThreshold: { global: { lines: 95 } },
};
