import type { INode } from 'n8n-workflow';
import {
	Bench,
	byId,
	counts,
	EVALUATE,
	evaluateNode,
	itemsOf,
	jsonOf,
	OTHER_KEYS,
	primaryLoss,
	startNode,
	SUMMARY,
	SWAP,
	SWAP_NEEDED,
	swapNode,
} from '../support/n8nMeraki.cjs';

const leedsFails = { events: [primaryLoss({ networks: ['N_1'], atMinutes: -3 })] };
/** As an item of Evaluate would look: the worst that could slip through to Swap. */
const input = itemsOf({ kind: 'merakiVpnDecision', schema: 1, organizationId: '1', networkId: 'N_1' });

let bench: Bench;
afterEach(async () => await bench.close());

const settings: readonly (readonly [string, Partial<INode>])[] = [
	['Continue', { onError: 'continueRegularOutput' }],
	['Continue (using error output)', { onError: 'continueErrorOutput' }],
	['the old Continue on Fail', { continueOnFail: true }],
];

describe.each(settings)('On Error: %s', (_name, onError) => {
	const chainWith = (parameters = {}) => {
		const nodes = [startNode(), evaluateNode(parameters, onError), swapNode({ dryRun: false })];
		return bench.workflow(nodes);
	};

	it('a wrong parameter hands nothing to Swap', async () => {
		bench = await Bench.open(leedsFails);
		const done = await bench.run(chainWith({ preset: 'custom', lossThresholdPercent: 130 }), {
			items: input,
		});
		expect(done.outputs(EVALUATE)[SWAP_NEEDED] ?? []).toEqual([]);
		expect(done.runsOf(SWAP)).toBe(0);
		expect(JSON.stringify(done.outputs(EVALUATE))).toMatch(/Loss Threshold must be/);
		expect(bench.simulator.requests).toEqual([]);
	});

	it('a thrown error hands nothing to Swap', async () => {
		bench = await Bench.open(leedsFails);
		const done = await bench.run(chainWith(), { items: input, decryptionFails: true });
		expect(done.outputs(EVALUATE)[SWAP_NEEDED] ?? []).toEqual([]);
		expect(done.runsOf(SWAP)).toBe(0);
		expect(bench.simulator.requests).toEqual([]);
	});

	it('a manual run that Meraki refuses hands nothing to Swap, and its words to people', async () => {
		bench = await Bench.open(leedsFails);
		const credential = { apiKey: OTHER_KEYS.forbidden };
		const done = await bench.run(chainWith(), { items: input, credential, mode: 'manual' });
		expect(done.outputs(EVALUATE)[SWAP_NEEDED] ?? []).toEqual([]);
		expect(done.runsOf(SWAP)).toBe(0);
		expect(JSON.stringify(done.outputs(EVALUATE))).toMatch(/denied access/);
	});

	it('one wrong item does not stop the others', async () => {
		bench = await Bench.open(leedsFails);
		const parameters = { organizationId: byId('={{ $json.org }}') };
		const done = await bench.run(chainWith(parameters), { items: itemsOf({ org: '../x' }, { org: '1' }) });
		expect(done.outputs(EVALUATE)[SWAP_NEEDED]).toMatchObject([
			{ json: { networkId: 'N_1' }, pairedItem: { item: 1 } },
		]);
		expect(bench.tags()).toContain('paris_backup_up');
	});

	it('a wrong parameter of Swap writes nothing', async () => {
		bench = await Bench.open(leedsFails);
		const decisions = await bench.decisions();
		const done = await bench.run(
			bench.swapping({ dryRun: false, options: { validForMinutes: 900 } }, onError),
			{ items: itemsOf(...decisions) },
		);
		expect(done.outputs(SWAP).slice(1, 3)).toEqual([[], []]);
		expect(JSON.stringify(done.outputs(SWAP))).toMatch(/Decision Valid For must be/);
		expect(bench.writes).toEqual([]);
	});

	it('a thrown error of Swap writes nothing', async () => {
		bench = await Bench.open(leedsFails);
		const decisions = await bench.decisions();
		const items = itemsOf(...decisions);
		const done = await bench.run(bench.swapping({ dryRun: false }, onError), {
			items,
			decryptionFails: true,
		});
		expect(done.outputs(SWAP).slice(1, 3)).toEqual([[], []]);
		expect(bench.writes).toEqual([]);
	});
});

describe('On Error: Continue (using error output)', () => {
	const onError = { onError: 'continueErrorOutput' as const };

	it('moves the item of a wrong parameter to the output Error, behind the three', async () => {
		bench = await Bench.open(leedsFails);
		const parameters = { preset: 'custom', lossThresholdPercent: 0 };
		const { outputs } = await bench.run(bench.evaluation(parameters, onError), {
			items: itemsOf({ from: 'list' }),
		});
		expect(counts(outputs(EVALUATE))).toEqual([0, 0, 0, 1]);
		expect(outputs(EVALUATE)[3]).toMatchObject([
			{ json: { error: expect.stringMatching(/Loss Threshold/) }, pairedItem: { item: 0 } },
		]);
	});

	it('leaves what Meraki refuses in production on Summary: it is a notice', async () => {
		bench = await Bench.open(leedsFails);
		const credential = { apiKey: OTHER_KEYS.forbidden };
		const { outputs } = await bench.run(bench.evaluation({}, onError), { credential });
		expect(counts(outputs(EVALUATE))).toEqual([1, 0, 0, 0]);
	});

	it('leaves a refused write on Failed', async () => {
		bench = await Bench.open(leedsFails);
		const items = itemsOf(...(await bench.decisions()));
		const credential = { apiKey: OTHER_KEYS.readOnly };
		const { outputs } = await bench.run(bench.swapping({ dryRun: false }, onError), { items, credential });
		expect(counts(outputs(SWAP)).slice(1)).toEqual([0, 1, 0]);
	});
});

describe('Retry On Fail', () => {
	const retry: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };

	it('is not set off by a notice, nor by a refused write', async () => {
		bench = await Bench.open(leedsFails);
		const items = itemsOf(...(await bench.decisions()));
		const credential = { apiKey: OTHER_KEYS.forbidden };
		const calls = await bench.callsOf(
			async () => await bench.run(bench.evaluation({}, retry), { credential }),
		);
		expect(new Set(calls).size).toBe(calls.length);
		const readOnly = { apiKey: OTHER_KEYS.readOnly };
		await bench.run(bench.swapping({ dryRun: false }, retry), { items, credential: readOnly });
		expect(bench.writes).toHaveLength(1);
	});

	it('finds no field named error on any item of a full run', async () => {
		bench = await Bench.open({ events: [primaryLoss({ networks: ['N_1', 'N_2'], atMinutes: -3 })] });
		bench.simulator.addFault({
			match: { method: 'PUT', path: '/networks/N_2' },
			effect: { kind: 'status', status: 400 },
		});
		const done = await bench.run(bench.chain(), { mode: 'manual' });
		const items = [...done.outputs(EVALUATE), ...done.outputs(SWAP)].flat();
		expect(items.length).toBeGreaterThan(4);
		for (const { json } of items) expect(json).not.toHaveProperty('error');
		expect(jsonOf(done.outputs(EVALUATE)[SUMMARY])).toHaveLength(1);
	});
});
