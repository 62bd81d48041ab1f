import { MINUTE_MS } from '../../../core/domain/time';
import { compileTagFormat } from '../../../core/tags/tagFormat';
import { observe } from '../../../meraki/read/readOrganization';
import { inWords, LONDON, LONDON_IP, ON_BACKUP, ON_PRIMARY, PARIS_IP, settings } from '../../support/branch';
import { CLEAN, DEAD } from '../../support/series';
import { LOSS_ROW, NETWORK } from '../support/examples';
import { forbidden, healthyThen, ID, lossRow, memory, observed } from '../support/observed';
import { DATE_AT, errorOf, ok, scripted } from '../support/scripted';

describe('a quiet run', () => {
	const quiet = { loss: [lossRow('N_1', LONDON_IP, CLEAN), lossRow('N_1', PARIS_IP, CLEAN)] };

	it('without memory reads loss, networks and peers, and remembers the peers with the time', async () => {
		const { asked, verdicts, peers, snapshot, unreadable, tunnels } = await observed(quiet);
		expect(asked).toEqual(['loss', 'networks', 'peers']);
		expect(verdicts).toEqual(['stays: healthy']);
		expect(peers?.readAt).toBe(DATE_AT);
		expect(peers?.list.map(({ name }) => name)).toEqual(['London hub', 'Paris hub']);
		expect(snapshot).toMatchObject({ now: DATE_AT, memory: null });
		expect(unreadable).toEqual([]);
		expect(tunnels).toBeUndefined();
	});

	it('costs two calls while the peers are remembered', async () => {
		const stored = memory();
		const { asked, peers, snapshot, verdicts } = await observed({ ...quiet, memory: stored });
		expect(asked).toEqual(['loss', 'networks']);
		expect(peers).toBe(stored.peers);
		expect(snapshot.peers).toEqual({ kind: 'known', peers: [LONDON] });
		expect(snapshot.memory).toBe(stored);
		expect(verdicts).toEqual(['stays: healthy']);
	});

	it.each([
		{ says: 'ten minutes', readAt: DATE_AT - 10 * MINUTE_MS, isRead: true },
		{ says: 'a little less', readAt: DATE_AT - 10 * MINUTE_MS + 1, isRead: false },
		{ says: 'no time at all', readAt: DATE_AT, isRead: false },
		{ says: 'less than no time: stamps from the future', readAt: DATE_AT + 1, isRead: true },
	])('peers are read again after $says: $isRead', async ({ readAt, isRead }) => {
		const { asked } = await observed({ ...quiet, memory: memory({ peers: { readAt, list: [LONDON] } }) });
		expect(asked.includes('peers')).toBe(isRead);
	});

	it('of networks without VPN tags reads no peers, and keeps those remembered', async () => {
		const stored = memory({ peers: { readAt: 0, list: [LONDON] } });
		const { asked, peers, snapshot } = await observed({ networks: [['N_1', ['office']]], memory: stored });
		expect(asked).toEqual(['loss', 'networks']);
		expect(peers).toBe(stored.peers);
		expect(snapshot.peers).toEqual({ kind: 'notReadable' });
	});

	it('reads peers when one network of several takes part', async () => {
		const { asked } = await observed({
			networks: [
				['N_1', ['office']],
				['N_2', ['office', ...ON_PRIMARY]],
			],
		});
		expect(asked).toContain('peers');
	});

	it('with listed IPs reads no peers', async () => {
		const ipsByPeer = new Map([['london', [LONDON_IP]]]);
		const { asked, peers } = await observed({
			...quiet,
			settings: { trackedIps: { kind: 'listed', ipsByPeer } },
		});
		expect(asked).toEqual(['loss', 'networks']);
		expect(peers).toBeNull();
	});
});

describe('memory from another clock', () => {
	it.each([
		{ says: 'a minute ahead is a clock that is off', aheadMs: MINUTE_MS, isKept: true },
		{ says: 'more than a minute ahead is not believed', aheadMs: MINUTE_MS + 1, isKept: false },
	])('$says', async ({ aheadMs, isKept }) => {
		const stored = memory({ evaluatedAt: DATE_AT + aheadMs });
		const { snapshot } = await observed({ memory: stored });
		expect(snapshot.memory).toBe(isKept ? stored : null);
	});
});

