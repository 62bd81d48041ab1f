import type { IDataObject } from 'n8n-workflow';
import {
	Bench,
	branch,
	counts,
	FAILED,
	itemsOf,
	jsonOf,
	ON_BACKUP,
	ON_PRIMARY,
	organization,
	OTHER_KEYS,
	primaryLoss,
	REPORT,
	SWAP,
	SWAPPED,
} from '../support/n8nMeraki.cjs';

/** Enough for batches: twelve branches, all of which lose their primary peer. */
const IDS = Array.from({ length: 12 }, (_, index) => `N_${String(index + 1).padStart(2, '0')}`);
const ODD_ONE = 'N_05';

function fleet(change: object = {}, odd: object = {}): object {
	const networks = IDS.map((id) => branch(id, `Site ${id}`, id === ODD_ONE ? odd : {}));
	return {
		organizations: [organization({ networks, templateBoundTags: 'refused' })],
		events: [primaryLoss({ atMinutes: -5 })],
		...change,
	};
}

/** The first load of n8n takes long on a busy machine. */
jest.setTimeout(60_000);

let bench: Bench;
afterEach(async () => {
	// Whatever went wrong: nobody is written twice, nobody is left with no peer or two, no foreign tag is lost.
	const landed = bench.writes
		.flatMap(({ networkId, tagsBefore, tagsAfter, actions }) => [
			...actions,
			...(networkId === null ? [] : [{ networkId, tagsBefore, tagsAfter }]),
		])
		.filter(({ tagsBefore, tagsAfter }) => String(tagsBefore) !== String(tagsAfter));
	expect(new Set(landed.map(({ networkId }) => networkId)).size).toBe(landed.length);
	for (const { tags } of bench.simulator.state.organization('1')?.networks ?? []) {
		expect(tags.filter((tag) => tag.endsWith('_up'))).toHaveLength(1);
		expect(tags).toEqual(expect.arrayContaining(['branch', 'site:LS1', 'Camera-Admins']));
	}
	await bench.close();
});

const swapped = ({ outputs }: { outputs: (node: string) => unknown[][] }) => counts(outputs(SWAP) as never);
const onBackup = () => IDS.filter((id) => bench.simulator.state.find(id)?.tags.includes('paris_backup_up'));
const others = IDS.filter((id) => id !== ODD_ONE);

/** What Evaluate decided, handed to Swap later. */
async function swapLater(decided: readonly IDataObject[], apiKey?: string) {
	const items = itemsOf(...decided.map((decision) => ({ ...decision, notify: 'new' })));
	const credential = apiKey === undefined ? {} : { credential: { apiKey } };
	return await bench.run(bench.swapping({ action: 'asEvaluated', dryRun: false }), { items, ...credential });
}

