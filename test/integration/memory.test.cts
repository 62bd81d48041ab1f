import type { IDataObject } from 'n8n-workflow';
import {
	ALERT,
	Bench,
	branch,
	counts,
	EVALUATE,
	jsonOf,
	ON_BACKUP,
	organization,
	primaryLoss,
	SUMMARY,
	SWAP_NEEDED,
} from '../support/n8nMeraki.cjs';

const NODE_KEY = `node:${EVALUATE}`;
const leedsFails = { events: [primaryLoss({ networks: ['N_1'], atMinutes: -3 })] };
/** York is off primary, which is about to be clean for long enough; Leeds fails. */
const eventful = {
	organizations: [
		organization({ networks: [branch('N_1', 'Leeds'), branch('N_2', 'York', { tags: ON_BACKUP })] }),
	],
	...leedsFails,
};

let bench: Bench;

describe('what Evaluate keeps in static data', () => {
	afterEach(async () => await bench.close());

	it('is nothing about healthy networks, whatever their number', async () => {
		const many = organization({ networks: [], generate: { ...generated, networks: 300 } });
		bench = await Bench.open({ organizations: [many] });
		const workflow = bench.evaluation();
		await bench.run(workflow);
		bench.minutes(0.5);
		await bench.run(workflow);
		const [stored] = organizationsIn(workflow.staticData);
		expect(stored).toMatchObject({ rows: [], pairs: {}, told: {}, incidents: {}, failures: null });
		expect(JSON.stringify(workflow.staticData).length).toBeLessThan(1000);
	});

	it('is the samples and the role of a network that moved, and goes away again', async () => {
		bench = await Bench.open({
			events: [primaryLoss({ networks: ['N_1'], atMinutes: -3, untilMinutes: 1 })],
		});
		const workflow = bench.chain();
		await bench.run(workflow);
		const [moving] = organizationsIn(workflow.staticData);
		expect(moving).toMatchObject({
			pairs: { '["N_1",""]': { held: null, asked: [{ role: 'backup', peer: 'paris', action: 'failover' }] } },
		});
		expect(JSON.stringify(moving?.['rows'])).toMatch(/N_1/);
		expect(JSON.stringify(moving?.['rows'])).not.toMatch(/N_2|N_3/);
		for (const minutes of [3, 3, 3, 60, 60]) {
			bench.minutes(minutes);
			await bench.run(workflow);
		}
		expect(bench.tags()).toContain('london_primary_up');
		expect(organizationsIn(workflow.staticData)).toMatchObject([
			{ rows: [], pairs: { '["N_1",""]': { held: null, asked: [] } }, told: {}, incidents: {} },
		]);
		// The failover counts for six hours (R2.5).
		bench.minutes(6 * 60);
		await bench.run(workflow);
		expect(organizationsIn(workflow.staticData)).toMatchObject([{ pairs: {} }]);
		expect(Object.keys(Object(organizationsIn(workflow.staticData)[0]?.['pairs']))).toEqual([]);
	});

	it('survives JSON unchanged, and stands under one key of the node', async () => {
		bench = await Bench.open(eventful);
		const workflow = bench.evaluation();
		await bench.run(workflow);
		expect(Object.keys(workflow.staticData)).toEqual([NODE_KEY]);
		// The first run had no memory, and so looked further back for a recovery (R2.5).
		await bench.run(workflow);
		const kept = structuredClone(workflow.staticData);
		await bench.run(workflow);
		expect(workflow.staticData).toEqual(withTold(kept, workflow.staticData));
	});

	it('stays as it was for an organization that is not in this run, and for one that cannot be read', async () => {
		const second = organization({ id: '2', name: 'Umbrella', networks: [branch('N_21', 'Oslo')] });
		bench = await Bench.open({ organizations: [organization(), second], ...leedsFails });
		const workflow = bench.evaluation({
			organizationId: { __rl: true, mode: 'id', value: '={{ $json.org }}' },
		});
		await bench.run(workflow, { items: [{ json: { org: '1' } }, { json: { org: '2' } }] });
		const [first] = organizationsIn(workflow.staticData);
		bench.simulator.addFault({
			match: { path: '/organizations/1/*' },
			effect: { kind: 'status', status: 403 },
		});
		await bench.run(workflow, { items: [{ json: { org: '2' } }] });
		expect(organizationsIn(workflow.staticData)[0]).toEqual(first);
		await bench.run(workflow, { items: [{ json: { org: '1' } }] });
		expect(organizationsIn(workflow.staticData)[0]).toEqual({ ...first, failures: expect.anything() });
	});

	it('is not saved by a manual run', async () => {
		bench = await Bench.open(eventful);
		const workflow = bench.evaluation();
		const { outputs } = await bench.run(workflow, { mode: 'manual' });
		expect(counts(outputs(EVALUATE)).slice(0, 2)).toEqual([1, 2]);
		expect(workflow.staticData).toEqual({});
	});
});

