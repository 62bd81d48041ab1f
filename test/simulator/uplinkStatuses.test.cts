import { ask, networkWith, organizationWith, scenarioWith, simulatorOf, START } from './dashboards.cjs';

const PATH = '/organizations/1/appliance/uplink/statuses';
const wan1 = { interface: 'wan1' };

function pair() {
	const appliances = [
		{ serial: 'Q2AA-AAAA-AAAA', uplinks: [wan1, { interface: 'cellular' }] },
		{ serial: 'Q2BB-BBBB-BBBB', uplinks: [{ interface: 'wan1', status: 'ready' }] },
	];
	return simulatorOf(
		scenarioWith({ organizations: [organizationWith({ networks: [networkWith({ appliances })] })] }),
	);
}

describe('uplink statuses', () => {
	it('tell a warm spare by its role', async () => {
		const { body } = await ask(pair(), PATH);
		expect(body).toMatchObject([
			{
				networkId: 'N_1',
				serial: 'Q2AA-AAAA-AAAA',
				highAvailability: { enabled: true, role: 'primary' },
				uplinks: [
					{ interface: 'wan1', status: 'active' },
					{ interface: 'cellular', status: 'ready' },
				],
			},
			{
				serial: 'Q2BB-BBBB-BBBB',
				highAvailability: { enabled: true, role: 'spare' },
				uplinks: [{ status: 'ready' }],
			},
		]);
	});

	it.each([
		['by serial', '?serials[]=Q2BB-BBBB-BBBB', ['Q2BB-BBBB-BBBB']],
		['by network', '?networkIds[]=N_1', ['Q2AA-AAAA-AAAA', 'Q2BB-BBBB-BBBB']],
		['by a network that is not there', '?networkIds[]=N_2', []],
		['by a SIM card nobody has', '?iccids[]=1', []],
	])('are filtered %s', async (_says, query, serials) => {
		const { body } = await ask(pair(), PATH + query);
		expect((body as Array<{ serial: string }>).map(({ serial }) => serial)).toEqual(serials);
	});

	it('show a report of the last minute', async () => {
		const simulator = pair();
		simulator.clock.advance(10 * 60_000);
		const { body } = await ask(simulator, PATH);
		const [first] = body as Array<{ lastReportedAt: string }>;
		const age = simulator.clock.now() - Date.parse(first?.lastReportedAt ?? '');
		expect(age).toBeGreaterThanOrEqual(0);
		expect(age).toBeLessThanOrEqual(62_000);
	});

	it.each([
		['loses its uplinks', undefined, 'not connected'],
		['keeps the last report', 'asLastReported' as const, 'active'],
	])('of an appliance that is offline: it %s', async (_says, uplinks, status) => {
		const simulator = pair();
		simulator.applyEvent({
			kind: 'applianceOffline',
			where: { serial: 'Q2AA-AAAA-AAAA' },
			...(uplinks === undefined ? {} : { uplinks }),
		});
		simulator.clock.advance(10 * 60_000);
		const [first, spare] = (await ask(simulator, PATH)).body as Array<{
			lastReportedAt: string;
			uplinks: Array<{ status: string }>;
		}>;
		expect(first?.uplinks[0]?.status).toBe(status);
		expect(Date.parse(first?.lastReportedAt ?? '')).toBeLessThanOrEqual(START);
		expect(Date.parse(spare?.lastReportedAt ?? '')).toBeGreaterThan(START);
	});

	it('change with an event, on the uplink it names', async () => {
		const simulator = pair();
		simulator.applyEvent({
			kind: 'uplinkStatus',
			atMinutes: 1,
			untilMinutes: 2,
			where: { serial: 'Q2AA-AAAA-AAAA', uplink: 'wan1' },
			status: 'failed',
		});
		const statuses = async () =>
			((await ask(simulator, PATH)).body as Array<{ uplinks: Array<{ status: string }> }>)[0]?.uplinks.map(
				({ status }) => status,
			);
		expect(await statuses()).toEqual(['active', 'ready']);
		simulator.clock.advance(60_000);
		expect(await statuses()).toEqual(['failed', 'ready']);
		simulator.clock.advance(60_000);
		expect(await statuses()).toEqual(['active', 'ready']);
	});
});
