import type { VetoReason } from '../../../core/decide/verdict';
import type { JudgedPair } from '../../../core/decide/outcome';
import { MINUTE_MS } from '../../../core/domain/time';
import { moveCondition, moveKey, pairConditions, rowOf } from '../../../core/notify/pairAlerts';
import type { LineVerdict } from '../../../core/health/lineFault';
import type { Action, Severity } from '../../../core/domain/types';
import {
	evaluateBranch,
	judgedPair,
	LONDON,
	NETWORK_ID,
	ON_BACKUP,
	ON_PRIMARY,
	PARIS,
	settings,
	THREE_ON_PRIMARY,
} from '../../support/branch';
import { DEAD, NOW } from '../../support/series';

const failing = () => judgedPair({ tags: ON_PRIMARY, london: DEAD, paris: '0 0 0 0 0' });

function vetoedFor(reason: VetoReason, action: Action, line: LineVerdict | null = null): JudgedPair {
	const outcome = failing();
	const [to] = outcome.pair.backups;
	if (!to) throw new Error('The pair has no backup');
	return {
		...outcome,
		verdict: { kind: 'vetoed', action, to, wantedFor: 'primaryFailing', reason, line },
	};
}

const told = (outcome: JudgedPair) => pairConditions(outcome, settings(), NOW, true);

describe('R8.5 what is told of a move that something stops', () => {
	const rows: readonly {
		reason: VetoReason;
		action?: Action;
		line?: LineVerdict;
		severity: Severity;
		heading: string;
		nextStep: string;
	}[] = [
		{
			reason: 'hold',
			action: 'swapBack',
			severity: 'info',
			heading: 'Held, ready to swap back',
			nextStep: 'Use Release Hold when these networks may move again.',
		},
		{
			reason: 'hold',
			severity: 'critical',
			heading: 'Held while the active peer is lossy',
			nextStep: 'Use Release Hold to let these networks move.',
		},
		{
			reason: 'maintenance',
			severity: 'info',
			heading: 'Not moved: a maintenance window is on',
			nextStep: '',
		},
		{
			reason: 'noStatus',
			severity: 'warning',
			heading: 'Not moved: the uplink in use is not known',
			nextStep: 'Let the API key read appliance uplink statuses.',
		},
		{
			reason: 'offline',
			severity: 'warning',
			heading: 'Not moved: the appliance has no active uplink',
			nextStep: "Check the branch's WAN uplinks.",
		},
		{
			reason: 'neverHealthy',
			severity: 'warning',
			heading: 'Never seen healthy: the active peer may filter ICMP',
			nextStep: 'Let the peer answer ICMP from the branches, or track another address of it.',
		},
		{
			reason: 'lineFault',
			severity: 'warning',
			heading: 'Not moved: WAN problem at the branch',
			nextStep: 'Check the uplink; another peer would not help.',
		},
		{
			reason: 'noCandidate',
			line: 'notTheLine',
			severity: 'critical',
			heading: 'Data center or both peers down',
			nextStep: 'Check the data center; the lines of the branches are clean.',
		},
		{
			reason: 'noCandidate',
			line: 'noReference',
			severity: 'critical',
			heading: 'No peer to move to',
			nextStep: 'Check the data center, the backup peers and the lines.',
		},
		{
			reason: 'paused',
			action: 'swapBack',
			severity: 'info',
			heading: 'Ready to swap back: moves are paused',
			nextStep: 'Use the action Swap Back of Swap VPN Tags.',
		},
		{
			reason: 'paused',
			severity: 'critical',
			heading: 'Not moved: moves are paused',
			nextStep: 'Set Moves to All, or use the action Fail Over.',
		},
		{
			reason: 'outsideWindow',
			action: 'swapBack',
			severity: 'info',
			heading: 'Ready to swap back in the next swap-back period',
			nextStep: '',
		},
		{
			reason: 'handMove',
			action: 'swapBack',
			severity: 'info',
			heading: 'Moved manually: left there',
			nextStep: 'Use the action Swap Back of Swap VPN Tags to move them back.',
		},
	];
	test.each(rows)('$reason: $heading', ({ reason, action = 'failover', line = null, ...telling }) => {
		expect(told(vetoedFor(reason, action, line))).toEqual([
			expect.objectContaining({
				...telling,
				key: JSON.stringify(['veto', NETWORK_ID, '']),
				fingerprint: JSON.stringify([reason, action]),
				tellAfterMs: 0,
			}),
		]);
	});

	test.each(['massFailover', 'swapBackRate'] as const)('%s is told once for all, not here', (reason) => {
		expect(told(vetoedFor(reason, 'failover'))).toEqual([]);
	});
});

describe('R8.5 a wanted move', () => {
	test('is a condition with a key of its own, so that a dry run is told like what lasts', () => {
		expect(moveKey('N_1', 'a')).toBe('["move","N_1","a"]');
		expect(moveCondition(failing(), 'why', 7)).toEqual({
			key: moveKey(NETWORK_ID, ''),
			fingerprint: 'paris_backup_down',
			since: 7,
			tellAfterMs: 0,
			severity: 'warning',
			heading: '',
			nextStep: '',
			incidentPeer: 'london',
			row: rowOf(failing(), 'why', 'paris'),
		});
	});

	test('that is none has no target', () => {
		const condition = moveCondition(vetoedFor('hold', 'failover'), 'why', 7);
		expect(condition).toMatchObject({ fingerprint: '', row: { to: null } });
	});
});

