import type { VetoReason } from '../../../core/decide/verdict';
import type { Settings } from '../../../core/settings/settings';
import { explainJudged, explainOutcome } from '../../../core/notify/explain';
import {
	DNS_IP,
	evaluateBranch,
	judgedPair,
	LONDON_IP,
	ON_BACKUP,
	ON_PRIMARY,
	PARIS_IP,
	row,
	settings,
	THREE_ON_PRIMARY,
} from '../../support/branch';
import type { Branch } from '../../support/branch';
import { CLEAN, DEAD, NOW } from '../../support/series';

const LONDON_DEAD =
	'london (203.0.113.10 on wan1): 5 of 5 samples at or over 30 %, newest 100 % at 11:57 UTC.';

function explained(branch: Branch): string {
	const [outcome] = evaluateBranch(branch).outcomes;
	if (!outcome) throw new Error('nothing was judged');
	return explainOutcome(outcome, settings(branch.settings), NOW);
}

describe('what stops a move is said in one sentence behind the loss', () => {
	const swapNone = { massFailover: { sharePercent: 25, above: 'stop' } } as const;
	const rows: [VetoReason, Partial<Settings>, string][] = [
		['hold', { holdTag: 'frozen' }, 'Held by the tag frozen. Use Release Hold to let it move.'],
		['maintenance', {}, 'A maintenance window is on: this is what would happen without it.'],
		['noStatus', {}, 'No action: Meraki did not say which uplink is in use.'],
		['offline', {}, 'No action: the appliance has no active uplink and could not fetch the change.'],
		['neverHealthy', {}, 'No action: this branch has never seen that peer healthy. It may filter ICMP.'],
		[
			'lineFault',
			{},
			'No action: other destinations on the same uplink lose packets too, so it is a WAN problem at the branch.',
		],
		[
			'noCandidate',
			{},
			'There is no peer to move to: every other peer is lossy, or no VPN peer takes its tag.',
		],
		[
			'paused',
			{ moves: 'failoversOnly' },
			'Moves is set to Failovers Only: use the action Swap Back when you are ready.',
		],
		['paused', { moves: 'none' }, 'Moves is set to None: no branch is moved.'],
		['outsideWindow', {}, 'It swaps back in the next period of Swap Back Only Between.'],
		[
			'handMove',
			{},
			'An operator moved it: it stays until the primary peer has been lossy. Use the action Swap Back to move it now.',
		],
		['massFailover', {}, 'Many branches fail at once: it moves once 3 bad samples confirm the loss.'],
		['massFailover', swapNone, 'Mass Failover is set to Stop and Alert: it is not moved.'],
		['swapBackRate', { swapBacksPerRun: 7 }, 'Swaps back in one of the next runs: 7 networks a run.'],
	];
	test.each(rows)('R4 and R5 %s %j', (reason, changes, expected) => {
		const held = judgedPair({ tags: [...ON_PRIMARY, 'vpn_failover_hold'], london: DEAD, paris: CLEAN });
		if (held.verdict.kind !== 'vetoed') throw new Error('the hold stopped nothing');
		const outcome = { ...held, verdict: { ...held.verdict, reason } };
		expect(explainJudged(outcome, settings(changes), NOW)).toBe(`${LONDON_DEAD} ${expected}`);
	});
});

