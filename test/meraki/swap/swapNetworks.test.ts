import type { SwapOrder } from '../../../core/swap/plan';
import { chooseStrategy } from '../../../meraki/swap/chooseStrategy';
import { singlePuts } from '../../../meraki/write/singlePuts';
import { swapNetworks } from '../../../meraki/swap/swapNetworks';
import type { NetworkOrders } from '../../../meraki/swap/swapNetworks';
import type { WriteOutcome, WriteStrategy } from '../../../meraki/write/strategy';
import { asEvaluated, explicit } from '../../support/decisions';
import { network, ON_BACKUP, ON_PRIMARY } from '../../support/branch';
import { batchDashboard, ids, on } from '../support/batchDashboard';
import { dashboard } from '../support/dashboard';
import { NETWORK } from '../support/examples';
import { answer, DATE_AT, errorOf, scripted, type Scripted } from '../support/scripted';

const ID = NETWORK.id;
const ORGANIZATION_ID = NETWORK.organizationId;
const SETTINGS = { validForMs: 180_000, isDryRun: false };
const decided = (changes = {}) =>
	asEvaluated({ networkId: ID, organizationId: ORGANIZATION_ID, decidedAt: DATE_AT, ...changes });

function asked(orders: readonly SwapOrder[], changes: Partial<NetworkOrders> = {}): NetworkOrders {
	return {
		organizationId: ORGANIZATION_ID,
		networkId: ID,
		networkName: 'As the item says',
		orders: orders.map((order, at) => ({ order, itemIndex: at + 7 })),
		...changes,
	};
}

/** Swaps on a small dashboard, by single PUTs. */
async function swapped(
	networks: readonly NetworkOrders[],
	settings = SETTINGS,
	script: Partial<Scripted> = {},
) {
	const there = dashboard({ [ID]: ON_PRIMARY });
	const run = scripted({ replies: there.reply, ...script });
	const records = await swapNetworks(singlePuts(run.client), networks, settings);
	return { records, tags: there.tags.get(ID), methods: run.requests.map(({ method }) => method) };
}

/** What is told of an outcome that a strategy made up. */
async function toldOf(outcome: WriteOutcome<never> | WriteOutcome<null>, order: SwapOrder = decided()) {
	const strategy: WriteStrategy = {
		write: async (jobs) => {
			// As every strategy does, unless the network was never read.
			for (const job of jobs) job.plan(network(ON_PRIMARY, { organizationId: ORGANIZATION_ID }), DATE_AT);
			return jobs.map(({ networkId }) => ({ networkId, outcome: outcome as WriteOutcome<never> }));
		},
		notes: () => [],
	};
	const [record] = await swapNetworks(strategy, [asked([order])], SETTINGS);
	return record;
}

const BEFORE = network(ON_PRIMARY, { name: 'As it was read', url: 'https://n1.meraki.com/x' });