describe('twelve branches by action batches', () => {
	it.each(['status', 'badRequest', 'ownStatus'])(
		"one refuses its tags (400), said as %s: the others are swapped, it is on Failed in Meraki's words",
		async (failure) => {
			bench = await Bench.open(fleet({ actionBatches: { failure } }, { isBoundToConfigTemplate: true }));
			const { outputs } = await swapLater(await bench.decisions());
			expect(counts(outputs(SWAP))).toEqual([1, 11, 1]);
			const [failed] = jsonOf(outputs(SWAP)[FAILED]);
			expect(failed).toMatchObject({ networkId: ODD_ONE });
			expect(JSON.stringify(failed)).toContain('bound to a configuration template');
			expect(onBackup()).toEqual(others);
			expect(bench.tags(ODD_ONE)).toEqual(ON_PRIMARY);
		},
	);

	it("403 for batches as such: single writes take over, and the Report says so in Meraki's words", async () => {
		bench = await Bench.open(fleet());
		bench.simulator.addFault({
			match: { method: 'POST', path: '/organizations/1/actionBatches' },
			effect: { kind: 'status', status: 403, errors: ['Action batches are not for you'] },
		});
		const { outputs } = await swapLater(await bench.decisions());
		expect(counts(outputs(SWAP))).toEqual([1, 12, 0]);
		expect(JSON.stringify(jsonOf(outputs(SWAP)[REPORT]))).toContain('Action batches are not for you');
		expect(onBackup()).toEqual(IDS);
	});

	it('one network deleted before its tags are read: the others are swapped, it is on Failed', async () => {
		bench = await Bench.open(fleet());
		const decided = await bench.decisions();
		bench.simulator.applyEvent({ kind: 'deleteNetwork', network: ODD_ONE });
		const { outputs } = await swapLater(decided);
		expect(counts(outputs(SWAP))).toEqual([1, 11, 1]);
		expect(jsonOf(outputs(SWAP)[FAILED])).toMatchObject([{ networkId: ODD_ONE }]);
		expect(JSON.stringify(jsonOf(outputs(SWAP)[FAILED]))).toContain('Network not found');
		expect(onBackup()).toEqual(others);
	});

	it('one out of sight between its read and its batch (404): the others are swapped, it is on Failed', async () => {
		bench = await Bench.open(fleet({}, { tags: [...ON_PRIMARY, 'mine'] }));
		const decided = await bench.decisions();
		// This key sees only networks that carry the tag london_primary_up.
		bench.simulator.addFault({
			match: { method: 'GET', path: '/organizations/1/networks' },
			times: 1,
			effect: {
				kind: 'thenEdit',
				network: ODD_ONE,
				remove: ['london_primary_up', 'paris_backup_down'],
				add: ['london_primary_down', 'paris_backup_up'],
			},
		});
		const { outputs } = await swapLater(decided, OTHER_KEYS.byTag);
		expect(jsonOf(outputs(SWAP)[FAILED]).map(({ networkId }) => networkId)).toContain(ODD_ONE);
		expect(onBackup()).toEqual(IDS);
	});

	it('one whose tags somebody changed since the decision: their tag stays, and it is swapped like the others', async () => {
		bench = await Bench.open(fleet());
		const decided = await bench.decisions();
		bench.simulator.applyEvent({ kind: 'editTags', network: ODD_ONE, add: ['new-tag'] });
		const { outputs } = await swapLater(decided);
		expect(counts(outputs(SWAP))).toEqual([1, 12, 0]);
		expect(bench.tags(ODD_ONE)).toEqual([...ON_BACKUP, 'new-tag']);
	});

	it('one that somebody moved since the decision is left alone', async () => {
		bench = await Bench.open(fleet());
		const decided = await bench.decisions();
		const moved = {
			remove: ['london_primary_up', 'paris_backup_down'],
			add: ['london_primary_down', 'paris_backup_up'],
		};
		bench.simulator.applyEvent({ kind: 'editTags', network: ODD_ONE, ...moved });
		const { outputs } = await swapLater(decided);
		expect(jsonOf(outputs(SWAP)[SWAPPED]).map(({ networkId }) => networkId)).toEqual(others);
		expect(bench.writes.flatMap(({ actions }) => actions.map(({ networkId }) => networkId))).toEqual(others);
	});

	it.each([
		{ effect: { kind: 'dropAfter' }, says: 'carried out, but its answer is lost', posts: 1 },
		{ effect: { kind: 'dropBefore' }, says: 'lost on its way', posts: 2 },
	] as const)('a batch $says: all are swapped once', async ({ effect, posts }) => {
		bench = await Bench.open(fleet());
		bench.simulator.addFault({
			match: { method: 'POST', path: '/organizations/1/actionBatches' },
			times: 1,
			effect,
		});
		const finished = await swapLater(await bench.decisions());
		expect(swapped(finished)).toEqual([1, 12, 0]);
		expect(bench.writes).toHaveLength(posts);
		expect(onBackup()).toEqual(IDS);
	});

	it('a batch that Meraki goes on with for seconds: waited for, and told as done', async () => {
		bench = await Bench.open(fleet());
		const decided = await bench.decisions();
		bench.simulator.clock.setSpeed(1);
		bench.simulator.addFault({
			match: { method: 'POST', path: '/organizations/1/actionBatches' },
			times: 1,
			effect: { kind: 'lateBatch', seconds: 2 },
		});
		const finished = await swapLater(decided);
		expect(swapped(finished)).toEqual([1, 12, 0]);
		expect(bench.writes).toHaveLength(1);
	});

	it('a batch that hangs holds up no other: told after a minute as not visible yet, and the next run leaves it alone', async () => {
		const more = Array.from({ length: 9 }, (_, index) => branch(`N_${index + 13}`, `Site N_${index + 13}`));
		const networks = [...IDS.map((id) => branch(id, `Site ${id}`)), ...more];
		bench = await Bench.open(fleet({ organizations: [organization({ networks })] }));
		const decided = await bench.decisions({ failoverLimit: 'noLimit' });
		bench.simulator.clock.setSpeed(1);
		bench.simulator.addFault({
			match: { method: 'POST', path: '/organizations/1/actionBatches' },
			times: 1,
			effect: { kind: 'lateBatch', seconds: 600 },
		});
		const { outputs } = await swapLater(decided);
		expect(counts(outputs(SWAP))).toEqual([1, 21, 0]);
		expect(jsonOf(outputs(SWAP)[SWAPPED]).filter(({ status }) => status === 'done')).toHaveLength(1);
		const [report] = jsonOf(outputs(SWAP)[REPORT]);
		expect(report?.['title']).toContain('20 branches moving to paris, not visible yet');
		const writes = bench.writes.length;
		const next = await swapLater(decided);
		expect(bench.writes).toHaveLength(writes);
		expect(JSON.stringify(jsonOf(next.outputs(SWAP)[REPORT]))).toContain('was still under way');
	}, 120_000);

	it("networks in somebody's batch that is still executing are in progress: not written, and told", async () => {
		bench = await Bench.open(fleet());
		const decided = await bench.decisions();
		bench.simulator.addFault({
			match: { method: 'POST', path: '/organizations/1/actionBatches' },
			times: 1,
			effect: { kind: 'lateBatch', seconds: 600 },
		});
		const body = { tags: ON_BACKUP };
		const actions = IDS.slice(0, 3).map((id) => ({ resource: `/networks/${id}`, operation: 'update', body }));
		const posted = await bench.simulator.inject({
			method: 'POST',
			url: '/api/v1/organizations/1/actionBatches',
			headers: { authorization: `Bearer ${bench.credential()['apiKey'] as string}` },
			payload: { confirmed: true, synchronous: false, actions },
		});
		expect(posted.statusCode).toBe(201);
		const { outputs } = await swapLater(decided);
		expect(jsonOf(outputs(SWAP)[SWAPPED]).map(({ networkId }) => networkId)).toEqual(IDS.slice(3));
		expect(JSON.stringify(jsonOf(outputs(SWAP)[REPORT]))).toContain('was still under way');
		expect(onBackup()).toEqual(IDS.slice(3));
	});
});
