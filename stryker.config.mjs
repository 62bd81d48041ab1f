import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const JEST_STYLE = fileURLToPath(new URL('test/mutation/jestStyle.cts', import.meta.url));

/** What the unit tests need is copied and nothing else; the copy stands outside of the tree. */
const COPIED = [
	'core/**',
	'meraki/**',
	'test/core/**',
	'test/meraki/**',
	'test/support/**',
	'package.json',
	'tsconfig*.json',
];

/** Thousands of cases each, and every survivor would be tried on all of them. What only these catch counts as survived. */
const LEFT_OUT = [
	'test/core/decide/everySituation.test.ts',
	'test/core/guards.test.ts',
	'test/acceptance/ciscoPattern.test.ts',
	'test/core/report/injection.test.ts',
	'test/properties/**',
	'test/fuzz/parsers.test.ts',
];

/** Mutation testing of `core/` and `meraki/`; test/figures/mutation.cts runs it. */
export default {
	packageManager: 'npm',
	testRunner: 'mocha',
	plugins: ['@stryker-mutator/mocha-runner'],
	testRunnerNodeArgs: ['--require', 'tsx/cjs', '--require', JEST_STYLE],
	mochaOptions: {
		spec: [
			'test/core/**/!(cleanText).test.ts',
			'test/meraki/**/*.test.ts',
			// Thousands of cases: asked last.
			'test/core/report/cleanText.test.ts',
		],
		ignore: LEFT_OUT,
	},
	coverageAnalysis: 'perTest',
	mutate: ['core/**/*.ts', 'meraki/**/*.ts'],
	ignorePatterns: ['**', ...COPIED.map((pattern) => `!${pattern}`)],
	tempDirName: join(tmpdir(), 'meraki-vpn-failover-mutation'),
	// Constants are read once, when a module is loaded: to try another value everything would have to be loaded anew.
	// For what a test calls while it is loaded, too: seconds for each of its mutants, so tests call only from inside.
	ignoreStatic: true,
	concurrency: 2,
	timeoutMS: 10_000,
	reporters: ['json', 'progress-append-only'],
	jsonReporter: { fileName: 'reports/mutation.json' },
	incrementalFile: 'reports/mutation-incremental.json',
};
