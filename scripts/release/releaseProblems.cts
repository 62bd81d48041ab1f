/** What stands between this checkout and a release. Pure: facts in, sentences out. */
import { LARGEST_TARBALL_BYTES, missingFiles, unexpectedFiles } from '../n8n/packedFiles.cjs';

export interface ReleaseFacts {
	/** Of package.json. */
	readonly version: string;
	/** The git tag to be published, such as `v1.2.0`; `null` when none was given. */
	readonly tag: string | null;
	/** Text of CHANGELOG.md. */
	readonly changelog: string;
	readonly readme: string;
	/** Text of docs/compatibility.md, which `npm run e2e` writes. */
	readonly compatibility: string;
	readonly tarball: { readonly paths: readonly string[]; readonly bytes: number };
	/** What the rules of the official scan say of the source and of the unpacked tarball. */
	readonly scans: readonly { readonly of: string; readonly passed: boolean; readonly details: string }[];
	/** `git status --porcelain`. */
	readonly uncommitted: readonly string[];
}

/** One sentence a problem, with what to do; empty when the release may go out. */
export function releaseProblems(facts: ReleaseFacts): string[] {
	return [
		...versionProblems(facts),
		...changelogProblems(facts),
		...compatibilityProblems(facts),
		...tarballProblems(facts),
		...scanProblems(facts),
		...uncommittedProblems(facts),
	];
}

function versionProblems({ version, tag }: ReleaseFacts): string[] {
	if (!/^\d+\.\d+\.\d+$/.test(version))
		return [`package.json has version "${version}". Give it three numbers, such as 1.2.0.`];
	if (tag === null || tag === `v${version}`) return [];
	return [`The tag is ${tag}, but package.json says ${version}. Tag the release v${version}.`];
}

/** The newest heading of the changelog: `## 1.2.0 - 2026-11-25`. */
function changelogProblems({ version, changelog }: ReleaseFacts): string[] {
	const heading = /^## (.+)$/m.exec(changelog)?.[1] ?? '';
	const [, newest, date] = /^(\d+\.\d+\.\d+) - (\S+)$/.exec(heading) ?? [];
	if (newest === undefined || date === undefined)
		return [
			`CHANGELOG.md begins with "${heading}". Give its newest version a heading like "## ${version} - 2026-01-31".`,
		];
	const problems: string[] = [];
	if (newest !== version)
		problems.push(
			`CHANGELOG.md begins with ${newest}, but package.json says ${version}. Describe ${version} first.`,
		);
	if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(Date.parse(date)))
		problems.push(
			`CHANGELOG.md says "${date}" behind ${newest}. Put the day of the release there, such as 2026-01-31.`,
		);
	return problems;
}

function compatibilityProblems({ readme, compatibility }: ReleaseFacts): string[] {
	const tried = [...compatibility.matchAll(/\bn8n (\d+\.\d+\.\d+)\b/g)].map(([, version]) => version ?? '');
	if (tried.length === 0) return ['docs/compatibility.md names no version of n8n. Run "npm run e2e".'];
	const section = /^## Compatibility$([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(readme)?.[1] ?? '';
	const problems = [...new Set(tried)]
		.filter((version) => !section.includes(version))
		.map(
			(version) =>
				`README does not name n8n ${version} under Compatibility. docs/compatibility.md says that it was tried.`,
		);
	const failed = compatibility.split('\n').filter((line) => line.includes('**FAIL**'));
	return [
		...problems,
		...failed.map(
			(line) =>
				`A step failed in docs/compatibility.md: ${line.split('|')[1]?.trim() ?? line}. Mend it and run "npm run e2e".`,
		),
	];
}

function tarballProblems({ tarball: { paths, bytes } }: ReleaseFacts): string[] {
	const problems = [
		...unexpectedFiles(paths).map(
			(path) => `The tarball has ${path}, which must not be published. Look at "files" in package.json.`,
		),
		...missingFiles(paths).map((path) => `The tarball has no ${path}. Run "npm run build".`),
	];
	if (bytes >= LARGEST_TARBALL_BYTES)
		problems.push(`The tarball has ${bytes} bytes; it must stay under ${LARGEST_TARBALL_BYTES}.`);
	return problems;
}

function scanProblems({ scans }: ReleaseFacts): string[] {
	return scans
		.filter(({ passed }) => !passed)
		.map(({ of, details }) => `n8n's package scan refuses the ${of}: ${details}`);
}

function uncommittedProblems({ uncommitted }: ReleaseFacts): string[] {
	if (uncommitted.length === 0) return [];
	const files = uncommitted.map((line) => line.slice(3)).join(', ');
	return [`What is published must be what is committed. Not committed: ${files}.`];
}
