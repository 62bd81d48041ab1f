import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Fault } from '../../simulator/simulator.cjs';
import type { Finished } from '../support/n8nEngine.cjs';
import {
	Bench,
	EVALUATE,
	FAILED,
	itemsOf,
	jsonOf,
	ON_BACKUP,
	ON_PRIMARY,
	OTHER_KEYS,
	primaryLoss,
	REPORT,
	SUMMARY,
	SWAP,
	SWAPPED,
} from '../support/n8nMeraki.cjs';

/**
 * Reads that are sent again with growing waits, and writes after which Swap looks again: all cases wait at the same
 * time. A jitter of minus 98 % shrinks the growing waits from 15 s to less than one.
 */
const LOSS = { path: '/organizations/1/devices/uplinksLossAndLatency' };
const NETWORKS = { path: '/organizations/1/networks' };
const causes: Readonly<Record<string, { fault?: Fault; words: RegExp }>> = {
	'a dashboard that cannot be reached': {
		words: /did not answer.*the connection was refused.*proxy and DNS/is,
	},
	'connections that break': {
		fault: { match: LOSS, effect: { kind: 'dropBefore' } },
		words: /did not answer/,
	},
	'HTML instead of JSON': {
		fault: { match: LOSS, effect: { kind: 'htmlAnswer' } },
		words: /not JSON.*region or custom URL/is,
	},
	'a truncated body of loss': { fault: { match: LOSS, effect: { kind: 'brokenJson' } }, words: /cut off/ },
	'a truncated body of networks': {
		fault: { match: NETWORKS, effect: { kind: 'brokenJson' } },
		words: /cut off/,
	},
};
const results = new Map<string, { scheduled: Finished; manual: Finished; bench: Bench }>();

/** Writes after which Swap looks again, seconds later. */
interface LateWrite {
	readonly apiKey?: string;
	readonly fault: Fault;
}
const PUT = { method: 'PUT', path: '/networks/N_1' } as const;
const lateWrites = {
	unseen: { fault: { match: PUT, effect: { kind: 'ignoreWrite', shows: 'before' } } },
	answerLost: { fault: { match: PUT, times: 1, effect: { kind: 'dropAfter' } } },
	requestLost: { fault: { match: PUT, times: 1, effect: { kind: 'dropBefore' } } },
	never: { fault: { match: PUT, effect: { kind: 'dropBefore' } } },
	outOfView: { apiKey: OTHER_KEYS.byTag, fault: { match: PUT, times: 1, effect: { kind: 'dropAfter' } } },
	gatewayTimeOut: {
		fault: { match: PUT, times: 1, effect: { kind: 'status', status: 504, takesEffect: true } },
	},
	stale: { fault: { match: PUT, times: 1, effect: { kind: 'staleRead', seconds: 3600, shows: 'asked' } } },
} satisfies Record<string, LateWrite>;
const written = new Map<string, { done: Finished; bench: Bench }>();

beforeAll(async () => {
	jest.spyOn(Math, 'random').mockReturnValue(-0.98);
	const writing = Object.entries<LateWrite>(lateWrites).map(async ([name, { apiKey, fault }]) => {
		const bench = await Bench.open({ events: [primaryLoss({ networks: ['N_1'], atMinutes: -3 })] });
		const decisions = await bench.decisions();
		bench.simulator.addFault(fault);
		const items = itemsOf(...decisions.map((decision) => ({ ...decision, notify: 'none' })));
		const credential = apiKey === undefined ? {} : { credential: { apiKey } };
		const done = await bench.run(bench.swapping({ dryRun: false }), { items, ...credential });
		written.set(name, { done, bench });
	});
	const closedPort = await freePort();
	await Promise.all([
		...writing,
		...Object.entries(causes).map(async ([name, { fault }]) => {
			const bench = await Bench.open({ events: [primaryLoss({ networks: ['N_1'], atMinutes: -3 })] });
			if (fault) bench.simulator.addFault(fault);
			const credential = { customUrl: fault ? bench.addresses.url : `http://127.0.0.1:${closedPort}` };
			const [scheduled, manual] = await Promise.all([
				bench.run(bench.chain(), { credential }),
				bench.run(bench.chain(), { credential, mode: 'manual' }),
			]);
			results.set(name, { scheduled, manual, bench });
		}),
	]);
}, 60_000);

