import type { JudgedPair } from '../../../core/decide/outcome';
import {
	DNS_IP,
	judged,
	judgedPair,
	LONDON,
	LONDON_IP,
	ON_BACKUP,
	ON_PRIMARY,
	PARIS,
	PARIS_IP,
	PEERS,
	ROME,
	row,
	THREE_ON_PARIS,
} from '../../support/branch';
import type { Branch } from '../../support/branch';
import { CLEAN, DEAD } from '../../support/series';

/** Where to and why, as an item and a notice carry it. */
function told(branch: Branch): unknown {
	const { verdict }: JudgedPair = judgedPair(branch);
	if (verdict.kind !== 'move' && verdict.kind !== 'vetoed') return verdict;
	const { kind, action, reason, line } = verdict;
	return { kind, action, reason, line, to: verdict.to === null ? null : verdict.to.peer };
}

describe('what a move carries', () => {
	test('R3.2 an escape is for the failing backup', () => {
		expect(told({ tags: ON_BACKUP, london: CLEAN, paris: DEAD })).toEqual({
			kind: 'move',
			action: 'failover',
			reason: 'backupFailing',
			line: 'noReference',
			to: 'london',
		});
	});

	test('R3.3 a swap back says nothing of the line, which nobody asked', () => {
		expect(told({ tags: ON_BACKUP, london: CLEAN, paris: CLEAN })).toEqual({
			kind: 'move',
			action: 'swapBack',
			reason: 'primaryRecovered',
			line: null,
			to: 'london',
		});
	});
});

describe('where a branch would go that something stops', () => {
	const held = (tags: readonly string[]) => [...tags, 'vpn_failover_hold'];
	const rows: (Branch & { says: string; reason: string; to: string | null })[] = [
		{ says: 'R4.2 to the candidate', tags: held(ON_PRIMARY), london: DEAD, reason: 'hold', to: 'paris' },
		{
			says: 'R4.7 nowhere, while it is not read yet whether the only backup ever answered',
			tags: held(ON_PRIMARY),
			london: DEAD,
			paris: DEAD,
			earlier: 'notAsked',
			reason: 'hold',
			to: null,
		},
		{
			says: 'R4.7 never to the failing backup it is on, though that was never seen healthy',
			tags: ON_BACKUP,
			london: DEAD,
			paris: DEAD,
			earlier: [row(LONDON_IP, CLEAN)],
			reason: 'neverHealthy',
			to: null,
		},
	];
	test.each(rows)('$says', ({ reason, to, ...branch }) => {
		expect(told(branch)).toMatchObject({ kind: 'vetoed', reason, to });
	});
});

describe('R4.7 a backup of which it is not known whether it ever answered', () => {
	/** Two tags, one address: no reference for the line, and yet to be told of as a candidate. */
	const peers = { kind: 'known', peers: [LONDON, PARIS, { ...ROME, publicIp: LONDON_IP }] } as const;
	const branch: Branch = { tags: THREE_ON_PARIS, london: DEAD, paris: '0 0 0 90 90', peers };

	test.each([
		['is read before a branch is sent there', 'notAsked', 'needs earlier days'],
		['is no candidate where it did', [row(LONDON_IP, CLEAN)], 'noCandidate stops failover'],
		['counts as unmeasured where it did not', [], 'failover to rome'],
	] as const)('R4.7 %s', (_what, earlier, expected) => {
		expect(judged({ ...branch, earlier })).toBe(expected);
	});
});

describe('loss on the active backup that says nothing of the backup', () => {
	const nobodyAnswered: Branch = { tags: ON_BACKUP, paris: DEAD, earlier: [] };

	test.each([
		['R4.8 and R3.3 the line loses, yet primary has recovered', CLEAN, 'swapBack to london'],
		['R4.8 the line loses, and primary has not recovered', '0 0 9 0 0', 'lineFault stops failover'],
	])('%s', (_what, london, expected) => {
		expect(judged({ tags: ON_BACKUP, london, paris: DEAD, rows: [row(DNS_IP, DEAD)] })).toBe(expected);
	});

	test('R2.4 whether primary has recovered is read, where only the past can tell', () => {
		const asking: Branch = {
			...nobodyAnswered,
			london: CLEAN,
			settings: { recoveryMinutes: 10 },
			remembered: [],
		};
		expect(judged({ ...asking, history: 'notAsked' })).toBe('needs history');
		expect(judged({ ...asking, history: [row(LONDON_IP, '0 0 0 0 0 0 0 0 0 0')] })).toBe(
			'swapBack to london',
		);
		expect(judged({ ...asking, history: [row(LONDON_IP, '0 7 0 0 0 0 0 0 0 0')] })).toBe(
			'neverHealthy stops failover',
		);
	});
});

describe('R3.4 clearly better holds for every row of both peers', () => {
	const uplinks = ['wan1', 'wan2'];
	const both = (ip: string, wan1: string, wan2: string) =>
		[wan1, wan2].map((series, at) => row(ip, series, { uplink: uplinks[at] ?? '' }));
	test.each([
		['than each of the active peer', '100 100 100 100 100', 'failover to paris'],
		['than one of two, and like the other', '0 0 0 30 5', 'noCandidate stops failover'],
	])('R3.4 %s', (_what, wan2, expected) => {
		expect(
			judged({
				tags: ON_PRIMARY,
				rows: [...both(LONDON_IP, DEAD, wan2), ...both(PARIS_IP, '40 0 0 0 0', '40 0 0 0 0')],
				settings: { judgedUplinks: { kind: 'chosen', uplinks } },
				peers: { kind: 'known', peers: PEERS },
			}),
		).toBe(expected);
	});
});
