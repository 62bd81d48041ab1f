import {
	ALERT,
	Bench,
	branch,
	EVALUATE,
	jsonOf,
	organization,
	primaryLoss,
	SUMMARY,
	SWAP_NEEDED,
} from '../support/n8nMeraki.cjs';

const parameters = { memory: 'itemField', memoryField: 'kept' };
const leedsFails = { events: [primaryLoss({ networks: ['N_1'], atMinutes: -3 })] };

let bench: Bench;
afterEach(async () => await bench.close());

describe('memory in an item field', () => {
	it('is handed out on Summary as text, and n8n itself keeps nothing', async () => {
		bench = await Bench.open(leedsFails);
		const workflow = bench.evaluation(parameters);
		const { outputs } = await bench.run(workflow);
		const [summary] = jsonOf(outputs(EVALUATE)[SUMMARY]);
		expect(JSON.parse(String(summary?.['kept']))).toMatchObject({
			version: 2,
			organizations: { '1': { name: 'Acme' } },
		});
		expect(workflow.staticData).toEqual({});
	});

	it('handed in again makes the dry run silent, as static data does', async () => {
		bench = await Bench.open(leedsFails);
		const workflow = bench.evaluation(parameters);
		const notifies: unknown[] = [];
		let kept = '';
		for (let run = 0; run < 3; run += 1) {
			const { outputs } = await bench.run(workflow, { items: [{ json: { kept } }] });
			kept = String(jsonOf(outputs(EVALUATE)[SUMMARY])[0]?.['kept']);
			notifies.push(jsonOf(outputs(EVALUATE)[SWAP_NEEDED])[0]?.['notify']);
			bench.minutes(0.5);
		}
		// The first run remembers nothing, so it tells nothing that stands (R8.8).
		expect(notifies).toEqual(['none', 'new', 'none']);
	});

	it('that is damaged starts afresh with the same move, and no secret is in it', async () => {
		bench = await Bench.open(leedsFails);
		for (const kept of ['{', '[]', 'null', '{"version":9}', 7, { version: 2 }]) {
			const { outputs } = await bench.run(bench.evaluation(parameters), { items: [{ json: { kept } }] });
			expect(jsonOf(outputs(EVALUATE)[SWAP_NEEDED])).toMatchObject([
				{ networkId: 'N_1', action: 'failover' },
			]);
		}
	});

	it('comes back as it was in a run by hand, so that the schedule still tells what was only looked at', async () => {
		bench = await Bench.open(leedsFails);
		const workflow = bench.evaluation(parameters);
		const { outputs } = await bench.run(workflow);
		const kept = String(jsonOf(outputs(EVALUATE)[SUMMARY])[0]?.['kept']);
		bench.minutes(0.5);
		const items = [{ json: { kept } }];
		const byHand = await bench.run(workflow, { items, mode: 'manual' });
		expect(jsonOf(byHand.outputs(EVALUATE)[SWAP_NEEDED])).toMatchObject([{ notify: 'new' }]);
		expect(jsonOf(byHand.outputs(EVALUATE)[SUMMARY])).toMatchObject([{ kept }]);
		const empty = await bench.run(workflow, { mode: 'manual' });
		expect(jsonOf(empty.outputs(EVALUATE)[SUMMARY])).toMatchObject([{ kept: '' }]);
	});

	it('of one organization does not leak into another', async () => {
		const second = organization({ id: '2', name: 'Umbrella', networks: [branch('N_21', 'Oslo')] });
		bench = await Bench.open({ organizations: [organization(), second], ...leedsFails });
		const workflow = bench.evaluation({
			...parameters,
			organizationId: { __rl: true, mode: 'id', value: '={{ $json.org }}' },
		});
		const items = [{ json: { org: '1', kept: '' } }, { json: { org: '2', kept: '' } }];
		const { outputs } = await bench.run(workflow, { items });
		const summaries = jsonOf(outputs(EVALUATE)[SUMMARY]).map(({ kept }) =>
			Object.keys(JSON.parse(String(kept)).organizations),
		);
		expect(summaries).toEqual([['1'], ['2']]);
		expect(jsonOf(outputs(EVALUATE)[ALERT])).toEqual([]);
	});

	it('comes back with what was learnt of the silence where the organization cannot be read', async () => {
		bench = await Bench.open(leedsFails);
		const workflow = bench.evaluation(parameters);
		const first = await bench.run(workflow);
		const kept = String(jsonOf(first.outputs(EVALUATE)[SUMMARY])[0]?.['kept']);
		bench.simulator.addFault({
			match: { path: '/organizations/*' },
			effect: { kind: 'status', status: 403 },
		});
		const { outputs } = await bench.run(workflow, { items: [{ json: { kept } }] });
		const [summary] = jsonOf(outputs(EVALUATE)[SUMMARY]);
		const before = JSON.parse(kept).organizations['1'];
		const after = JSON.parse(String(summary?.['kept'])).organizations['1'];
		expect(after).toEqual({ ...before, failures: expect.objectContaining({ count: 1 }) });
		expect(jsonOf(outputs(EVALUATE)[SWAP_NEEDED])).toEqual([]);
	});
});
