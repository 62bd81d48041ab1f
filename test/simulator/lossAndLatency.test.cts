import type { Simulator } from '../../simulator/simulator.cjs';
import {
	ask,
	networkWith,
	organizationWith,
	PRIMARY_IP,
	scenarioWith,
	simulatorOf,
	START,
} from './dashboards.cjs';

const PATH = '/organizations/1/devices/uplinksLossAndLatency';
const MINUTE = 60_000;

interface Row {
	readonly serial: string;
	readonly uplink: string;
	readonly ip: string;
	readonly timeSeries?: ReadonlyArray<{ ts: string; lossPercent: number | null; latencyMs: number | null }>;
}

async function rows(simulator: Simulator, query = ''): Promise<readonly Row[]> {
	const { status, body, text } = await ask(simulator, `${PATH}${query}`);
	if (status !== 200) throw new Error(text);
	return body as readonly Row[];
}

const times = (row: Row | undefined) => (row?.timeSeries ?? []).map(({ ts }) => Date.parse(ts));
const losses = (row: Row | undefined) => row?.timeSeries?.map(({ lossPercent }) => lossPercent);
const iso = (at: number) => new Date(at).toISOString();

function simulatorWithNetwork(change: object, more: object = {}): Simulator {
	return simulatorOf(
		scenarioWith({ organizations: [organizationWith({ networks: [networkWith(change)] })], ...more }),
	);
}

describe('samples', () => {
	const appliances = Array.from({ length: 30 }, (_, index) => ({ serial: `Q2AA-AAAA-${1000 + index}` }));
	const simulator = simulatorWithNetwork({ appliances, destinations: ['8.8.8.8'] });

	it('come once a minute give or take a second, oldest first, in whole seconds, never on the full minute', async () => {
		for (const row of await rows(simulator)) {
			const at = times(row);
			expect(at).toHaveLength(5);
			for (const [index, time] of at.slice(1).entries()) {
				expect(Math.abs(time - (at[index] ?? 0) - MINUTE)).toBeLessThanOrEqual(1000);
			}
			expect(at.every((time) => time % MINUTE !== 0)).toBe(true);
			expect(row.timeSeries?.every(({ ts }) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(ts))).toBe(true);
		}
	});

	it('lie at an offset of each device, in the five minutes that end two minutes ago', async () => {
		const all = await rows(simulator);
		expect(new Set(all.map((row) => (times(row)[0] ?? 0) % MINUTE)).size).toBeGreaterThan(15);
		const at = all.flatMap(times);
		expect(Math.max(...at)).toBeLessThanOrEqual(START - 2 * MINUTE);
		expect(Math.min(...at)).toBeGreaterThan(START - 7 * MINUTE);
	});

	it('are the same in every read that covers them, and in a second simulator', async () => {
		const first = await rows(simulator);
		const again = simulatorWithNetwork({ appliances, destinations: ['8.8.8.8'] });
		expect(await rows(again)).toEqual(first);
		again.clock.advance(2 * MINUTE);
		const later = await rows(again);
		expect(later[0]?.timeSeries?.slice(0, 3)).toEqual(first[0]?.timeSeries?.slice(2));
	});

	it('differ with the seed', async () => {
		const other = simulatorWithNetwork({ appliances, destinations: ['8.8.8.8'] }, { seed: 2 });
		expect(await rows(other)).not.toEqual(await rows(simulator));
	});
});

describe('rows', () => {
	const uplinks = [{ interface: 'wan1' }, { interface: 'wan2' }, { interface: 'cellular' }];
	const simulator = simulatorWithNetwork({
		appliances: [
			{ serial: 'Q2AA-AAAA-AAAA', uplinks },
			{ serial: 'Q2BB-BBBB-BBBB', uplinks: [{ interface: 'wan1' }] },
		],
	});
	const named = async (query: string) =>
		(await rows(simulator, query)).map(({ serial, uplink, ip }) => `${serial.slice(0, 4)} ${uplink} ${ip}`);

	it('are one per serial, uplink and destination: also of the spare, not of a cellular uplink', async () => {
		expect(await named('')).toEqual([
			'Q2AA wan1 8.8.8.8',
			`Q2AA wan1 ${PRIMARY_IP}`,
			'Q2AA wan2 8.8.8.8',
			`Q2AA wan2 ${PRIMARY_IP}`,
			'Q2BB wan1 8.8.8.8',
			`Q2BB wan1 ${PRIMARY_IP}`,
		]);
	});

	it('are filtered by uplink and by destination', async () => {
		expect(await named('?uplink=wan2')).toEqual(['Q2AA wan2 8.8.8.8', `Q2AA wan2 ${PRIMARY_IP}`]);
		expect(await named(`?ip=${PRIMARY_IP}&uplink=wan1`)).toEqual([
			`Q2AA wan1 ${PRIMARY_IP}`,
			`Q2BB wan1 ${PRIMARY_IP}`,
		]);
		expect(await named('?ip=192.0.2.99')).toEqual([]);
	});

	it('of a cellular uplink appear when it is probed', async () => {
		const probed = simulatorWithNetwork({
			appliances: [{ uplinks: [{ interface: 'cellular', probed: true }] }],
		});
		expect(await rows(probed)).toHaveLength(2);
	});
});

