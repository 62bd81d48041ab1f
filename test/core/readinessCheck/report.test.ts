import { countReady } from '../../../core/readinessCheck/readinessCheck';
import { unreadableConditions } from '../../../core/notify/organizationAlerts';
import { network, ON_PRIMARY, PARIS_IP, settings } from '../../support/branch';
import { ALL_CLEAN, readinessCheckOf, held, inNetwork, reportOf } from '../../support/readinessChecks';
import { NOW } from '../../support/series';

describe('the report of a readiness check', () => {
	const three = [
		network(ON_PRIMARY, { id: 'N_1', name: 'Leeds' }),
		network(ON_PRIMARY, { id: 'N_2', name: 'York' }),
		network(['london_primary_up'], { id: 'N_3', name: 'Bath' }),
	];
	const rows = ['N_1', 'N_2', 'N_3'].flatMap((id) => inNetwork(id, ALL_CLEAN));

	const NOTHING_MOVED = 'This was a readiness check: nothing was moved, and nothing is remembered of it.';
	const ready = three.slice(0, 2);
	const bad = [1, 2].map((at) => network(['london_primary_up'], { id: `N_${at}`, name: `Store ${at}` }));

	test('names the healthy count first', () => {
		expect(reportOf({ networks: three, rows }).title).toBe(
			'Acme: readiness check: 2 of 3 networks would fail over; 1 would not',
		);
		expect(reportOf().title).toBe('Acme: readiness check: the one network would fail over');
		expect(reportOf({ networks: [held(ON_PRIMARY)] }).title).toBe(
			'Acme: readiness check: the one network would not fail over',
		);
		expect(reportOf({ networks: [] }).title).toBe('Acme: readiness check: no network takes part');
		expect(reportOf({ networks: ready, rows }).title).toBe(
			'Acme: readiness check: all 2 networks would fail over',
		);
		expect(reportOf({ networks: bad }).title).toBe(
			'Acme: readiness check: none of 2 networks would fail over',
		);
	});

	test('of nobody shows what a tag looks like', () => {
		expect(reportOf({ networks: [] }).summary).toBe(
			`No network that passes the Networks filter carries VPN tags such as london_primary_up and paris_backup_down. Check the tags, the Tag Format, and what the API key may see. ${NOTHING_MOVED}`,
		);
	});

	const withoutParis = rows.filter(({ ip }) => ip !== PARIS_IP);
	test.each([
		['all is well', { networks: ready, rows }, 'Nothing would prevent a failover.'],
		[
			'all would fail over, some of them to a peer that nobody measures',
			{
				networks: ready,
				rows: [...inNetwork('N_1', ALL_CLEAN), ...withoutParis.filter((each) => each.networkId === 'N_2')],
			},
			'Nothing would prevent a failover. 1 could be protected better.',
		],
		[
			'one would not',
			{ networks: three, rows },
			'What would prevent a failover stands first, with how to mend it.',
		],
		[
			'one would not, and the others could be protected better',
			{ networks: three, rows: withoutParis },
			'What would prevent a failover stands first, with how to mend it. 2 could be protected better.',
		],
		[
			'one has something that prevents, and something that weakens',
			{ networks: [held(ON_PRIMARY)], rows: inNetwork('N_1', ALL_CLEAN).filter(({ ip }) => ip !== PARIS_IP) },
			'What would prevent a failover stands first, with how to mend it. 1 could be protected better.',
		],
	])('sums up: %s', (_says, input, expected) => {
		expect(reportOf(input).summary).toBe(`${expected} ${NOTHING_MOVED}`);
	});

	test('is a readiness check, of nothing that was written', () => {
		expect(reportOf()).toMatchObject({
			kind: 'readinessCheck',
			isDryRun: false,
			severity: 'info',
			incidentId: null,
			reportedAt: NOW,
			lossThresholdPercent: 30,
			sections: [],
		});
	});

	test.each([
		['refused', 'critical', 'The API key may read, but probably not write'],
		['unknown', 'warning', 'Whether the API key may write could not be told'],
	] as const)('quotes Meraki on a key that may not write: %s', (kind, severity, heading) => {
		const { sections } = reportOf({ writeAccess: { kind, why: 'Meraki says no.' } });
		expect(sections).toEqual([
			{
				heading,
				severity,
				nextStep: expect.stringContaining('move one network by hand'),
				rows: [expect.objectContaining({ networkName: 'Organization 1001', explanation: 'Meraki says no.' })],
			},
		]);
	});

	test('tells what of the organization could not be read before what the networks have', () => {
		const unreadable = unreadableConditions('1001', [{ what: 'statuses', why: 'Meraki says no.' }]);
		const { sections, severity } = reportOf({ networks: [held(ON_PRIMARY)] }, unreadable);
		expect(sections.map(({ heading }) => heading)).toEqual([
			'Uplink statuses could not be read',
			'Held by the tag vpn_failover_hold',
		]);
		expect(sections[0]).toMatchObject({
			severity: 'warning',
			nextStep: unreadable[0]?.nextStep,
			rows: [{ networkName: 'Organization 1001', explanation: 'Meraki says no.' }],
		});
		expect(severity).toBe('warning');
	});

	test('what most networks have stands first: it is mended once', () => {
		const networks = [held(ON_PRIMARY), ...bad.map((each, at) => ({ ...each, id: `N_${at + 2}` }))];
		expect(reportOf({ networks }).sections.map(({ heading }) => heading)).toEqual([
			'VPN tags are inconsistent',
			'Held by the tag vpn_failover_hold',
		]);
	});

	test('a row names the site, its first two peers, and what only it has', () => {
		const { sections } = reportOf({ networks: [held(ON_PRIMARY), ...bad.slice(1)] });
		const rowsOf = sections.flatMap((section) => section.rows);
		expect(rowsOf).toEqual([
			expect.objectContaining({ networkName: 'Leeds', from: 'london', to: 'paris', explanation: '' }),
			expect.objectContaining({
				networkName: 'Store 2',
				from: null,
				to: null,
				explanation: 'No backup tag beside london_primary_up. Add one, or there is nowhere to move to.',
			}),
		]);
	});

	test('a network with two pairs keeps the peers of both, in their order', () => {
		const tagFormat = { ...settings().tagFormat, format: '{group}_{peer}_{role}_{state}' };
		const tags = ['a_london_primary_up', 'a_paris_backup_down', 'b_rome_primary_up', 'b_oslo_backup_down'];
		const { networks } = readinessCheckOf({ networks: [network(tags)], settings: { tagFormat }, peers: [] });
		expect(networks.map(({ peers }) => peers)).toEqual([['london', 'paris', 'rome', 'oslo']]);
	});

	test('counts a network as ready that could be protected better', () => {
		const unknown = { kind: 'unknown', why: '' } as const;
		const result = readinessCheckOf({ networks: ready, rows: withoutParis, writeAccess: unknown });
		expect(countReady(result)).toEqual({ networks: 2, ready: 2 });
	});

	test('counts no network where the key may not write', () => {
		const refused = readinessCheckOf({ networks: three, rows, writeAccess: { kind: 'refused', why: '' } });
		expect(countReady(refused)).toEqual({ networks: 3, ready: 0 });
	});

	test('groups the networks that have the same, those that are prevented first', () => {
		const { sections, severity } = reportOf({
			networks: three,
			rows: rows.filter(({ ip }) => ip !== PARIS_IP),
		});
		expect(
			sections.map(({ heading, rows: shown }) => [heading, shown.map(({ networkName }) => networkName)]),
		).toEqual([
			['VPN tags are inconsistent', ['Bath']],
			['Backup not measured: paris', ['Leeds', 'York']],
		]);
		expect(severity).toBe('warning');
	});

	test('counts a network with two pairs once, and not as ready when one of them is not', () => {
		const tagFormat = { ...settings().tagFormat, format: '{group}_{peer}_{role}_{state}' };
		const tags = ['a_london_primary_up', 'a_paris_backup_down', 'b_london_primary_up'];
		const result = readinessCheckOf({ networks: [network(tags)], settings: { tagFormat }, peers: [] });
		expect(countReady(result)).toEqual({ networks: 1, ready: 0 });
	});
});