describe('a memory that is', () => {
	let older: IDataObject = {};
	let before: IDataObject = {};
	let expected: IDataObject[] = [];

	beforeAll(async () => {
		bench = await Bench.open(eventful);
		const workflow = bench.evaluation();
		await bench.run(workflow);
		older = structuredClone(workflow.staticData);
		bench.minutes(0.5);
		await bench.run(workflow);
		bench.minutes(0.5);
		before = structuredClone(workflow.staticData);
		expected = (await runWith(structuredClone(before))).decided;
	});
	afterAll(async () => await bench.close());

	it.each<[string, (good: IDataObject) => IDataObject, boolean]>([
		['kept', (good) => good, false],
		['lost', () => ({}), false],
		['of another version', (good) => changed(good, (memory) => ({ ...memory, version: 99 })), true],
		['no object', () => ({ [NODE_KEY]: { memory: 'what?' } }), true],
		['a list', () => ({ [NODE_KEY]: { memory: [] } }), true],
		['without its organizations', (good) => changed(good, ({ version }) => ({ version })), true],
		['with a damaged organization', (good) => changedOrganization(good, { rows: 'gone', told: null }), true],
		['with damaged samples', (good) => changedOrganization(good, { rows: [['N_1', 1, 2, 3, 4]] }), true],
		[
			'from the future',
			(good) => changedOrganization(good, { evaluatedAt: Date.parse('2036-01-01') }),
			false,
		],
		['of an older run that ended later', () => older, false],
		['of another node', (good) => ({ 'node:Renamed': good[NODE_KEY] ?? {} }), false],
	])('%s leads to the same moves', async (_what, spoil, isDamaged) => {
		// Without memory the past of York costs a dozen reads: one branch is enough for all kinds of damage.
		const parameters = isDamaged ? { networks: 'listed', networkIds: 'N_1' } : {};
		const { decided, hints, error, staticData } = await runWith(spoil(structuredClone(before)), parameters);
		expect(error).toBeUndefined();
		expect(expected).toMatchObject([
			{ networkId: 'N_1', action: 'failover' },
			{ networkId: 'N_2', action: 'swapBack' },
		]);
		expect(decided).toEqual(isDamaged ? expected.slice(0, 1) : expected);
		expect(hints.some((hint) => /remembered/.test(hint))).toBe(isDamaged);
		expect(organizationsIn(staticData)).toMatchObject([{ evaluatedAt: bench.simulator.clock.now() }]);
	});

	async function runWith(staticData: IDataObject, parameters = {}) {
		const workflow = bench.evaluation(parameters);
		workflow.staticData = staticData;
		const { outputs, hints, error } = await bench.run(workflow);
		const decided = jsonOf(outputs(EVALUATE)[SWAP_NEEDED]).map(({ networkId, action, want, tags }) => ({
			networkId,
			action,
			want,
			tags,
		}));
		return { decided, hints: hints(EVALUATE), error, staticData: workflow.staticData };
	}
});

describe('a manual run', () => {
	afterEach(async () => await bench.close());

	it('shows every message, whatever was told before', async () => {
		bench = await Bench.open({
			organizations: [organization({ networks: [branch('N_1', 'Leeds', { tags: ['london_primary_up'] })] })],
		});
		const workflow = bench.evaluation();
		for (let runs = 1; runs <= 3; runs += 1) await bench.run(workflow);
		const { outputs } = await bench.run(workflow, { mode: 'manual' });
		expect(jsonOf(outputs(EVALUATE)[ALERT])).toMatchObject([{ kind: 'alert' }]);
		expect(jsonOf(outputs(EVALUATE)[SUMMARY])).toMatchObject([{ reasons: { tagsInconsistent: 1 } }]);
	});
});

const generated = {
	name: 'Site {n}',
	tags: ['site-{n}', 'london_primary_up', 'paris_backup_down'],
	destinations: ['8.8.8.8', '203.0.113.10', '198.51.100.20'],
};

function organizationsIn(staticData: IDataObject): IDataObject[] {
	const { memory } = staticData[NODE_KEY] as { memory: { organizations: Record<string, IDataObject> } };
	return Object.values(memory.organizations);
}

function changed(staticData: IDataObject, change: (memory: IDataObject) => IDataObject): IDataObject {
	const { memory } = staticData[NODE_KEY] as { memory: IDataObject };
	return { [NODE_KEY]: { memory: change(memory) } };
}

function changedOrganization(staticData: IDataObject, change: IDataObject): IDataObject {
	return changed(staticData, ({ version, organizations }) => {
		const [first] = Object.values(organizations as Record<string, IDataObject>);
		return { version, organizations: { '1': { ...first, ...change } } };
	});
}

/** What is told is stamped with each run; everything else must be as it was. */
function withTold(kept: IDataObject, now: IDataObject): IDataObject {
	const [{ told }] = organizationsIn(now) as [IDataObject];
	return changedOrganization(kept, { told });
}