describe('the window', () => {
	const at = (minutes: number) => iso(START + minutes * MINUTE);

	it.each([
		['a time span ends two minutes ago', '?timespan=120', [-4, -2]],
		['from t0 five minutes', `?t0=${at(-30)}`, [-30, -25]],
		['up to t1 five minutes', `?t1=${at(-30)}`, [-35, -30]],
		['from t0 to t1', `?t0=${at(-33)}&t1=${at(-30)}`, [-33, -30]],
		['an early end if t0 is recent', `?t0=${at(-3)}`, [-3, -2]],
		[
			'in seconds since 1970',
			`?t0=${(START - 30 * MINUTE) / 1000}&t1=${(START - 28 * MINUTE) / 1000}`,
			[-30, -28],
		],
		['fifty days ago', `?t0=${at(-72_000)}`, [-72_000, -71_995]],
	])('%s', async (_says, query, [from = 0, until = 0]) => {
		const sampled = times((await rows(simulatorOf(), query))[0]);
		expect(sampled.length).toBe(until - from);
		expect(Math.min(...sampled)).toBeGreaterThan(START + from * MINUTE);
		expect(Math.max(...sampled)).toBeLessThanOrEqual(START + until * MINUTE);
	});

	it.each([
		['a span over five minutes', '?timespan=301'],
		['t0 and t1 over five minutes apart', `?t0=${at(-8)}&t1=${iso(START - 3 * MINUTE + 1000)}`],
		['an end less than two minutes ago', `?t0=${at(-5)}&t1=${iso(START - 2 * MINUTE + 1000)}`],
		['an end before the beginning', `?t0=${at(-5)}&t1=${at(-6)}`],
		['a span together with a time', `?timespan=60&t0=${at(-5)}`],
		['a beginning over 60 days ago', `?t0=${at(-60 * 24 * 60 - 1)}`],
		['a time that is none', '?t0=yesterday'],
		['an end that is none', '?t1=now'],
		['no span at all', '?timespan=0'],
		['an uplink that does not exist', '?uplink=wan9'],
	])('refuses %s', async (_says, query) => {
		expect((await ask(simulatorOf(), PATH + query)).status).toBe(400);
	});
});

describe('loss', () => {
	it('counts from the minute it began to the minute it ended, where the event says and nowhere else', async () => {
		const uplinks = [{ interface: 'wan1' }, { interface: 'wan2' }];
		const simulator = simulatorWithNetwork({ appliances: [{ uplinks }] });
		simulator.applyEvent({
			kind: 'loss',
			atMinutes: 1,
			untilMinutes: 3,
			where: { organization: '1', networks: ['Leeds'], uplink: 'wan1', ip: PRIMARY_IP },
			lossPercent: 42.5,
			latencyMs: 300,
		});
		simulator.clock.advance(7 * MINUTE);
		const all = await rows(simulator);
		expect(all.map(losses)).toEqual([
			[0, 0, 0, 0, 0],
			[0, 42.5, 42.5, 0, 0],
			[0, 0, 0, 0, 0],
			[0, 0, 0, 0, 0],
		]);
		expect(all[1]?.timeSeries?.map(({ latencyMs }) => latencyMs === 300)).toEqual([
			false,
			true,
			true,
			false,
			false,
		]);
	});

	it.each([
		['another organization', { organization: '2' }],
		['another uplink', { uplink: 'wan2' as const }],
		['another destination', { ip: '192.0.2.9' }],
		['another serial', { serial: 'Q2ZZ-ZZZZ-ZZZZ' }],
		['none of the networks', { share: 0 }],
	])('of %s does not show', async (_says, where) => {
		const organizations = [organizationWith(), organizationWith({ id: '2', networks: [] })];
		const simulator = simulatorOf(scenarioWith({ organizations }));
		simulator.applyEvent({ kind: 'loss', atMinutes: -10, where, lossPercent: 100 });
		expect((await rows(simulator)).map(losses)).toEqual([
			[0, 0, 0, 0, 0],
			[0, 0, 0, 0, 0],
		]);
	});

	it('takes a repeatable share of the networks', async () => {
		const organizations = [organizationWith({ networks: [], generate: { networks: 200 } })];
		const lossy = async () => {
			const simulator = simulatorOf(scenarioWith({ organizations }));
			simulator.applyEvent({ kind: 'loss', atMinutes: -10, where: { share: 0.25 }, lossPercent: 100 });
			return (await rows(simulator)).filter((row) => losses(row)?.[0] === 100).map(({ serial }) => serial);
		};
		const first = await lossy();
		expect(await lossy()).toEqual(first);
		expect(first.length).toBeGreaterThan(30);
		expect(first.length).toBeLessThan(70);
	});

	it('in the background strikes so many minutes and stays under its bound', async () => {
		const background = { minutesPercent: 20, lossPercent: 8 };
		const organizations = [organizationWith({ networks: [], generate: { networks: 200 } })];
		const all = (await rows(simulatorOf(scenarioWith({ organizations, background })))).flatMap(
			(row) => losses(row) ?? [],
		);
		const lossy = all.filter((lossPercent) => lossPercent !== null && lossPercent > 0);
		expect(lossy.length / all.length).toBeGreaterThan(0.15);
		expect(lossy.length / all.length).toBeLessThan(0.25);
		expect(Math.max(...lossy.map(Number))).toBeLessThanOrEqual(8);
	});

	it('lies in the history before the run only where an event puts it', async () => {
		const simulator = simulatorOf();
		simulator.applyEvent({ kind: 'loss', atMinutes: -60, untilMinutes: -58, lossPercent: 50 });
		expect(losses((await rows(simulator, `?t0=${iso(START - 62 * MINUTE)}`))[0])).toEqual([0, 0, 50, 50, 0]);
	});

	it('that is ended stays in the history', async () => {
		const simulator = simulatorOf();
		const id = simulator.applyEvent({ kind: 'loss', lossPercent: 100 });
		simulator.clock.advance(2 * MINUTE);
		expect(simulator.endEvent(id)).toBe(true);
		expect(simulator.endEvent(id)).toBe(false);
		simulator.clock.advance(5 * MINUTE);
		expect(losses((await rows(simulator))[0])).toEqual([100, 100, 0, 0, 0]);
	});
});

