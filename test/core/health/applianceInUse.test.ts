import { applianceInUse } from '../../../core/health/applianceInUse';
import { appliance } from '../../support/branch';
import { NOW } from '../../support/series';

describe('R1.3 the appliance and uplink in use', () => {
	const spare = (changes: Parameters<typeof appliance>[1], active: readonly string[] = ['wan1']) =>
		appliance(active, { role: 'spare', ...changes });
	const rows: { says: string; appliances: ReturnType<typeof appliance>[]; expect: string }[] = [
		{ says: 'R4.5 no appliance', appliances: [], expect: 'offline' },
		{ says: 'R4.5 no active uplink', appliances: [appliance([], { failed: ['wan1'] })], expect: 'offline' },
		{
			says: 'the one that alone has an active uplink',
			appliances: [appliance([], { serial: 'A', failed: ['wan1'] }), spare({ serial: 'B' })],
			expect: 'B wan1',
		},
		{
			says: 'the primary of two, whatever their serials and order',
			appliances: [spare({ serial: 'A' }), appliance(['wan1'], { serial: 'B' }), spare({ serial: 'C' })],
			expect: 'B wan1',
		},
		{
			says: 'a spare that reported five minutes later',
			appliances: [
				appliance(['wan1'], { serial: 'A', lastReportedAt: NOW - 300_000 }),
				spare({ serial: 'B', lastReportedAt: NOW }),
			],
			expect: 'B wan1',
		},
		{
			says: 'not one that reported a little less later',
			appliances: [
				spare({ serial: 'B', lastReportedAt: NOW }),
				appliance(['wan1'], { serial: 'A', lastReportedAt: NOW - 299_999 }),
			],
			expect: 'A wan1',
		},
		{
			says: 'none of two, where neither is called primary and both have just reported',
			appliances: [spare({ serial: 'B' }), spare({ serial: 'A', role: null })],
			expect: 'unclear',
		},
		{
			says: 'none of two that are both called primary',
			appliances: [appliance(['wan1'], { serial: 'B' }), appliance(['wan1'], { serial: 'A' })],
			expect: 'unclear',
		},
		{
			says: 'without a primary the one that reported five minutes later',
			appliances: [spare({ serial: 'A', lastReportedAt: NOW - 300_000 }), spare({ serial: 'B' })],
			expect: 'B wan1',
		},
		{
			says: 'a lone appliance, whatever its role',
			appliances: [appliance(['wan1'], { role: null }), spare({ serial: 'B' }, [])],
			expect: 'wan1',
		},
		{
			says: 'the lowest-numbered uplink',
			appliances: [appliance(['cellular', 'wan3', 'wan2'])],
			expect: 'wan2',
		},
		{ says: 'cellular before nothing', appliances: [appliance(['cellular'])], expect: 'cellular' },
		{
			says: 'a name that only resembles wan1 after wan2',
			appliances: [appliance(['xwan1', 'wan10', 'wan2'])],
			expect: 'wan2',
		},
	];
	test.each(rows)('$says: $expect', ({ appliances, expect: expected }) => {
		const judged = applianceInUse(appliances);
		const told = judged.kind === 'online' ? `${judged.serial} ${judged.activeUplink}` : judged.kind;
		expect(told.endsWith(expected)).toBe(true);
	});
});
