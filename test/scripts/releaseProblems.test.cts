import { LARGEST_TARBALL_BYTES, missingFiles } from '../../scripts/n8n/packedFiles.cjs';
import { releaseProblems } from '../../scripts/release/releaseProblems.cjs';
import type { ReleaseFacts } from '../../scripts/release/releaseProblems.cjs';

const ready: ReleaseFacts = {
	version: '1.2.0',
	tag: 'v1.2.0',
	changelog: '# Changelog\n\n## 1.2.0 - 2026-12-01\n\n### Added\n\n## 1.1.0 - Unreleased\n',
	readme: '# Name\n\n## Compatibility\n\nn8n 1.123.81 to 2.41.1.\n\n## Versions\n',
	compatibility:
		'| Step | n8n 2.41.1 | n8n 1.123.81 |\n| --- | --- | --- |\n| Smoke | pass (27 s) | pass (22 s) |\n',
	tarball: { paths: missingFiles([]), bytes: 1000 },
	scans: [{ of: 'source', passed: true, details: '' }],
	uncommitted: [],
};

function told(change: Partial<ReleaseFacts>): string[] {
	return releaseProblems({ ...ready, ...change });
}

describe('a release', () => {
	it('goes out when all is in order, with a tag or without', () => {
		expect(told({})).toEqual([]);
		expect(told({ tag: null })).toEqual([]);
	});

	it('has one version in package.json, tag and changelog', () => {
		expect(told({ tag: 'v1.2.1' })).toEqual([expect.stringContaining('Tag the release v1.2.0')]);
		expect(told({ tag: '1.2.0' })).toEqual([expect.stringContaining('Tag the release v1.2.0')]);
		expect(told({ version: '1.3.0', tag: null })).toEqual([expect.stringContaining('Describe 1.3.0 first')]);
		expect(told({ version: '1.2.0-beta', tag: null })[0]).toContain('three numbers');
	});

	it('has a day in the changelog, not "Unreleased"', () => {
		for (const date of ['Unreleased', '2026-13-40', '1.12.2026'])
			expect(told({ changelog: `## 1.2.0 - ${date}\n` })).toEqual([
				expect.stringContaining(`says "${date}"`),
			]);
		expect(told({ changelog: '# Changelog\n' })).toEqual([expect.stringContaining('heading like')]);
		expect(told({ changelog: '## Unreleased\n' })).toEqual([
			expect.stringContaining('begins with "Unreleased"'),
		]);
	});

	it('names in README every version of n8n that was tried, and no other section counts', () => {
		expect(told({ readme: '## Compatibility\n\n2.41.1\n\n## Versions\n\n1.123.81\n' })).toEqual([
			expect.stringContaining('does not name n8n 1.123.81'),
		]);
		expect(told({ readme: '## Compatibility\n\n1.123.81 to 2.41.1' })).toEqual([]);
		expect(told({ compatibility: '# Compatibility\n' })).toEqual([
			expect.stringContaining('names no version'),
		]);
	});

	it('does not go out while a step fails on some n8n', () => {
		const compatibility = `${ready.compatibility}| A kill | **FAIL** (3 s) |  |\n`;
		expect(told({ compatibility })).toEqual([expect.stringContaining('A kill')]);
	});

	it('has a tarball with all that is needed and nothing else', () => {
		const { paths } = ready.tarball;
		expect(told({ tarball: { paths: paths.slice(1), bytes: 1 } })).toEqual([
			expect.stringContaining('has no'),
		]);
		for (const path of [
			'dist/simulator/main.js',
			'dist/core/decide.js.map',
			'core/decide/decide.ts',
			'dist/test/a.js',
		])
			expect(told({ tarball: { paths: [...paths, path], bytes: 1 } })).toEqual([
				expect.stringContaining(path),
			]);
		expect(told({ tarball: { paths, bytes: LARGEST_TARBALL_BYTES } })).toEqual([
			expect.stringContaining('bytes'),
		]);
	});

	it('passes the scan, and is what is committed', () => {
		const scans = [{ of: 'tarball', passed: false, details: 'no-console' }];
		expect(told({ scans })).toEqual([expect.stringContaining('refuses the tarball: no-console')]);
		expect(told({ uncommitted: [' M README.md', '?? notes.txt'] })).toEqual([
			expect.stringContaining('README.md, notes.txt'),
		]);
	});
});
