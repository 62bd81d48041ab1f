import {
	heldPairs,
	appliance,
	DNS_IP,
	evaluateBranch,
	LONDON,
	LONDON_IP,
	network,
	NETWORK_ID,
	ON_BACKUP,
	ON_PRIMARY,
	PARIS,
	row,
	settings,
} from '../../support/branch';
import { applianceInUse } from '../../../core/health/applianceInUse';
import { EMPTY_ORGANIZATION_MEMORY } from '../../../core/memory/memory';
import type { OrganizationMemory } from '../../../core/memory/memory';
import type { OrganizationRun } from '../../../core/cycle/concludeRun';
import type { Settings } from '../../../core/settings/settings';
import { explainOutcome } from '../../../core/notify/explain';
import type { Branch } from '../../support/branch';
import { runOnce } from '../../support/run';
import { CLEAN, DEAD, NOW } from '../../support/series';

const ALL_DAY: Partial<Settings> = {
	maintenance: [
		{
			kind: 'weekly',
			networkTag: null,
			timeZone: 'UTC',
			weekdays: [0, 1, 2, 3, 4, 5, 6],
			fromMinute: 0,
			untilMinute: 1440,
		},
	],
};

function headings({ alert }: OrganizationRun): string[] {
	return (alert?.sections ?? []).map(({ heading }) => heading);
}

describe('R8.5 standing notices', () => {
	const KEPT: OrganizationMemory = { ...EMPTY_ORGANIZATION_MEMORY, evaluatedAt: NOW - 30_000 };
	const managed = (before: number, now: number) =>
		headings(
			runOnce({
				networks: Array.from({ length: now }, (_each, at) => network(ON_PRIMARY, { id: `N_${at}` })),
				rows: Array.from({ length: now }, (_each, at) => row(LONDON_IP, CLEAN, { networkId: `N_${at}` })),
				memory: { ...KEPT, managed: { count: before, at: NOW - 30_000 } },
			}),
		);

	test('R8.5 managed networks halved since the last run are told', () => {
		expect(managed(10, 5)).toEqual(['Half of the managed networks are no longer visible']);
		expect(managed(10, 0)).toEqual(['Half of the managed networks are no longer visible']);
		expect(managed(10, 6)).toEqual([]);
		expect(managed(1, 0)).toEqual([]);
	});

	test('R8.5 native failover on a peer that is used is told, on another it is not', () => {
		const run = (hasNativeFailover: boolean, tags: readonly string[]) =>
			headings(
				runOnce({
					networks: [network(ON_PRIMARY)],
					rows: [row(LONDON_IP, CLEAN)],
					memory: KEPT,
					snapshot: {
						peers: {
							kind: 'known',
							peers: [LONDON, PARIS, { ...LONDON, name: 'other', hasNativeFailover, networkTags: tags }],
						},
					},
				}),
			);
		expect(run(true, ['x'])).toEqual([]);
		expect(run(true, ['all'])).toEqual([]);
		const used = { ...PARIS, hasNativeFailover: true };
		const told = runOnce({
			networks: [network(ON_PRIMARY)],
			rows: [row(LONDON_IP, CLEAN)],
			memory: KEPT,
			snapshot: { peers: { kind: 'known', peers: [LONDON, used] } },
		});
		expect(headings(told)).toEqual(["Meraki's own failover is on for a peer"]);
	});

	test('R8.5 off primary over an hour is told with what keeps it there', () => {
		const at = (sinceMs: number) =>
			runOnce({
				networks: [network(ON_BACKUP)],
				rows: [row(LONDON_IP, '0 0 2 0 0')],
				memory: {
					...KEPT,
					pairs: heldPairs({
						[JSON.stringify([NETWORK_ID, ''])]: {
							role: 'backup',
							peer: 'paris',
							since: NOW - sinceMs,
							seenAt: NOW - 30_000,
							how: 'asked',
						},
					}),
				},
			});
		expect(headings(at(3_599_999))).toEqual([]);
		expect(headings(at(3_600_000))).toEqual(['On backup for more than an hour']);
		expect(at(3_600_000).alert?.sections[0]?.rows[0]?.explanation).toMatch(
			/Back on london at 12:02 UTC at the earliest, after 5 min at or under 0 % loss/,
		);
	});

	const vetoes: { says: string; branch: Omit<Branch, 'tags'>; tags: readonly string[]; expect: RegExp }[] = [
		{
			says: 'R4.4 maintenance',
			tags: ON_PRIMARY,
			branch: { london: DEAD, settings: ALL_DAY },
			expect: /maintenance window/,
		},
		{
			says: 'R4.7 never seen healthy',
			tags: ON_PRIMARY,
			branch: { london: DEAD, earlier: [] },
			expect: /may filter ICMP/,
		},
		{
			says: 'R4.8 line fault',
			tags: ON_PRIMARY,
			branch: { london: DEAD, rows: [row(DNS_IP, DEAD)] },
			expect: /WAN problem at the branch/,
		},
		{
			says: 'R4.10 hand move',
			tags: ON_BACKUP,
			branch: { london: CLEAN, remembered: [], memory: { pairs: {} } },
			expect: /An operator moved it/,
		},
		{
			says: 'R1.3 a backup by every IP but the excluded',
			tags: ON_BACKUP,
			branch: {
				rows: [row('198.51.100.1', '0 0 1 0 0')],
				settings: { trackedIps: { kind: 'everyExcept', excludedIps: [] } },
			},
			expect: /london/,
		},
	];
	test.each(vetoes)('the sentence of $says', ({ branch, tags, expect: expected }) => {
		const [outcome] = evaluateBranch({ ...branch, tags }).outcomes;
		if (!outcome) throw new Error('nothing was judged');
		expect(explainOutcome(outcome, settings(branch.settings ?? {}), NOW)).toMatch(expected);
	});

	test('R5.1 Swap None says so, and what to do', () => {
		const networks = Array.from({ length: 11 }, (_each, at) => network(ON_PRIMARY, { id: `N_${at}` }));
		const { alert, outcomes } = runOnce({
			networks,
			rows: networks.map(({ id }) => row(LONDON_IP, DEAD, { networkId: id })),
			settings: { massFailover: { sharePercent: 25, above: 'stop' } },
			memory: KEPT,
		});
		expect(alert?.sections[0]?.nextStep).toMatch(/Fail Over/);
		expect(outcomes.every((outcome) => outcome.kind === 'judged' && outcome.verdict.kind === 'vetoed')).toBe(
			true,
		);
	});

	test('R4.4 a failover that maintenance stops is told as information', () => {
		const { alert } = runOnce({
			networks: [network(ON_PRIMARY)],
			rows: [row(LONDON_IP, DEAD)],
			settings: ALL_DAY,
			memory: KEPT,
		});
		expect(alert?.severity).toBe('info');
		expect(alert?.sections[0]?.heading).toMatch(/maintenance/);
	});
});

test('R1.3 an appliance that never reported is not the one that reported more recently', () => {
	const reported = appliance(['wan1'], { serial: 'B', role: 'spare', lastReportedAt: NOW });
	const silent = appliance(['wan1'], { serial: 'A', role: 'primary', lastReportedAt: null });
	expect(applianceInUse([silent, reported])).toMatchObject({ serial: 'B' });
});