describe('a move says what is not known of it', () => {
	const toParis = { tags: ON_PRIMARY, london: DEAD } as const;
	const dns = row(DNS_IP, CLEAN);
	const unmeasured = 'Backup paris is not measured.';
	const untold =
		'Nothing else is tracked on this uplink, so a WAN problem at the branch cannot be ruled out.';
	const BACK =
		'Back on london at 12:14 UTC at the earliest, after 15 min at or under 0 % loss (backoff; the setting is 5 min).';
	const rows: [string, Branch, string][] = [
		['nothing, where all is measured', { ...toParis, paris: CLEAN, rows: [dns] }, LONDON_DEAD],
		['R3.4 an unmeasured backup', { ...toParis, rows: [dns] }, `${LONDON_DEAD} ${unmeasured}`],
		['R4.8 a line without a reference as well', toParis, `${LONDON_DEAD} ${unmeasured} ${untold}`],
		[
			'R3.4 the backup that is moved to, not another one',
			{ tags: THREE_ON_PRIMARY, london: DEAD, paris: DEAD, rows: [dns] },
			`${LONDON_DEAD} Backup rome is not measured.`,
		],
		[
			'R3.4 nothing of another backup that is not measured',
			{ tags: THREE_ON_PRIMARY, london: DEAD, paris: CLEAN, rows: [dns] },
			LONDON_DEAD,
		],
	];
	test('R2.5 when it goes back at the earliest: by the setting where nothing was moved before, not at all where nothing moves back', () => {
		expect(explained({ ...toParis, paris: CLEAN, rows: [dns], remembered: [] })).toBe(
			`${LONDON_DEAD} Back on london at 12:04 UTC at the earliest, after 5 min at or under 0 % loss.`,
		);
		const settings = { moves: 'failoversOnly' } as const;
		expect(explained({ ...toParis, paris: CLEAN, rows: [dns], settings })).toBe(LONDON_DEAD);
	});

	test.each(rows)('%s', (_says, branch, expected) => {
		expect(explained(branch)).toBe(`${expected} ${BACK}`);
	});

	test('of a swap back, the outage that is over', () => {
		const london = '0 0 0 80 100 0 0 0 0 0 0';
		expect(explained({ tags: ON_BACKUP, london, paris: CLEAN, remembered: [] })).toBe(
			'london has been at or under 0 % loss for 5 min. london was lossy for 2 min (11:50 to 11:52 UTC), up to 100 %.',
		);
	});
});

describe('a branch that stays says why', () => {
	/** Three samples of a device that measures every 40 s, the newest one so long ago. */
	const secondsAgo = (...seconds: number[]) =>
		seconds.map((ago) => ({ sampledAt: NOW - ago * 1000, lossPercent: 0, latencyMs: null }));
	const london = (...seconds: number[]) => [{ ...row(LONDON_IP, ''), samples: secondsAgo(...seconds) }];
	const two = { kind: 'listed', ipsByPeer: new Map([['london', [LONDON_IP, PARIS_IP]]]) } as const;
	const rows: [string, Branch, string][] = [
		[
			'R2.1 a newest sample 5 minutes old still counts',
			{ tags: ON_PRIMARY, rows: london(380, 340, 300) },
			'london (203.0.113.10 on wan1): 0 of 3 samples at or over 30 %, newest 0 % at 11:55 UTC. Nothing to do.',
		],
		[
			'R2.1 a newest sample that is older does not',
			{ tags: ON_PRIMARY, rows: london(381, 341, 301) },
			"london: 203.0.113.10 is tracked, but the newest measured sample is 5 min old (11:54 UTC). Check that the appliance is online; Meraki's data may be late.",
		],
		[
			'R2.1 samples of which none has a value',
			{ tags: ON_PRIMARY, london: '_ _ _ _ _' },
			'london: 203.0.113.10 is tracked, but Meraki shows no usable loss value for it. Check that the appliance is online.',
		],
		[
			'R2.1 two samples are too few',
			{ tags: ON_PRIMARY, london: '0 0' },
			'london: fewer than 3 measured samples of 203.0.113.10 in the window.',
		],
		[
			'R2.1 no sample of two listed destinations',
			{ tags: ON_PRIMARY, settings: { trackedIps: two } },
			'london: no measurement of 203.0.113.10, 203.0.113.20. Add it under SD-WAN & traffic shaping, Uplink statistics, or check that the appliance is online.',
		],
		[
			'R3.3 of primary, also where a backup is active and measured',
			{ tags: ON_BACKUP, paris: CLEAN },
			'london: no measurement of 203.0.113.10. Add it under SD-WAN & traffic shaping, Uplink statistics, or check that the appliance is online.',
		],
		[
			'R1.3 with the numbers of the row that has some',
			{
				tags: ON_PRIMARY,
				london: '_ _ _ _ _',
				rows: [row(LONDON_IP, CLEAN, { uplink: 'wan2' })],
				settings: { judgedUplinks: { kind: 'chosen', uplinks: ['wan1', 'wan2'] } },
			},
			'london (203.0.113.10 on wan2): 0 of 5 samples at or over 30 %, newest 0 % at 11:57 UTC. Nothing to do.',
		],
		[
			'R4.1 tags that are not in order, all of them',
			{ tags: ['london_primary_up', 'paris_backup_up'] },
			'More than one peer is up: london_primary_up, paris_backup_up. Set all but one down in the dashboard.',
		],
	];
	test.each(rows)('%s', (_says, branch, expected) => {
		expect(explained(branch)).toBe(expected);
	});
});