describe('R4.6 loss or networks that cannot be read', () => {
	it.each(['uplinksLossAndLatency', 'networks'])('%s: nothing is decided', async (refused) => {
		const { client, requests } = scripted({
			replies: ({ url }) => (new URL(url).pathname.endsWith(refused) ? forbidden : ok([])),
		});
		const chosen = settings();
		const grammar = compileTagFormat(chosen.tagFormat);
		const error = await errorOf(observe(client, ID, chosen, grammar, null));
		expect(error.message).toContain('Not for this key');
		// Neither is left behind.
		expect(requests).toHaveLength(2);
	});
});

describe('what cannot be used of an answer', () => {
	it('is named with its path, and the rest is judged', async () => {
		const { unreadable, verdicts } = await observed({
			loss: [{ ...LOSS_ROW, serial: 5 }, lossRow('N_1', LONDON_IP, CLEAN)],
		});
		expect(unreadable).toEqual([{ what: 'rows', why: expect.stringMatching(/^\[0\]\.serial /) }]);
		expect(verdicts).toEqual(['stays: healthy']);
	});

	it('a network that cannot be read is named with its path, and the others are judged', async () => {
		const { unreadable, verdicts } = await observed({
			loss: [lossRow('N_1', LONDON_IP, CLEAN)],
			brokenNetworks: [{ ...NETWORK, tags: ['a', 5] }],
		});
		expect(unreadable).toEqual([{ what: 'networks', why: '[1].tags[1] is a number, not text' }]);
		expect(verdicts).toEqual(['stays: healthy']);
	});

	it('peers that are refused are told in Meraki’s words, and forgotten', async () => {
		const stale = memory({ peers: { readAt: 0, list: [LONDON] } });
		const { unreadable, peers, snapshot } = await observed({ peers: forbidden, memory: stale });
		expect(unreadable).toEqual([{ what: 'peers', why: expect.stringContaining('Not for this key') }]);
		expect(peers).toBeNull();
		expect(snapshot.peers).toEqual({ kind: 'notReadable' });
	});
});

describe('R4.7 looks at earlier days', () => {
	const dead = { loss: [lossRow('N_1', LONDON_IP, DEAD), lossRow('N_1', PARIS_IP, CLEAN)] };

	it('go back an hour, a day and a week, five minutes each, and stop where it was healthy', async () => {
		const { asked, verdicts } = await observed({
			...dead,
			between: (asking) =>
				DATE_AT - asking.untilAt === 7 * 24 * 60 * MINUTE_MS ? healthyThen(asking) : ok([]),
		});
		expect(asked.slice(4)).toEqual([
			`${LONDON_IP} 65 to 60 minutes ago`,
			`${LONDON_IP} 1445 to 1440 minutes ago`,
			`${LONDON_IP} 10085 to 10080 minutes ago`,
		]);
		expect(verdicts).toEqual(['failover to paris']);
	});

	it('keep what each of them brought', async () => {
		const bad = ({ ip, untilAt }: { ip: string; untilAt: number }) => ok([lossRow('N_1', ip, DEAD, untilAt)]);
		const { snapshot, verdicts } = await observed({ ...dead, between: bad });
		const looks = snapshot.lookbacks.get(LONDON_IP);
		expect(looks).toMatchObject({ isIncomplete: false });
		expect(looks?.rows).toHaveLength(3);
		expect(verdicts).toEqual(['neverHealthy stops failover']);
	});

	it('that are refused are told, and what was not seen is not taken for never healthy', async () => {
		let asked = 0;
		const { snapshot, unreadable } = await observed({
			...dead,
			between: ({ ip, untilAt }) => {
				asked += 1;
				return asked === 2 ? forbidden : ok([lossRow('N_1', ip, DEAD, untilAt)]);
			},
		});
		expect(unreadable).toEqual([{ what: 'history', why: expect.stringContaining('Not for this key') }]);
		const looks = snapshot.lookbacks.get(LONDON_IP);
		expect(looks).toMatchObject({ isIncomplete: true });
		expect(looks?.rows).toHaveLength(2);
	});
});

