import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSimulator, ScenarioError } from '../../simulator/simulator.cjs';
import { ask, KEY, networkWith, organizationWith, scenarioWith, simulatorOf, tagsOf } from './dashboards.cjs';

const FOLDER = join(__dirname, '../../simulator/scenarios');
const scenarioFile = (name: string): Record<string, unknown> =>
	JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));

function problemsOf(scenario: unknown): readonly string[] {
	try {
		createSimulator({ scenario });
	} catch (error) {
		if (error instanceof ScenarioError) return error.problems;
		throw error;
	}
	return [];
}

describe('a scenario is refused with the place and the reason:', () => {
	it.each([
		['no scenario', 7, 'at the top: must be object'],
		['no keys', { organizations: [] }, "at the top: must have required property 'keys'"],
		[
			'no organizations',
			scenarioWith({ organizations: [] }),
			'at the top: needs organizations or generateOrganizations',
		],
		['an unknown field', scenarioWith({ seeds: 1 }), 'at the top: unknown field "seeds"'],
		[
			'an unknown field deep down',
			scenarioWith({ organizations: [organizationWith({ networks: [networkWith({ tag: [] })] })] }),
			'at /organizations/0/networks/0: unknown field "tag"',
		],
		[
			'an unknown word',
			scenarioWith({ rateLimits: { clock: 'sun' } }),
			'at /rateLimits/clock: must be one of real, virtual',
		],
		[
			'an unknown kind of event',
			scenarioWith({ events: [{ kind: 'flood' }] }),
			'at /events/0: unknown kind "flood"',
		],
		[
			'an event without its numbers',
			scenarioWith({ events: [{ kind: 'loss' }] }),
			"at /events/0: must have required property 'lossPercent'",
		],
		[
			'loss over 100',
			scenarioWith({ events: [{ kind: 'loss', lossPercent: 101 }] }),
			'at /events/0/lossPercent: must be <= 100',
		],
		[
			'an unknown fault',
			scenarioWith({ events: [{ kind: 'fault', effect: { kind: 'fire' } }] }),
			'at /events/0/effect: unknown kind "fire"',
		],
		[
			'an event that ends first',
			scenarioWith({ events: [{ kind: 'loss', atMinutes: 5, untilMinutes: 5, lossPercent: 1 }] }),
			'at /events/0: untilMinutes 5 is not after atMinutes 5',
		],
		[
			'a network id twice',
			scenarioWith({ organizations: [organizationWith({ networks: [networkWith(), networkWith()] })] }),
			'network id "N_1" is used twice',
		],
		[
			'an organization that is not there',
			scenarioWith({ events: [{ kind: 'loss', lossPercent: 1, where: { organization: '9' } }] }),
			'no organization has the id "9"',
		],
		[
			'a key twice, which is not shown',
			scenarioWith({
				keys: [
					{ name: 'a', key: KEY },
					{ name: 'b', key: KEY },
				],
			}),
			'key is used twice',
		],
		[
			'a network that is not there',
			scenarioWith({ events: [{ kind: 'renameNetwork', network: 'Leds', name: 'x' }] }),
			'no network has the id or name "Leds"',
		],
		[
			'a network that is not there, in a condition',
			scenarioWith({ events: [{ kind: 'loss', lossPercent: 1, where: { networks: ['Leeds', 'Leds'] } }] }),
			'no network has the id or name "Leds"',
		],
	])('%s', (_says, scenario, problem) => {
		expect(problemsOf(scenario)).toContain(problem);
	});
});

describe('the run starts', () => {
	const startAt = '2026-03-01T00:00:00Z';

	it.each([
		['at the time in the scenario', {}, Date.parse(startAt)],
		['at a time given in code', { startAt: 12_345_000 }, 12_345_000],
	])('%s', (_says, settings, expected) => {
		const { clock } = createSimulator({ scenario: scenarioWith({ startAt }), speed: 0, ...settings });
		expect(clock.now()).toBe(expected);
		expect(clock.speed).toBe(0);
	});
});

describe('events during the run', () => {
	it('edit, rename and delete networks when their time has come', async () => {
		const events = [
			{ kind: 'deleteNetwork', atMinutes: 4, network: 'N_1' },
			{ kind: 'renameNetwork', atMinutes: 4, network: 'N_1', name: 'gone' },
			{ kind: 'editTags', atMinutes: 1, network: 'Leeds', add: ['b', 'a'], remove: ['branch'] },
			{ kind: 'editTags', atMinutes: 2, network: 'Leeds', order: 'reversed' },
			{ kind: 'renameNetwork', atMinutes: 3, network: 'Leeds', name: 'York' },
		];
		const simulator = simulatorOf(scenarioWith({ events }));
		const read = async () => (await ask(simulator, '/networks/N_1')).body;
		const edited = ['london_primary_up', 'site:LS1', 'paris_backup_down', 'b', 'a'];
		expect(tagsOf(simulator)).toContain('branch');
		simulator.clock.advance(60_000);
		expect(await read()).toMatchObject({ tags: edited, name: 'Leeds' });
		simulator.clock.advance(60_000);
		expect(await read()).toMatchObject({ tags: [...edited].reverse() });
		simulator.clock.advance(60_000);
		expect(await read()).toMatchObject({ name: 'York' });
		simulator.clock.advance(60_000);
		expect((await ask(simulator, '/networks/N_1')).status).toBe(404);
		expect((await ask(simulator, '/organizations/1/networks')).body).toEqual([]);
	});

	it('catch up in their order when the clock jumps over several', () => {
		const events = [
			{ kind: 'editTags', atMinutes: 2, network: 'Leeds', replace: ['second'] },
			{ kind: 'editTags', atMinutes: 1, network: 'Leeds', replace: ['first'] },
			{ kind: 'editTags', atMinutes: 3, network: 'Leeds', add: ['third'] },
		];
		const simulator = simulatorOf(scenarioWith({ events }));
		simulator.clock.advance(600_000);
		expect(tagsOf(simulator)).toEqual(['second', 'third']);
	});

	it('can be called off, also a fault', () => {
		const simulator = simulatorOf();
		const edit = simulator.applyEvent({ kind: 'editTags', atMinutes: 1, network: 'Leeds', replace: [] });
		const fault = simulator.applyEvent({ kind: 'fault', effect: { kind: 'hang' } });
		expect(simulator.endEvent(edit)).toBe(true);
		expect(simulator.endEvent(fault)).toBe(true);
		expect(simulator.endEvent('nothing')).toBe(false);
		simulator.clock.advance(120_000);
		expect(tagsOf(simulator)).toContain('branch');
		expect(simulator.simulation.faults.list()).toEqual([]);
	});

	it('take tags away altogether, or sort them', () => {
		const simulator = simulatorOf();
		simulator.applyEvent({ kind: 'editTags', network: 'N_1', replace: ['b', 'a'], order: 'sorted' });
		expect(tagsOf(simulator)).toEqual(['a', 'b']);
		simulator.applyEvent({ kind: 'editTags', network: 'N_1', replace: null });
		expect(simulator.state.network('N_1').settings.tags).toBeNull();
	});
});