describe('no data, in every form seen', () => {
	const nothing = { lossPercent: null, latencyMs: null };

	it.each([
		['no row', 'noRow', []],
		['an empty series', 'emptySeries', [{ timeSeries: [] }]],
		[
			'all null',
			'allNull',
			[{ timeSeries: Array.from({ length: 5 }, () => expect.objectContaining(nothing)) }],
		],
		[
			'null loss with a latency',
			'nullLoss',
			[
				{
					timeSeries: Array.from({ length: 5 }, () =>
						expect.objectContaining({ lossPercent: null, latencyMs: expect.any(Number) }),
					),
				},
			],
		],
		[
			'full loss with null latency',
			'fullLossNullLatency',
			[
				{
					timeSeries: Array.from({ length: 5 }, () =>
						expect.objectContaining({ lossPercent: 100, latencyMs: null }),
					),
				},
			],
		],
	] as const)('%s', async (_says, form, expected) => {
		const simulator = simulatorOf();
		simulator.applyEvent({ kind: 'noData', atMinutes: -60, where: { ip: PRIMARY_IP }, form });
		expect(await rows(simulator, `?ip=${PRIMARY_IP}`)).toMatchObject(expected);
		expect(losses((await rows(simulator, '?ip=8.8.8.8'))[0])).toEqual([0, 0, 0, 0, 0]);
	});

	it('a series that is missing', async () => {
		const simulator = simulatorOf();
		simulator.applyEvent({
			kind: 'noData',
			atMinutes: -60,
			where: { ip: PRIMARY_IP },
			form: 'missingSeries',
		});
		const [row] = await rows(simulator, `?ip=${PRIMARY_IP}`);
		expect(Object.keys(row ?? {}).sort()).toEqual(['ip', 'networkId', 'serial', 'uplink']);
	});

	it('null at the end only, measured when asked for again later', async () => {
		const simulator = simulatorOf();
		simulator.applyEvent({ kind: 'noData', atMinutes: -3, untilMinutes: 0, form: 'trailingNull', newest: 2 });
		expect(losses((await rows(simulator))[0])).toEqual([0, 0, 0, null, null]);
		simulator.clock.advance(2 * MINUTE);
		expect(losses((await rows(simulator))[0])).toEqual([0, 0, 0, 0, 0]);
	});

	it('a series that stops, then goes away', async () => {
		const simulator = simulatorOf();
		simulator.applyEvent({ kind: 'applianceOffline' });
		simulator.clock.advance(4 * MINUTE);
		expect(losses((await rows(simulator))[0])).toEqual([0, 0, 0]);
		simulator.clock.advance(3 * MINUTE);
		expect(await rows(simulator)).toEqual([]);
	});

	it('of an uplink that is not connected: no row, or the form the scenario names', async () => {
		const uplinks = [{ interface: 'wan1', status: 'not connected' }];
		const simulator = simulatorWithNetwork({ appliances: [{ uplinks }], destinations: ['8.8.8.8'] });
		expect(await rows(simulator)).toEqual([]);
		simulator.applyEvent({ kind: 'noData', atMinutes: -60, form: 'fullLossNullLatency' });
		expect(losses((await rows(simulator))[0])).toEqual([100, 100, 100, 100, 100]);
	});
});