afterAll(async () => {
	jest.restoreAllMocks();
	for (const { bench } of [...results.values(), ...written.values()]) await bench.close();
});

describe.each(Object.entries(causes))('with %s', (name, { words }) => {
	const result = () => {
		const found = results.get(name);
		if (found === undefined) throw new Error('It did not end');
		return found;
	};

	it('the schedule goes on: no error, no move, and Summary says why', () => {
		const { scheduled, bench } = result();
		expect(scheduled.error).toBeUndefined();
		expect(scheduled.runsOf(SWAP)).toBe(0);
		const [summary] = jsonOf(scheduled.outputs(EVALUATE)[SUMMARY]);
		expect(summary).toMatchObject({ status: 'blind' });
		expect((summary?.['warnings'] as string[]).join(' ')).toMatch(words);
		expect(bench.writes).toEqual([]);
	});

	it('a run by hand is red and says why', () => {
		const { error } = result().manual;
		expect((error as { description?: string }).description).toMatch(words);
	});
});

describe('a write', () => {
	const late = (name: keyof typeof lateWrites) => {
		const found = written.get(name);
		if (found === undefined) throw new Error('It did not end');
		const { bench, done } = found;
		const { outputs } = done;
		return {
			bench,
			reports: jsonOf(outputs(SWAP)[REPORT]),
			swapped: jsonOf(outputs(SWAP)[SWAPPED]),
			failed: jsonOf(outputs(SWAP)[FAILED]),
		};
	};

	it('that is accepted but not visible is told as such, and never written again (R7)', () => {
		const { bench, reports, swapped, failed } = late('unseen');
		expect(bench.writes).toHaveLength(1);
		expect(swapped).toMatchObject([{ status: 'accepted' }]);
		expect(reports).toMatchObject([{ severity: 'warning', text: expect.stringMatching(/not visible yet/) }]);
		expect(failed).toEqual([]);
	});

	it.each(['answerLost', 'gatewayTimeOut'] as const)(
		'that took effect is done with one write: %s',
		(name) => {
			const { bench, swapped, failed } = late(name);
			expect(bench.writes).toHaveLength(1);
			expect(swapped).toMatchObject([{ status: 'done', tags: { before: ON_PRIMARY, after: ON_BACKUP } }]);
			expect(failed).toEqual([]);
		},
	);

	it('that was lost before it took effect is sent again after a read', () => {
		const { bench, swapped } = late('requestLost');
		expect(bench.writes).toHaveLength(2);
		expect(bench.tags()).toEqual(ON_BACKUP);
		expect(swapped).toMatchObject([{ status: 'done' }]);
	});

	it('that never gets through is Failed, after two tries', () => {
		const { bench, swapped, failed } = late('never');
		expect(bench.writes).toHaveLength(2);
		expect(bench.tags()).toEqual(ON_PRIMARY);
		expect(swapped).toEqual([]);
		expect(failed).toMatchObject([{ status: 'failed', reason: expect.stringMatching(/did not answer/) }]);
	});

	it('after which the network has left the view of the key is critical, and always told (R7)', () => {
		const { bench, reports, failed } = late('outOfView');
		expect(failed).toMatchObject([{ status: 'gone' }]);
		expect(reports).toMatchObject([{ severity: 'critical' }]);
		expect(bench.tags()).toEqual(ON_BACKUP);
	});

	it('that its own answer shows is done, however old later reads are', () => {
		const { bench, swapped } = late('stale');
		expect(bench.writes).toHaveLength(1);
		expect(swapped).toMatchObject([{ status: 'done' }]);
	});
});

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}
