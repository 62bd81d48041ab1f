/** What belongs into the published package, and nothing else (n8n's rules for verified community nodes). */

const ALLOWED =
	/^(package\.json|index\.js|README\.md|LICENSE\.md|CHANGELOG\.md|workflows\/[\w-]+\.json|dist\/(core|meraki|nodes|credentials)\/[\w/.-]+\.js|dist\/nodes\/\w+\/\w+\.node\.json|dist\/icons\/[\w.]+\.svg)$/;

const NEEDED: readonly string[] = [
	'package.json',
	'index.js',
	'README.md',
	'LICENSE.md',
	'workflows/meraki-vpn-failover.json',
	'workflows/meraki-vpn-failover-queue-mode.json',
	'dist/nodes/EvaluateUplinkLoss/EvaluateUplinkLoss.node.js',
	'dist/nodes/EvaluateUplinkLoss/EvaluateUplinkLoss.node.json',
	'dist/nodes/SwapVpnTags/SwapVpnTags.node.js',
	'dist/nodes/SwapVpnTags/SwapVpnTags.node.json',
	'dist/credentials/MerakiDashboardApi.credentials.js',
	'dist/icons/meraki.svg',
	'dist/icons/meraki.dark.svg',
];

/** Bytes of the tarball: a community node is downloaded by every worker that starts. */
export const LARGEST_TARBALL_BYTES = 300_000;

/** Files that must not be published: tests, simulator, scripts, sources, source maps. */
export function unexpectedFiles(paths: readonly string[]): string[] {
	return paths.filter((path) => !ALLOWED.test(path));
}

export function missingFiles(paths: readonly string[]): string[] {
	return NEEDED.filter((path) => !paths.includes(path));
}