describe('a decision', () => {
	it('is written, and told with what was read and what is there now', async () => {
		const { records, tags } = await swapped([asked([decided()])]);
		expect(tags).toEqual(ON_BACKUP);
		expect(records).toEqual([
			{
				order: decided(),
				itemIndex: 7,
				organizationId: ORGANIZATION_ID,
				networkId: ID,
				networkName: NETWORK.name,
				networkUrl: NETWORK.url,
				from: 'london',
				to: 'paris',
				outcome: { kind: 'done' },
				tagsBefore: ON_PRIMARY,
				tagsAfter: ON_BACKUP,
				sideEffects: [],
			},
		]);
	});

	it('in a dry run is read and planned, and nothing is written', async () => {
		const { records, tags, methods } = await swapped([asked([decided()])], { ...SETTINGS, isDryRun: true });
		expect(methods).toEqual(['GET']);
		expect(tags).toEqual(ON_PRIMARY);
		expect(records[0]).toMatchObject({
			outcome: { kind: 'dryRun' },
			from: 'london',
			to: 'paris',
			tagsBefore: ON_PRIMARY,
			tagsAfter: ON_BACKUP,
		});
	});

	it.each([
		{ says: 'R6 younger than it may be is written', ageMs: 179_999, methods: ['GET', 'PUT'] },
		{ says: 'R6 of that age is not', ageMs: 180_000, methods: ['GET'] },
	])('$says', async ({ ageMs, methods }) => {
		const result = await swapped([asked([decided({ decidedAt: DATE_AT - ageMs })])]);
		expect(result.methods).toEqual(methods);
	});

	it('R6 that was overtaken is not written, and told with its own route', async () => {
		const overtaken = decided({ have: { role: { kind: 'primary' }, peer: 'rome' } });
		const { records, methods } = await swapped([asked([overtaken])]);
		expect(methods).toEqual(['GET']);
		expect(records[0]).toMatchObject({
			outcome: { kind: 'overtaken', why: 'The active peer is now london (primary), not rome.' },
			from: 'rome',
			to: 'paris',
			tagsBefore: ON_PRIMARY,
			tagsAfter: ON_PRIMARY,
		});
	});

	it('about a network of another organization is refused', async () => {
		const { records, methods } = await swapped([asked([decided(), decided()], { organizationId: '5' })]);
		expect(methods).toEqual(['GET']);
		expect(records.map(({ outcome }) => outcome)).toEqual(
			Array(2).fill({
				kind: 'refused',
				why: `The network belongs to organization ${ORGANIZATION_ID}, not 5.`,
			}),
		);
		expect(records[0]).toMatchObject({ organizationId: '5', tagsAfter: ON_PRIMARY });
	});
});

describe('R6 all orders of one network are one plan and one write', () => {
	it('with one record an order, in order', async () => {
		const hold = explicit('failover', true);
		const { records, tags, methods } = await swapped([asked([hold, explicit('releaseHold')])]);
		expect(methods.filter((method) => method === 'PUT')).toHaveLength(1);
		expect(records.map(({ itemIndex, from, to, outcome }) => [itemIndex, from, to, outcome.kind])).toEqual([
			[7, 'london', 'paris', 'done'],
			[8, null, null, 'done'],
		]);
		expect(tags).toEqual(ON_BACKUP);
	});

	it('an order of an operator that nothing came of has no route', async () => {
		const { records } = await swapped([asked([explicit('swapBack')])]);
		expect(records[0]).toMatchObject({ from: null, to: null, outcome: { kind: 'nothingToDo' } });
	});

	it('of many networks by batches, as by single calls', async () => {
		const networkIds = ids(9);
		const there = batchDashboard(on(networkIds, ON_PRIMARY));
		const run = scripted({ replies: there.reply });
		const orders = networkIds.map((networkId) => asked([decided({ networkId })], { networkId }));
		const records = await swapNetworks(chooseStrategy(run.client, ORGANIZATION_ID), orders, SETTINGS);
		expect(records.map(({ outcome }) => outcome.kind)).toEqual(Array(9).fill('done'));
		expect(there.tags.get('N_9')).toEqual(ON_BACKUP);
		expect(there.batches).toHaveLength(1);
	});

	it('of several networks each has its own', async () => {
		const there = dashboard({ N_1: ON_PRIMARY, N_2: ['office'] });
		const run = scripted({ replies: there.reply });
		const orders = ['N_1', 'N_2'].map((networkId) => asked([decided({ networkId })], { networkId }));
		const records = await swapNetworks(singlePuts(run.client), orders, SETTINGS);
		expect(records.map(({ networkId, outcome }) => [networkId, outcome.kind])).toEqual([
			['N_1', 'done'],
			['N_2', 'overtaken'],
		]);
	});
});