describe('generated networks', () => {
	it('are numbered in names and tags, and have a spare where asked', async () => {
		const generate = {
			networks: 12,
			name: 'Shop {n}',
			tags: ['site:{n}'],
			warmSpareEvery: 5,
			destinations: ['192.0.2.1'],
		};
		const simulator = simulatorOf(
			scenarioWith({ organizations: [organizationWith({ networks: [], generate })] }),
		);
		const networks = simulator.state.organization('1')?.networks ?? [];
		expect(networks.map(({ name }) => name).slice(0, 2)).toEqual(['Shop 01', 'Shop 02']);
		expect(networks[4]?.tags).toEqual(['site:05']);
		expect(networks.filter(({ facts }) => facts.appliances.length === 2)).toHaveLength(2);
		const serials = networks.flatMap(({ facts }) => facts.appliances.map(({ serial }) => serial));
		expect(new Set(serials).size).toBe(14);
	});

	it('come to 20,000 in 200 organizations, made only where asked for, with nothing alike', async () => {
		const template = organizationWith({
			id: '70{n}',
			name: 'Customer {n}',
			networks: [],
			generate: { networks: 100 },
		});
		const scenario = scenarioWith({ organizations: [], generateOrganizations: { count: 200, template } });
		const simulator = simulatorOf(scenario);
		const isLoaded = () =>
			simulator.state.organizations.filter((organization) => organization.isLoaded).length;
		expect((await ask(simulator, '/organizations')).body).toHaveLength(200);
		expect(isLoaded()).toBe(0);
		expect((await ask(simulator, '/organizations/70200/networks')).body).toHaveLength(100);
		expect(isLoaded()).toBe(1);
		const networks = simulator.state.organizations.flatMap((organization) => organization.networks);
		expect(new Set(networks.map(({ id }) => id)).size).toBe(20_000);
		expect(new Set(networks.flatMap(({ facts }) => facts.appliances.map(({ serial }) => serial))).size).toBe(
			20_000,
		);
	});
});

describe('the scenarios that come along', () => {
	it.each(readdirSync(FOLDER))('%s is valid', (name) => {
		expect(problemsOf(scenarioFile(name))).toEqual([]);
	});

	it('one branch loses its primary peer for eight minutes, and nothing else is lossy', async () => {
		const simulator = simulatorOf({ ...scenarioFile('one-branch.json'), rateLimits: { enabled: false } });
		const lossyMinutes = new Map<string, number>();
		for (let minute = 0; minute < 20; minute += 1) {
			simulator.clock.advance(60_000);
			const { body } = await ask(
				simulator,
				'/organizations/2930418/devices/uplinksLossAndLatency?timespan=60',
				{ key: 'simulated-key-demo' },
			);
			for (const row of body as Array<{
				networkId: string;
				uplink: string;
				ip: string;
				timeSeries: Array<{ lossPercent: number }>;
			}>) {
				const lossy = row.timeSeries.filter(({ lossPercent }) => lossPercent > 0).length;
				const name = `${row.networkId} ${row.uplink} ${row.ip}`;
				lossyMinutes.set(name, (lossyMinutes.get(name) ?? 0) + lossy);
			}
		}
		expect([...lossyMinutes].filter(([, minutes]) => minutes > 0)).toEqual([
			['N_24329156 wan1 203.0.113.10', 8],
			['N_24329156 wan2 203.0.113.10', 8],
		]);
	});

	it('a thousand branches lose their hub together', async () => {
		const simulator = simulatorOf({
			...scenarioFile('thousand-branches.json'),
			rateLimits: { enabled: false },
		});
		simulator.clock.advance(12 * 60_000);
		const { body } = await ask(simulator, '/organizations/4410001/devices/uplinksLossAndLatency', {
			key: 'simulated-key-demo',
		});
		const lossy = (
			body as Array<{ networkId: string; ip: string; timeSeries: Array<{ lossPercent: number }> }>
		).filter(({ timeSeries }) => timeSeries.every(({ lossPercent }) => lossPercent === 100));
		expect(new Set(lossy.map(({ ip }) => ip))).toEqual(new Set(['203.0.113.10']));
		expect(new Set(lossy.map(({ networkId }) => networkId)).size).toBe(1000);
	});
});
