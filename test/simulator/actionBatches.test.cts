import { setTimeout as delay } from 'node:timers/promises';
import {
	ask,
	networkWith,
	organizationWith,
	scenarioWith,
	simulatorOf,
	tagsOf,
	type Asked,
} from './dashboards.cjs';

const BATCHES = '/organizations/1/actionBatches';
const BEFORE = ['branch', 'london_primary_up', 'site:LS1', 'paris_backup_down'];
const AFTER = ['branch', 'london_primary_down', 'site:LS1', 'paris_backup_up'];

type Simulator = ReturnType<typeof simulatorOf>;

/** `N_1` to `N_n`; those in `bound` refuse their tags. */
function branches(count: number, bound: readonly number[] = []) {
	return Array.from({ length: count }, (_, index) =>
		networkWith({
			id: `N_${index + 1}`,
			name: `Branch ${index + 1}`,
			appliances: [],
			isBoundToConfigTemplate: bound.includes(index + 1),
		}),
	);
}

function simulatorWith(
	actionBatches: object = {},
	{ count = 3, bound = [] as readonly number[], more = {} } = {},
): Simulator {
	const organizations = [
		organizationWith({ networks: branches(count, bound), templateBoundTags: 'refused' }),
		organizationWith({ id: '2', networks: [networkWith({ id: 'L_1' })] }),
	];
	return simulatorOf(scenarioWith({ organizations, actionBatches, ...more }));
}

const update = (id: string, tags: readonly string[] = AFTER) => ({
	resource: `/networks/${id}`,
	operation: 'update',
	body: { tags },
});

const post = (simulator: Simulator, actions: readonly object[], body: object = {}, asked: Asked = {}) =>
	ask(simulator, BATCHES, {
		method: 'POST',
		body: { confirmed: true, synchronous: true, actions, ...body },
		...asked,
	});

const EXECUTING = { completed: false, failed: false, errors: [], createdResources: [] };
const COMPLETED = { completed: true, failed: false, errors: [], createdResources: [] };
const idOf = (reply: { readonly body: unknown }) => (reply.body as { readonly id: string }).id;

describe('a synchronous batch', () => {
	it('is carried out at once, answers 201, and is logged with its tags', async () => {
		const simulator = simulatorWith();
		const reply = await post(simulator, [update('N_1'), update('N_2')]);
		expect(reply).toMatchObject({
			status: 201,
			body: { organizationId: '1', confirmed: true, synchronous: true, status: COMPLETED },
		});
		expect([tagsOf(simulator, 'N_1'), tagsOf(simulator, 'N_2'), tagsOf(simulator, 'N_3')]).toEqual([
			AFTER,
			AFTER,
			BEFORE,
		]);
		expect(simulator.requests).toHaveLength(1);
		expect(simulator.requests[0]?.actions).toEqual(
			['N_1', 'N_2'].map((networkId) => ({
				networkId,
				tagsAsked: AFTER,
				tagsBefore: BEFORE,
				tagsAfter: AFTER,
			})),
		);
		expect(simulator.violations.count).toBe(0);
	});

	it('has at most 20 actions, any batch at most 100', async () => {
		const simulator = simulatorWith({}, { count: 101 });
		const actions = branches(101).map((_, index) => update(`N_${index + 1}`));
		expect((await post(simulator, actions.slice(0, 21))).status).toBe(400);
		expect((await post(simulator, actions, { synchronous: false })).status).toBe(400);
		expect(simulator.violations.count).toBe(2);
		expect((await post(simulator, actions.slice(0, 20))).status).toBe(201);
		expect((await post(simulator, actions.slice(0, 100), { synchronous: false })).status).toBe(201);
	});

	it('of anything but a network’s update is not supported', async () => {
		const simulator = simulatorWith();
		for (const action of [
			{ resource: '/networks/N_1', operation: 'destroy' },
			{ resource: '/devices/Q2', operation: 'update' },
		]) {
			expect(await post(simulator, [action])).toMatchObject({
				status: 400,
				body: { errors: ['Unsupported operation'] },
			});
		}
	});

	it('needs the right to write, and the right to use batches', async () => {
		const keys = [
			{ name: 'full', key: 'simulated-key-full' },
			{ name: 'reader', key: 'simulated-key-reader', rights: 'readOnly' },
			{ name: 'single', key: 'simulated-key-single', mayUseActionBatches: false },
		];
		const simulator = simulatorWith({}, { more: { keys } });
		for (const { key } of keys.slice(1)) {
			expect((await post(simulator, [update('N_1')], {}, { key })).status).toBe(403);
		}
		expect((await ask(simulator, BATCHES, { key: 'simulated-key-single' })).status).toBe(403);
		expect(tagsOf(simulator)).toEqual(BEFORE);
	});
});

