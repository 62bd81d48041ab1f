import { ask, PRIMARY_IP, putTags, scenarioWith, simulatorOf, START, tagsOf } from './dashboards.cjs';

const LOSS = '/organizations/1/devices/uplinksLossAndLatency';

describe('the chain a failover goes through', () => {
	it('shows loss two minutes late, takes the swapped tags, and shows the branch at the other peer', async () => {
		const loss = { kind: 'loss', atMinutes: 3, where: { ip: PRIMARY_IP }, lossPercent: 100 };
		const simulator = simulatorOf(scenarioWith({ events: [loss] }));

		simulator.clock.advance(5 * 60_000);
		const before = await ask(simulator, `${LOSS}?ip=${PRIMARY_IP}`);
		simulator.clock.advance(60_000);
		const after = await ask(simulator, `${LOSS}?ip=${PRIMARY_IP}`);
		expect(lossOf(before.body)).toEqual([0, 0, 0, 0, 0]);
		expect(lossOf(after.body)).toEqual([0, 0, 0, 0, 100]);
		expect(after.headers['date']).toBe(new Date(START + 6 * 60_000).toUTCString());

		const swapped = ['branch', 'london_primary_down', 'site:LS1', 'paris_backup_up'];
		const written = await putTags(simulator, swapped);
		expect(written.body).toMatchObject({ id: 'N_1', tags: swapped });
		expect(tagsOf(simulator)).toEqual(swapped);
		const state = await ask(simulator, '/simulator/state');
		expect(state.body).toMatchObject({ networks: [{ id: 'N_1', activePeers: ['paris'] }] });
	});
});

function lossOf(body: unknown): unknown[] {
	if (!Array.isArray(body)) return [];
	return body.flatMap((row: { timeSeries: Array<{ lossPercent: number }> }) =>
		row.timeSeries.map(({ lossPercent }) => lossPercent),
	);
}
