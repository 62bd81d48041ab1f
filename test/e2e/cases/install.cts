import { setTimeout as sleep } from 'node:timers/promises';
import type { N8nRest } from '../../../scripts/n8n/n8nRest.cjs';
import { createSimulator } from '../../../simulator/simulator.cjs';
import type { Bench } from '../bench.cjs';
import { Claims, expect } from '../check.cjs';
import { apiKey, branchesOnLondon } from '../scenarios.cjs';

const outputs: Readonly<Record<string, readonly string[]>> = {
	evaluateUplinkLoss: ['Summary', 'Swap Needed', 'Alert'],
	swapVpnTags: ['Report', 'Swapped', 'Failed'],
};

/** As much of a type's description, as the editor gets it, as is looked at here. */
interface Described {
	readonly name: string;
	readonly iconUrl?: string | { readonly light: string; readonly dark: string };
	readonly outputNames?: readonly string[];
	readonly codex?: { readonly categories?: readonly string[] };
}

interface InstalledPackage {
	readonly packageName: string;
	readonly installedNodes: readonly { readonly name: string }[];
}

/** From a registry, by n8n's own installer; then everything of it is where a user looks for it. */
export async function installedFromRegistry(bench: Bench): Promise<void> {
	await bench.installPackage();
	const claims = new Claims();
	await checkList(bench, claims);
	await checkTypes(bench, claims);
	await checkCredential(bench, claims);
	claims.end();
}

/** n8n's main process tells its workers to install it, too. */
export async function installedOnWorkers(bench: Bench): Promise<void> {
	await bench.installPackage();
	await bench.workers.haveInstalled(bench.packageName);
}

async function checkList({ rest, packageName }: Bench, claims: Claims): Promise<void> {
	const installed = await rest.get<readonly InstalledPackage[]>('/community-packages');
	const ours = installed.find((each) => each.packageName === packageName);
	const names = ours?.installedNodes.map(({ name }) => name).sort();
	claims.check(
		'the package is listed with both nodes',
		names?.join() === 'Evaluate Uplink Loss,Swap VPN Tags',
		installed,
	);
}

async function checkTypes({ rest, packageName }: Bench, claims: Claims): Promise<void> {
	const nodes = await described(rest, '/types/nodes.json', `${packageName}.swapVpnTags`);
	for (const [name, wanted] of Object.entries(outputs)) {
		const node = nodes.find((each) => each.name === `${packageName}.${name}`);
		claims.check(`${name} has named outputs`, node?.outputNames?.join() === wanted.join(), node);
		claims.check(`${name} has a category`, (node?.codex?.categories?.length ?? 0) > 0, node?.codex);
		await checkIcons(rest, node, claims);
	}
	const credentials = await described(rest, '/types/credentials.json', 'merakiDashboardApi');
	await checkIcons(
		rest,
		credentials.find(({ name }) => name === 'merakiDashboardApi'),
		claims,
	);
}

/** n8n writes these files anew after an install, and meanwhile serves the old or a half one. */
async function described(rest: N8nRest, path: string, awaited: string): Promise<readonly Described[]> {
	const giveUpAt = Date.now() + 60_000;
	for (;;) {
		const { text } = await rest.file(path);
		const types = readTypes(text);
		if (types.some(({ name }) => name === awaited)) return types;
		expect(`${path} names ${awaited}`, Date.now() < giveUpAt, text.slice(-200));
		await sleep(200);
	}
}

function readTypes(text: string): readonly Described[] {
	try {
		return JSON.parse(text) as readonly Described[];
	} catch {
		return []; // half written
	}
}

async function checkIcons(rest: N8nRest, type: Described | undefined, claims: Claims): Promise<void> {
	const { iconUrl } = type ?? {};
	claims.check('there is an icon for light and one for dark', typeof iconUrl === 'object', type);
	if (typeof iconUrl !== 'object') return;
	for (const url of [iconUrl.light, iconUrl.dark]) {
		const { status, contentType, text } = await rest.file(`/${url}`);
		claims.check(
			`${url} is an icon`,
			status === 200 && contentType.startsWith('image/svg') && text.includes('<svg'),
			{ status, contentType },
		);
	}
}

/** The credential's own test: a right key, a wrong one, and an address where nobody answers. */
async function checkCredential({ rest }: Bench, claims: Claims): Promise<void> {
	const simulator = createSimulator({ scenario: branchesOnLondon(2) });
	const { url } = await simulator.listen();
	const tested = async (key: string, customUrl: string) => {
		const credential = {
			name: 'To be tested',
			type: 'merakiDashboardApi',
			data: { apiKey: key, region: 'custom', customUrl },
		};
		const { id } = await rest.createCredential(credential);
		return await rest.testCredential({ ...credential, id });
	};
	try {
		const right = await tested(apiKey, url);
		claims.check('the right key passes the test', right.status === 'OK', right);
		const wrong = await tested('not-the-key', url);
		claims.check('a wrong key does not', wrong.status === 'Error' && wrong.message !== '', wrong);
		claims.check('and is in no message', !JSON.stringify(wrong).includes('not-the-key'), wrong);
	} finally {
		await simulator.close();
	}
	const nowhere = await tested(apiKey, url);
	claims.check('neither does an address where nobody answers', nowhere.status === 'Error', nowhere);
}
