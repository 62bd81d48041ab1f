import {
	Bench,
	EVALUATE,
	jsonOf,
	organization,
	PRIMARY_IP,
	BACKUP_IP,
	REPORT,
	SUMMARY,
	SWAP,
	evaluateNode,
	startNode,
	swapNode,
	itemsOf,
} from '../support/n8nMeraki.cjs';

/** What runs cost, counted: times are measured by `npm run bench`, and fail nothing. */

/** A thousand networks, or the first load of n8n on a busy machine. */
jest.setTimeout(60_000);

let bench: Bench;
afterEach(async () => await bench.close());

function fleet(networks: number, change: object = {}): object {
	return organization({
		networks: [],
		generate: {
			networks,
			tags: ['branch', 'site:{n}', 'london_primary_up', 'paris_backup_down'],
			destinations: ['8.8.8.8', PRIMARY_IP, BACKUP_IP],
		},
		...change,
	});
}

/** Every branch loses its primary peer, long enough for three lossy samples (R5.1). */
const loseLondon = () => {
	const atMinutes = bench.simulator.clock.minutes() - 5.1;
	bench.simulator.applyEvent({ kind: 'loss', lossPercent: 100, atMinutes, where: { ip: PRIMARY_IP } });
};

/** How often each operation was asked for since. */
async function costOf(work: () => Promise<unknown>): Promise<Record<string, number>> {
	const before = bench.simulator.requests.length;
	await work();
	const counts: Record<string, number> = {};
	for (const { method, path } of bench.simulator.requests.slice(before)) {
		const what = `${method} ${path.split('/').slice(4).map(withoutId).join('/')}`;
		counts[what] = (counts[what] ?? 0) + 1;
	}
	return counts;
}

function withoutId(part: string): string {
	return /\d/.test(part) ? '*' : part;
}

const LOSS = 'GET */devices/uplinksLossAndLatency';
const NETWORKS = 'GET */networks';
const PEERS = 'GET */appliance/vpn/thirdPartyVPNPeers';
const STATUSES = 'GET */appliance/uplink/statuses';
const BATCHES = '*/actionBatches';

describe('calls', () => {
	it.each([3, 300, 1000])('a quiet run over %i networks costs two', async (networks) => {
		bench = await Bench.open({ organizations: [fleet(networks)] });
		const workflow = bench.evaluation();
		expect(await costOf(async () => await bench.run(workflow))).toEqual({
			[LOSS]: 1,
			[NETWORKS]: 1,
			[PEERS]: 1,
		});
		const quiet = await costOf(async () => {
			const [summary] = jsonOf((await bench.run(workflow)).outputs(EVALUATE)[SUMMARY]);
			expect(summary).toMatchObject({ onPrimary: networks, api: { calls: 2, rateLimited: 0 } });
			expect(Buffer.byteLength(JSON.stringify(summary))).toBeLessThan(5000);
		});
		expect(quiet).toEqual({ [LOSS]: 1, [NETWORKS]: 1 });
		expect(Buffer.byteLength(JSON.stringify(workflow.staticData))).toBeLessThan(5000);
	});

	it.each([
		{ branches: 100, statuses: 1, batches: 5, lists: 2 },
		{ branches: 1000, statuses: 1, batches: 50, lists: 4 },
	])(
		'a hub outage of $branches branches',
		async ({ branches, statuses, batches, lists }) => {
			bench = await Bench.open({ organizations: [fleet(branches)] });
			const workflow = bench.chain();
			await bench.run(workflow);
			loseLondon();
			const cost = await costOf(async () => {
				const { outputs } = await bench.run(workflow);
				const [report] = jsonOf(outputs(SWAP)[REPORT]);
				expect(report).toMatchObject({ api: { calls: 1 + lists + batches, rateLimited: 0 } });
			});
			expect(cost).toEqual({
				[LOSS]: 1,
				// To decide; then at most 2 s before each batch, and to see what they did.
				[NETWORKS]: 1 + lists,
				[STATUSES]: statuses,
				[`GET ${BATCHES}`]: 1,
				[`POST ${BATCHES}`]: batches,
			});
			const written = bench.writes.flatMap(({ actions }) => actions.map(({ networkId }) => networkId));
			expect(new Set(written).size).toBe(branches);
			expect(written).toHaveLength(branches);
		},
		60_000,
	);

	it('twelve organizations cost two each, whoever of them fails', async () => {
		const ids = Array.from({ length: 12 }, (_, index) => String(index + 1));
		bench = await Bench.open({ organizations: ids.map((id) => fleet(3, { id, name: `Customer ${id}` })) });
		const organizationId = { __rl: true, mode: 'id', value: '={{ $json.organizationId }}' };
		const nodes = [startNode(), evaluateNode({ organizationId }), swapNode({ dryRun: false })];
		const workflow = bench.workflow(nodes);
		const items = itemsOf(...ids.map((id) => ({ organizationId: id })));
		expect(await costOf(async () => await bench.run(workflow, { items }))).toEqual({
			[LOSS]: 12,
			[NETWORKS]: 12,
			[PEERS]: 12,
			// Their names, once.
			'GET *': 12,
		});
		bench.simulator.addFault({
			match: { path: '/organizations/7/networks' },
			effect: { kind: 'status', status: 403 },
		});
		const quiet = await costOf(async () => {
			const { outputs } = await bench.run(workflow, { items });
			const blind = jsonOf(outputs(EVALUATE)[SUMMARY]).filter(({ status }) => status === 'blind');
			expect(blind).toMatchObject([{ organizationId: '7' }]);
		});
		expect(quiet).toEqual({ [LOSS]: 12, [NETWORKS]: 12 });
	});
});