describe('R2.4 history', () => {
	const recovering = {
		networks: [['N_1', ON_BACKUP]],
		loss: [lossRow('N_1', LONDON_IP, CLEAN), lossRow('N_1', PARIS_IP, CLEAN)],
		settings: { recoveryMinutes: 12 },
	} as const;

	it.each([
		{ recoveryMinutes: 11, says: 'which end with a whole part' },
		{ recoveryMinutes: 12, says: 'which do not' },
	])(
		'is read in parts of at most five minutes, $says, without a gap, up to the default read',
		async (changes) => {
			const asked: { fromAt: number; untilAt: number }[] = [];
			const { snapshot, verdicts, unreadable } = await observed({
				...recovering,
				settings: { recoveryMinutes: changes.recoveryMinutes },
				between: ({ ip, fromAt, untilAt }) => {
					asked.push({ fromAt, untilAt });
					return ok([lossRow('N_1', ip, CLEAN, untilAt)]);
				},
			});
			const history = snapshot.history.get(LONDON_IP);
			const parts = asked.slice(asked.findIndex(({ fromAt }) => fromAt === history?.knownSince));
			expect(parts.length).toBeGreaterThan(1);
			expect(parts.at(-1)?.untilAt).toBe(DATE_AT - 6 * MINUTE_MS);
			for (const [at, { fromAt, untilAt }] of parts.entries()) {
				expect(untilAt - fromAt).toBeGreaterThan(0);
				expect(untilAt - fromAt).toBeLessThanOrEqual(5 * MINUTE_MS);
				if (at > 0) expect(fromAt).toBe(parts[at - 1]?.untilAt);
			}
			for (const { fromAt, untilAt } of asked) expect(untilAt - fromAt).toBeGreaterThan(0);
			expect(history?.rows).toHaveLength(parts.length);
			expect(unreadable).toEqual([]);
			expect(verdicts).toEqual(['swapBack to london']);
		},
	);

	it('that breaks off is unmeasured from there, and brings nobody back', async () => {
		let asked = 0;
		const { snapshot, verdicts, unreadable } = await observed({
			...recovering,
			between: ({ ip, untilAt }) => {
				asked += 1;
				return asked === 1 ? ok([lossRow('N_1', ip, CLEAN, untilAt)]) : forbidden;
			},
		});
		expect(snapshot.history.get(LONDON_IP)?.rows).toHaveLength(1);
		expect(unreadable[0]).toEqual({ what: 'history', why: expect.stringContaining('Not for this key') });
		expect(verdicts.join()).not.toContain('to london');
	});
});

describe('more needs', () => {
	it('are asked for once the evaluation has all that it needs, until there are none', async () => {
		const asking: string[] = [];
		const { asked } = await observed({
			loss: [lossRow('N_1', LONDON_IP, CLEAN)],
			more: (outcomes, { statuses }) => {
				asking.push(outcomes.map(inWords).join());
				return { statusesOf: statuses.has('N_1') ? [] : ['N_1'], historyOf: [], lookbacksOf: [] };
			},
		});
		expect(asked).toEqual(['loss', 'networks', 'peers', 'statuses of N_1']);
		expect(asking).toEqual(['stays: healthy', 'stays: healthy']);
	});

	it('without end come to an end', async () => {
		let rounds = 0;
		await observed({
			loss: [lossRow('N_1', LONDON_IP, CLEAN)],
			more: () => {
				rounds += 1;
				return { statusesOf: ['N_1'], historyOf: [], lookbacksOf: [] };
			},
		});
		expect(rounds).toBe(4);
	});
});

it('a fault in our own code does not look like a list that cannot be read', async () => {
	const broken = () => {
		throw new TypeError('broken');
	};
	const { client } = scripted({
		replies: ({ url }) => (url.includes('thirdParty') ? broken() : ok([{ ...NETWORK, tags: ON_PRIMARY }])),
	});
	const chosen = settings();
	const work = observe(
		{ ...client, lossAndLatency: async () => ({ rows: [], skipped: [] }), vpnPeers: async () => broken() },
		ID,
		chosen,
		compileTagFormat(chosen.tagFormat),
		null,
	);
	await expect(work).rejects.toThrow('broken');
});