describe('a line of a message about a branch', () => {
	test('shows the newest ten samples of the active peer, and no tags', () => {
		const outcome = failing();
		expect(rowOf(outcome, 'why', null)).toEqual({
			networkId: NETWORK_ID,
			networkName: outcome.network.name,
			networkUrl: outcome.network.url,
			from: 'london',
			to: null,
			explanation: 'why',
			lossPercents: [100, 100, 100, 100, 100],
			durationMs: null,
			tagsBefore: [],
			tagsAfter: [],
		});
		const samples = Array.from({ length: 12 }, (_, at) => ({
			sampledAt: NOW - (12 - at) * MINUTE_MS,
			lossPercent: at,
			latencyMs: null,
		}));
		const { active } = outcome.peers;
		const long = { ...active, rows: active.rows.map((row) => ({ ...row, samples })) };
		const longer = { ...outcome, peers: { ...outcome.peers, active: long } };
		expect(rowOf(longer, '', null).lossPercents).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
	});

	test('of a peer without samples shows none', () => {
		expect(rowOf(judgedPair({ tags: ON_PRIMARY }), '', null).lossPercents).toHaveLength(0);
	});
});

describe('R4.1 tags not in order', () => {
	test('are told at once, anew when they change', () => {
		const tags = ['london_primary_up', 'paris_backup_up'];
		const [outcome] = evaluateBranch({ tags }).outcomes;
		if (outcome?.kind !== 'inconsistent') throw new Error('The tags are in order');
		expect(pairConditions(outcome, settings(), NOW, true)).toEqual([
			{
				key: JSON.stringify(['tags', NETWORK_ID, '']),
				fingerprint: JSON.stringify(['severalActiveRoles', tags]),
				tellAfterMs: 0,
				severity: 'warning',
				heading: 'VPN tags are inconsistent: these branches are not moved',
				incidentPeer: null,
				nextStep: 'Correct the tags in the dashboard under Organization, Overview.',
				row: {
					networkId: NETWORK_ID,
					networkName: outcome.network.name,
					networkUrl: outcome.network.url,
					from: null,
					to: null,
					explanation: expect.stringContaining('london_primary_up'),
					lossPercents: [],
					durationMs: null,
					tagsBefore: [],
					tagsAfter: [],
				},
			},
		]);
	});
});

describe('R4.9 no candidate for a branch on a backup', () => {
	const headings = (paris: string) =>
		told(judgedPair({ tags: ON_BACKUP, london: '100 100 100 100 100', paris })).map(({ heading }) => heading);

	test('is an alert while the backup fails', () => {
		expect(headings('0 0 0 80 80')).toEqual(['No peer to move to']);
	});

	test('is none while its newest sample is not bad: it was chosen because it was clearly better (R3.4)', () => {
		expect(headings('0 0 80 80 0')).toEqual([]);
		expect(headings('0 0 80 80 _')).toEqual(['No peer to move to']);
	});
});

describe('R8.5 not protected', () => {
	const conditionsOf = (branch: Parameters<typeof judgedPair>[0]) =>
		pairConditions(judgedPair(branch), settings(), NOW, true).map(
			({ key, fingerprint, tellAfterMs, comesAndGoes, severity, heading, nextStep }) => ({
				key,
				fingerprint,
				tellAfterMs,
				comesAndGoes,
				severity,
				heading,
				nextStep,
			}),
		);

	test('where the organization has no loss data, a branch without data is no alert of its own; a wrong setting is', () => {
		const keys = (branch: Parameters<typeof judgedPair>[0]) =>
			pairConditions(judgedPair(branch), settings(), NOW, false).map(({ heading }) => heading);
		expect(keys({ tags: ON_PRIMARY })).toEqual([]);
		expect(keys({ tags: ON_PRIMARY, peers: { kind: 'known', peers: [] } })).toContain(
			'Not protected: no measurement of the primary peer',
		);
	});

	test('a primary without data is told after ten minutes', () => {
		expect(conditionsOf({ tags: ON_PRIMARY, paris: '0 0 0 0 0' })).toEqual([
			{
				key: JSON.stringify(['unprotected', NETWORK_ID, '', 'london']),
				fingerprint: 'noData',
				tellAfterMs: 10 * MINUTE_MS,
				comesAndGoes: true,
				severity: 'warning',
				heading: 'Not protected: no measurement of the primary peer',
				nextStep: '',
			},
		]);
	});

	test('a primary and a backup that no VPN peer stands for are told at once, each for itself', () => {
		expect(conditionsOf({ tags: ON_PRIMARY, peers: { kind: 'known', peers: [] } })).toEqual([
			{
				key: JSON.stringify(['unprotected', NETWORK_ID, '', 'london']),
				fingerprint: 'noPeerListsTag',
				tellAfterMs: 0,
				comesAndGoes: false,
				severity: 'warning',
				heading: 'Not protected: no measurement of the primary peer',
				nextStep: '',
			},
			{
				key: JSON.stringify(['unprotected', NETWORK_ID, '', 'paris']),
				fingerprint: 'noPeerListsTag',
				tellAfterMs: 0,
				comesAndGoes: false,
				severity: 'warning',
				heading: 'No way to this backup',
				nextStep: '',
			},
		]);
	});

	test('one of several backups that no VPN peer stands for is told', () => {
		const peers = { kind: 'known' as const, peers: [LONDON, PARIS] };
		const told = conditionsOf({ tags: THREE_ON_PRIMARY, london: '0 0 0 0 0', peers });
		expect(told.map(({ key, heading }) => [key, heading])).toEqual([
			[JSON.stringify(['unprotected', NETWORK_ID, '', 'rome']), 'No way to this backup'],
		]);
	});

	test('peers that cannot be read are told once for the organization, not here', () => {
		expect(conditionsOf({ tags: ON_PRIMARY, peers: { kind: 'notReadable' } })).toEqual([]);
	});
});
