/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	// A ceiling for a busy computer; nothing is measured by it.
	testTimeout: 30_000,
	// Jest's own choice is one fewer, which on a computer with two cores is half of it.
	maxWorkers: '100%',
	testMatch: ['<rootDir>/test/**/*.test.ts', '<rootDir>/test/**/*.test.cts'],
	modulePathIgnorePatterns: ['<rootDir>/.n8n-demo', '<rootDir>/dist'],
	moduleFileExtensions: ['ts', 'cts', 'js', 'cjs', 'mjs', 'json'],
	transform: { '^.+\\.c?ts$': ['ts-jest', { tsconfig: 'tsconfig.jest.json' }] },
	// Node's own spelling of an import of `x.cts` is `x.cjs`.
	moduleNameMapper: { '^(\\.{1,2}/.*)\\.cjs$': ['$1.cts', '$1.cjs'] },
};
