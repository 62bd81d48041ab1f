import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npmScript } from './n8n/npmCommand.cjs';
import { say } from './n8n/terminal.cjs';

/** Everything that must hold at every commit, in the order in which it is quickest to learn of a fault. */
const steps: readonly { readonly says: string; readonly script: string }[] = [
	{ says: 'Build', script: 'build' },
	{ says: 'Type check', script: 'typecheck' },
	{ says: 'Lint', script: 'lint' },
	{ says: 'Format', script: 'format:check' },
];

interface Counts {
	readonly passed: number;
	readonly failed: number;
}

function runStep({ says, script }: (typeof steps)[number]): Counts {
	say(`\n== ${says}`);
	const { status } = spawnSync(process.execPath, [npmScript(), 'run', '--silent', script], {
		stdio: 'inherit',
	});
	return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Jest's own report is read back, so that the last line counts what really ran. */
function runTests(): Counts {
	say('\n== Tests');
	const folder = mkdtempSync(join(tmpdir(), 'meraki-vpn-failover-'));
	const report = join(folder, 'report.json');
	const jest = join(__dirname, '..', 'node_modules', 'jest', 'bin', 'jest.js');
	const { status } = spawnSync(
		process.execPath,
		[jest, '--json', '--outputFile', report, ...process.argv.slice(2)],
		{
			stdio: ['inherit', 'ignore', 'inherit'],
		},
	);
	const counts = countsFrom(report);
	rmSync(folder, { recursive: true, force: true });
	// A suite that does not even load has no failed test of its own.
	return status === 0 || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

function countsFrom(report: string): Counts {
	const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(
		readFileSync(report, 'utf8'),
	) as {
		numPassedTests: number;
		numFailedTests: number;
		numRuntimeErrorTestSuites: number;
	};
	return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites };
}

const results = [...steps.map(runStep), runTests()];
const passed = results.reduce((sum, each) => sum + each.passed, 0);
const failed = results.reduce((sum, each) => sum + each.failed, 0);
say(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