describe('a batch with a network that refuses', () => {
	const words = `Error occurred while executing update /networks/N_2 with ${JSON.stringify({ tags: AFTER })}: `;
	const reason = 'Tags can not be changed while the network is bound to a configuration template';

	it.each([
		['in its status', { failure: 'status' }, 201, [words + reason]],
		['as a 400', { failure: 'badRequest' }, 400, [words + reason]],
		['without a name', { failure: 'badRequest', names: 'none' }, 400, [reason]],
	])('does nothing at all, and says so %s', async (_says, settings, status, errors) => {
		const simulator = simulatorWith(settings, { bound: [2] });
		const reply = await post(simulator, [update('N_1'), update('N_2'), update('N_3')]);
		expect(reply.status).toBe(status);
		expect(reply.body).toMatchObject(status === 400 ? { errors } : { status: { failed: true, errors } });
		expect(['N_1', 'N_2', 'N_3'].map((id) => tagsOf(simulator, id))).toEqual([BEFORE, BEFORE, BEFORE]);
		expect(simulator.requests[0]?.actions.map(({ tagsAfter }) => tagsAfter)).toEqual([
			BEFORE,
			BEFORE,
			BEFORE,
		]);
	});

	it('can name them all', async () => {
		const simulator = simulatorWith({ names: 'all' }, { bound: [1, 3] });
		const { body } = await post(simulator, [update('N_1'), update('N_2'), update('N_3')]);
		const { errors } = (body as { readonly status: { readonly errors: readonly string[] } }).status;
		expect(errors.map((text) => /N_\d/.exec(text)?.[0])).toEqual(['N_1', 'N_3']);
	});

	it('or is gone, or in another organization, or gets tags that are none', async () => {
		const simulator = simulatorWith({ failure: 'ownStatus' });
		simulator.applyEvent({ kind: 'deleteNetwork', network: 'N_2' });
		expect((await post(simulator, [update('N_1'), update('N_2')])).status).toBe(404);
		expect((await post(simulator, [update('N_1'), update('L_1')])).status).toBe(404);
		const noTags = { ...update('N_1'), body: { tags: 'none' } };
		expect(await post(simulator, [noTags])).toMatchObject({
			status: 400,
			body: { errors: [expect.stringContaining("'tags' must be an array")] },
		});
		expect(tagsOf(simulator, 'L_1')).toEqual(BEFORE);
	});
});