describe('what became of a write', () => {
	const refused = async (status: number) =>
		await errorOf(
			scripted({ replies: [answer(status, { errors: ['Words of Meraki'] })] }).client.network(ID),
		);

	it('accepted, not visible yet', async () => {
		const told = await toldOf({ kind: 'accepted', before: BEFORE, tags: ON_BACKUP });
		expect(told).toMatchObject({
			outcome: { kind: 'accepted' },
			networkName: 'As it was read',
			networkUrl: 'https://n1.meraki.com/x',
			tagsBefore: ON_PRIMARY,
			tagsAfter: ON_BACKUP,
			sideEffects: [],
		});
	});

	it.each([
		{ status: 400, isRefusal: true },
		{ status: 403, isRefusal: true },
		{ status: 404, isRefusal: true },
		{ status: 401, isRefusal: false },
	])('R8.7 $status is a refusal: $isRefusal', async ({ status, isRefusal }) => {
		const error = await refused(status);
		const told = await toldOf({ kind: 'failed', before: BEFORE, error });
		expect(told?.outcome).toEqual({ kind: 'failed', why: error.message, isRefusal });
	});

	it('R8.7 a fault of our own is no refusal', async () => {
		const told = await toldOf({ kind: 'failed', before: null, error: new Error('broken') });
		expect(told).toMatchObject({
			outcome: { kind: 'failed', why: 'broken', isRefusal: false },
			networkName: 'As the item says',
			networkUrl: null,
			tagsBefore: [],
		});
	});

	it('R7 gone', async () => {
		const error = await refused(404);
		const told = await toldOf({ kind: 'gone', before: BEFORE, error });
		expect(told).toMatchObject({ outcome: { kind: 'gone', why: error.message }, tagsBefore: ON_PRIMARY });
	});

	it.each([
		{ why: 'cancelled', words: 'The run was cancelled before this network was written.' },
		{ why: 'outOfTime', words: 'The time of this run was over before this network was written.' },
		{ why: 'inProgress', words: 'A write that began before was still under way for this network.' },
	] as const)('next run, $why', async ({ why, words }) => {
		expect((await toldOf({ kind: 'nextRun', why, cause: null }))?.outcome).toEqual({
			kind: 'nextRun',
			why: words,
		});
		const told = await toldOf({ kind: 'nextRun', why, cause: 'Meraki asks to wait.' });
		expect(told).toMatchObject({
			outcome: { kind: 'nextRun', why: `${words} Meraki asks to wait.` },
			networkName: 'As the item says',
			tagsBefore: [],
			tagsAfter: ON_BACKUP,
		});
	});

	it('what else changed is told, and the tags as they are', async () => {
		const after = network([...ON_BACKUP, 'new'], {});
		const told = await toldOf({
			kind: 'done',
			before: BEFORE,
			after,
			shownBy: 'answer',
			sideEffects: ['name', 'timeZone', 'notes', 'otherTags'],
		});
		expect(told?.tagsAfter).toEqual(after.tags);
		expect(told?.sideEffects).toEqual([
			'Its name changed meanwhile.',
			'Its time zone changed meanwhile.',
			'Its notes changed meanwhile.',
			'Other tags of it changed meanwhile: compare before and after.',
		]);
	});
});

describe('a run that ended before the network was read', () => {
	it('tells what was asked', async () => {
		const { records } = await swapped([asked([decided()])], SETTINGS, { isCancelled: () => true });
		expect(records).toEqual([
			expect.objectContaining({
				outcome: expect.objectContaining({ kind: 'nextRun' }),
				networkName: 'As the item says',
				networkUrl: null,
				from: 'london',
				to: 'paris',
				tagsBefore: [],
				tagsAfter: [],
			}),
		]);
	});

	it('tells a network that cannot be read at all', async () => {
		const { records } = await swapped([asked([decided()])], SETTINGS, {
			replies: () => answer(403, { errors: ['Not for this key'] }),
		});
		expect(records[0]).toMatchObject({ outcome: { kind: 'failed', isRefusal: true }, tagsAfter: [] });
	});
});
