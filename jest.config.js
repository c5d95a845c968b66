const typescript = {
	jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
	module: { type: 'commonjs' },
};

module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/**/*.test.mts'],
	moduleFileExtensions: ['mts', 'ts', 'js', 'mjs', 'cjs', 'json', 'node'],
	modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.cache'],
	transform: { '\\.m?ts$': ['@swc/jest', typescript] },
	globalSetup: '<rootDir>/test/helpers/forgetProduced.mts',
	globalTeardown: '<rootDir>/test/helpers/searchProduced.mts',
	collectCoverageFrom: ['nodes/**/*.ts', 'credentials/**/*.ts'],
	coverageReporters: ['text'],
	coverageThreshold: { global: { lines: 95 } },
};