describe('a batch that takes its time', () => {
	it('executes, is pending meanwhile, and lands all at once', async () => {
		const simulator = simulatorWith({ asynchronousMs: 30_000 });
		const created = await post(simulator, [update('N_1'), update('N_2')], { synchronous: false });
		expect(created).toMatchObject({ status: 201, body: { synchronous: false, status: EXECUTING } });
		const one = `${BATCHES}/${idOf(created)}`;
		simulator.clock.advance(29_999);
		expect((await ask(simulator, `${BATCHES}?status=pending`)).body).toMatchObject([{ id: idOf(created) }]);
		expect(tagsOf(simulator)).toEqual(BEFORE);
		simulator.clock.advance(1);
		expect((await ask(simulator, one)).body).toMatchObject({ status: COMPLETED });
		expect((await ask(simulator, `${BATCHES}?status=pending`)).body).toEqual([]);
		expect((await ask(simulator, `${BATCHES}?status=completed`)).body).toMatchObject([{ id: idOf(created) }]);
		expect(tagsOf(simulator)).toEqual(AFTER);
	});

	it('overwrites what others edited while it waited', async () => {
		const simulator = simulatorWith({ asynchronousMs: 1000 });
		await post(simulator, [update('N_1')], { synchronous: false });
		simulator.applyEvent({ kind: 'editTags', network: 'N_1', add: ['foreign'] });
		simulator.clock.advance(1000);
		expect(tagsOf(simulator)).toEqual(AFTER);
		expect(simulator.requests[0]?.actions[0]?.tagsBefore).toEqual([...BEFORE, 'foreign']);
	});

	it('holds the answer of a synchronous one until it is done, or says that it executes', async () => {
		const held = simulatorWith({ synchronousMs: 500 });
		const pending = post(held, [update('N_1')]);
		while (held.simulation.actionBatches.of('1').length === 0) await delay(1);
		held.clock.advance(500);
		expect((await pending).body).toMatchObject({ status: COMPLETED });
		const early = simulatorWith({ synchronousMs: 500, answers: 'whileExecuting' });
		expect((await post(early, [update('N_1')])).body).toMatchObject({ status: EXECUTING });
	});

	it('can be one by a fault', async () => {
		const simulator = simulatorWith();
		simulator.addFault({ match: { method: 'POST' }, times: 1, effect: { kind: 'lateBatch', seconds: 60 } });
		expect((await post(simulator, [update('N_1')])).body).toMatchObject({ status: EXECUTING });
		expect((await post(simulator, [update('N_2')])).body).toMatchObject({ status: COMPLETED });
		simulator.clock.advance(60_000);
		expect(tagsOf(simulator)).toEqual(AFTER);
	});

	it('counts: the sixth at once is refused, in that organization', async () => {
		const simulator = simulatorWith({ asynchronousMs: 1000 });
		const start = () => post(simulator, [update('N_1')], { synchronous: false });
		for (let n = 0; n < 5; n += 1) expect((await start()).status).toBe(201);
		expect(await start()).toMatchObject({
			status: 400,
			body: {
				errors: [
					'Too many concurrently executing batches. Maximum is 5 confirmed but not yet executed batches.',
				],
			},
		});
		expect(simulator.violations.count).toBe(0);
		const elsewhere = { confirmed: true, synchronous: false, actions: [update('L_1')] };
		const other = '/organizations/2/actionBatches';
		expect((await ask(simulator, other, { method: 'POST', body: elsewhere })).status).toBe(201);
		simulator.clock.advance(1000);
		expect((await start()).status).toBe(201);
	});

	it('can be ignored, or be seen late', async () => {
		const simulator = simulatorWith();
		simulator.addFault({ match: { method: 'POST' }, times: 1, effect: { kind: 'ignoreWrite' } });
		expect((await post(simulator, [update('N_1')])).body).toMatchObject({ status: COMPLETED });
		expect(tagsOf(simulator)).toEqual(BEFORE);
		simulator.addFault({ match: { method: 'POST' }, effect: { kind: 'staleRead', seconds: 3 } });
		await post(simulator, [update('N_1')]);
		expect((await ask(simulator, '/networks/N_1')).body).toMatchObject({ tags: BEFORE });
		simulator.clock.advance(3000);
		expect((await ask(simulator, '/networks/N_1')).body).toMatchObject({ tags: AFTER });
	});
});

describe('an unconfirmed batch', () => {
	it('waits until it is confirmed, and can then be neither changed nor deleted', async () => {
		const simulator = simulatorWith();
		const created = await post(simulator, [update('N_1')], { confirmed: undefined, synchronous: undefined });
		expect(created.body).toMatchObject({ confirmed: false, synchronous: false, status: EXECUTING });
		const one = `${BATCHES}/${idOf(created)}`;
		expect((await ask(simulator, `${BATCHES}?status=pending`)).body).toMatchObject([{ confirmed: false }]);
		const confirm = () =>
			ask(simulator, one, { method: 'PUT', body: { confirmed: true, synchronous: true } });
		expect(await confirm()).toMatchObject({ status: 200, body: { confirmed: true, status: COMPLETED } });
		expect(tagsOf(simulator)).toEqual(AFTER);
		expect((await confirm()).status).toBe(400);
		expect((await ask(simulator, one, { method: 'DELETE' })).status).toBe(400);
	});

	it('can be deleted, and vanishes after a week', async () => {
		const simulator = simulatorWith();
		const store = async () => idOf(await post(simulator, [update('N_1')], { confirmed: false }));
		const one = `${BATCHES}/${await store()}`;
		expect(await ask(simulator, one, { method: 'DELETE' })).toMatchObject({ status: 204, text: '' });
		expect((await ask(simulator, one)).status).toBe(404);
		await store();
		simulator.clock.advance(7 * 24 * 3_600_000);
		expect((await ask(simulator, BATCHES)).body).toEqual([]);
		expect(tagsOf(simulator)).toEqual(BEFORE);
	});
});

it('a batch is one call under the rate limit', async () => {
	const simulator = simulatorWith({}, { count: 20, more: { rateLimits: { clock: 'virtual' } } });
	const actions = branches(20).map((_, index) => update(`N_${index + 1}`));
	for (let n = 0; n < 20; n += 1) expect((await post(simulator, actions)).status).toBe(201);
	expect((await post(simulator, actions)).status).toBe(429);
});
