import { oneWriteAtATime } from '../../../meraki/swap/networkLock';
import { singlePuts } from '../../../meraki/write/singlePuts';
import type { WriteJob, WriteStrategy } from '../../../meraki/write/strategy';
import { dashboard } from '../support/dashboard';
import { scripted, type Scripted } from '../support/scripted';
import { AFTER, BEFORE, failover, type Reason } from '../support/writing';

const job = (networkId: string, plan: WriteJob<Reason>['plan'] = failover): WriteJob<Reason> => ({
	networkId,
	plan,
});

/** A dashboard, and runs of one process over it. */
function process(networkIds: readonly string[], more: Partial<Scripted> = {}) {
	const meraki = dashboard(Object.fromEntries(networkIds.map((id) => [id, BEFORE])));
	const { client, requests } = scripted({ replies: meraki.reply, latencyMs: 1000, ...more });
	const underWay = new Set<string>();
	const run = () => oneWriteAtATime(singlePuts(client), client, underWay);
	const puts = () =>
		requests.filter(({ method }) => method === 'PUT').map(({ url }) => url.split('/').at(-1));
	return { ...meraki, client, run, puts, underWay };
}

const kinds = (results: ReadonlyArray<{ readonly outcome: { readonly kind: string } }>) =>
	results.map(({ outcome }) => outcome.kind);

describe('two runs of one process over the same networks', () => {
	it('write each of them once: the second reads what the first has written', async () => {
		const { run, puts, tags } = process(['N_1', 'N_2']);
		const both = ['N_1', 'N_2'].map((id) => job(id));
		const [first, second] = await Promise.all([run().write(both), run().write(both)]);
		expect(kinds(first)).toEqual(['done', 'done']);
		expect(kinds(second)).toEqual(['skipped', 'skipped']);
		expect(second[0]?.outcome).toMatchObject({ network: { tags: AFTER } });
		expect(puts()).toEqual(['N_1', 'N_2']);
		expect([...tags.values()]).toEqual([AFTER, AFTER]);
	});

	it('lose nothing of two different changes of one list of tags', async () => {
		const { run, tags } = process(['N_1']);
		const add = (tag: string) => job('N_1', (network) => ({ kind: 'write', tags: [...network.tags, tag] }));
		await Promise.all([run().write([add('first')]), run().write([add('second')])]);
		expect(tags.get('N_1')).toEqual([...BEFORE, 'first', 'second']);
	});

	it('have no notes before they write, and none of nothing', async () => {
		const run = process([]).run();
		expect(run.notes()).toEqual([]);
		expect(await run.write([])).toEqual([]);
		expect(run.notes()).toEqual([]);
	});

	it('do not wait for each other where they meet in no network', async () => {
		const { run, client } = process(['N_1', 'N_2']);
		await Promise.all([run().write([job('N_1')]), run().write([job('N_2')])]);
		// A read and a write, one second each, and the spacing of four calls.
		expect(300_000 - client.remainingMs()).toBeLessThan(3000);
	});

	it('write what is free before they wait for the rest, and report in the order asked', async () => {
		const { run, puts } = process(['N_1', 'N_2', 'N_3']);
		const [, second] = await Promise.all([
			run().write([job('N_1'), job('N_2')]),
			run().write([job('N_1'), job('N_3')]),
		]);
		expect(second.map(({ networkId }) => networkId)).toEqual(['N_1', 'N_3']);
		expect(kinds(second)).toEqual(['skipped', 'done']);
		expect([...puts()].sort()).toEqual(['N_1', 'N_2', 'N_3']);
	});
});

describe('a network that does not get free', () => {
	it('is left to the next run when the time is over', async () => {
		const { run, puts, underWay } = process(['N_1', 'N_2'], { budgetSeconds: 30 });
		underWay.add('N_1');
		const results = await run().write([job('N_1'), job('N_2')]);
		expect(results[0]?.outcome).toEqual({ kind: 'nextRun', why: 'inProgress', cause: null });
		expect(results[1]?.outcome.kind).toBe('done');
		expect(puts()).toEqual(['N_2']);
		expect([...underWay]).toEqual(['N_1']);
	});

	it('is left to the next run when this one is cancelled', async () => {
		const { run, client, underWay } = process(['N_1'], { isCancelled: (nowMs) => nowMs >= 3000 });
		underWay.add('N_1');
		const results = await run().write([job('N_1')]);
		expect(results[0]?.outcome).toEqual({ kind: 'nextRun', why: 'cancelled', cause: null });
		expect(300_000 - client.remainingMs()).toBeLessThan(4000);
	});
});

describe('the networks of a run', () => {
	it('are free again when its writing throws', async () => {
		const { client, underWay } = process(['N_1']);
		const broken: WriteStrategy = {
			write: async () => await Promise.reject(new Error('a fault')),
			notes: () => [],
		};
		await expect(oneWriteAtATime(broken, client, underWay).write([job('N_1')])).rejects.toThrow('a fault');
		expect(underWay.size).toBe(0);
	});

	it('stand once in it', async () => {
		const { run } = process(['N_1']);
		await expect(run().write([job('N_1'), job('N_1')])).rejects.toThrow('two write jobs');
	});

	it('keep the notes of all that was written for it', async () => {
		const { client, underWay } = process(['N_1', 'N_2']);
		let writes = 0;
		const talkative: WriteStrategy = {
			...singlePuts(client),
			notes: () => [`note ${(writes += 1)}`],
		};
		underWay.add('N_1');
		const strategy = oneWriteAtATime(talkative, client, underWay);
		const writing = strategy.write([job('N_1'), job('N_2')]);
		void client.pause(5000).then(() => underWay.delete('N_1'));
		await writing;
		expect(strategy.notes()).toEqual(['note 1', 'note 2']);
	});
});
