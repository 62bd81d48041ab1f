import {
	ALERT,
	Bench,
	branch,
	byId,
	counts,
	EVALUATE,
	itemsOf,
	jsonOf,
	ON_BACKUP,
	ON_PRIMARY,
	organization,
	OTHER_KEYS,
	primaryLoss,
	STARTED_AT,
	SUMMARY,
	SWAP_NEEDED,
} from '../support/n8nMeraki.cjs';

const leedsFails = { events: [primaryLoss({ networks: ['N_1'], atMinutes: -3 })] };
const second = organization({ id: '2', name: 'Umbrella', networks: [branch('N_21', 'Oslo')] });
const twoOrganizations = {
	organizations: [organization(), second],
	events: [primaryLoss({ networks: ['N_1', 'N_21'], atMinutes: -3 })],
};
const perItem = { organizationId: byId('={{ $json.org }}') };

let bench: Bench;
afterEach(async () => await bench.close());

describe('the outputs of Evaluate Uplink Loss', () => {
	it('are Summary, Swap Needed and Alert, the harmless one first', async () => {
		bench = await Bench.open(leedsFails);
		expect(bench.built.evaluate.description.outputNames).toEqual(['Summary', 'Swap Needed', 'Alert']);
		const { outputs, error } = await bench.run(bench.evaluation());
		expect(error).toBeUndefined();
		expect(counts(outputs(EVALUATE))).toEqual([1, 1, 0]);
		expect(jsonOf(outputs(EVALUATE)[SUMMARY])).toMatchObject([
			{
				kind: 'merakiVpnSummary',
				organizationId: '1',
				managedNetworks: 3,
				onPrimary: 3,
				offPrimary: 0,
				swapsNeeded: 1,
				reasons: { primaryFailing: 1, healthy: 2 },
			},
		]);
	});

	it('hand out a decision with everything that design section 5 lists', async () => {
		bench = await Bench.open(leedsFails);
		const [decision, ...others] = await bench.decisions();
		expect(others).toEqual([]);
		expect(decision).toMatchObject({
			kind: 'merakiVpnDecision',
			schema: 1,
			organizationId: '1',
			networkId: 'N_1',
			networkName: 'Leeds',
			networkUrl: expect.stringMatching(/^https:\/\//),
			pair: '',
			action: 'failover',
			have: { role: 'primary', peer: 'london' },
			want: { role: 'backup', peer: 'paris' },
			reason: 'primaryFailing',
			explanation: expect.stringMatching(/london .*1 of 5 samples at or over 30 %, newest 100 %/),
			primary: { peer: 'london', ip: '203.0.113.10', health: 'failing', latestLossPercent: 100 },
			backups: [{ peer: 'paris', ip: '198.51.100.20', health: 'clean', latestLossPercent: 0 }],
			tags: { before: ON_PRIMARY, after: ON_BACKUP },
			decidedAt: new Date(STARTED_AT).toISOString(),
			wantedSince: expect.any(String),
			notify: expect.stringMatching(/^(new|changed|repeat|none)$/),
			incidentId: expect.stringContaining('london'),
		});
		const samples = (decision?.['primary'] as { samples: unknown[] }).samples;
		expect(samples).toHaveLength(5);
		expect(samples.at(-1)).toMatchObject({ lossPercent: 100 });
		expect(JSON.parse(JSON.stringify(decision))).toEqual(decision);
	});

	it('make no item for an unchanged network, and no alert when all is well', async () => {
		bench = await Bench.open();
		const { outputs } = await bench.run(bench.evaluation());
		expect(counts(outputs(EVALUATE))).toEqual([1, 0, 0]);
		expect(jsonOf(outputs(EVALUATE)[SUMMARY])[0]).not.toHaveProperty('unchanged');
	});

	it('list unchanged networks with their reasons on Summary when asked to', async () => {
		bench = await Bench.open(leedsFails);
		const { outputs } = await bench.run(bench.evaluation({ options: { includeUnchanged: true } }));
		expect(jsonOf(outputs(EVALUATE)[SUMMARY])[0]).toMatchObject({
			unchanged: [
				{ networkId: 'N_2', networkName: 'York', reason: 'healthy', explanation: expect.any(String) },
				{ networkId: 'N_3', networkName: 'Bath', reason: 'healthy', explanation: expect.any(String) },
			],
		});
	});
});

describe('one item an organization', () => {
	it('resolves expressions item by item and pairs every output item with its input', async () => {
		bench = await Bench.open(twoOrganizations);
		const workflow = bench.evaluation(perItem);
		const { outputs } = await bench.run(workflow, { items: itemsOf({ org: '2' }, { org: '1' }) });
		for (const output of [SUMMARY, SWAP_NEEDED]) {
			expect(
				outputs(EVALUATE)[output]?.map(({ json, pairedItem }) => [json['organizationId'], pairedItem]),
			).toEqual([
				['2', { item: 0 }],
				['1', { item: 1 }],
			]);
		}
		expect(Object.keys(organizationsIn(workflow.staticData))).toEqual(['1', '2']);
	});

	it('resolves other parameters item by item, too', async () => {
		bench = await Bench.open({
			...twoOrganizations,
			events: [primaryLoss({ networks: ['N_1', 'N_21'], atMinutes: -3, lossPercent: 40 })],
		});
		const workflow = bench.evaluation({
			...perItem,
			preset: 'custom',
			failoverSamples: 1,
			lossThresholdPercent: '={{ $json.threshold }}',
		});
		const items = itemsOf({ org: '1', threshold: 30 }, { org: '2', threshold: 50 });
		const { outputs } = await bench.run(workflow, { items });
		expect(jsonOf(outputs(EVALUATE)[SWAP_NEEDED])).toMatchObject([{ organizationId: '1' }]);
	});

	it('goes on with the others when one organization cannot be read', async () => {
		bench = await Bench.open(twoOrganizations);
		const { outputs, error } = await bench.run(bench.evaluation(perItem), {
			items: itemsOf({ org: '1' }, { org: '2' }),
			credential: { apiKey: OTHER_KEYS.forbidden },
		});
		expect(error).toBeUndefined();
		expect(jsonOf(outputs(EVALUATE)[SUMMARY])).toMatchObject([
			{ organizationId: '1', status: 'blind' },
			{ organizationId: '2', status: 'evaluated', swapsNeeded: 1 },
		]);
		expect(outputs(EVALUATE)[SWAP_NEEDED]).toMatchObject([
			{ json: { organizationId: '2' }, pairedItem: { item: 1 } },
		]);
	});

	it('refuses the same organization twice, and reads nothing then', async () => {
		bench = await Bench.open(twoOrganizations);
		const items = itemsOf({ org: '1' }, { org: '2' }, { org: 1 });
		const { error } = await bench.run(bench.evaluation(perItem), { items });
		expect(error?.message).toMatch(/organization 1 .*twice/i);
		expect(error).toMatchObject({ context: { itemIndex: 2 } });
		expect(bench.simulator.requests).toEqual([]);
	});

	it('takes a numeric ID as text', async () => {
		bench = await Bench.open(leedsFails);
		const { outputs } = await bench.run(bench.evaluation(perItem), { items: itemsOf({ org: 1 }) });
		expect(jsonOf(outputs(EVALUATE)[SWAP_NEEDED])).toMatchObject([{ organizationId: '1' }]);
	});

	it.each([
		['a number too large to be exact', 2 ** 53, /exact/],
		['an empty text', '', /empty/],
		['a path', '1/networks/../2', /letters, digits/],
		['nothing', null, /empty/],
		['a fraction', 1.5, /exact|whole/],
	])('refuses %s as ID and says why', async (_what, org, why) => {
		bench = await Bench.open();
		const { error } = await bench.run(bench.evaluation(perItem), { items: itemsOf({ org }) });
		expect(error).toMatchObject({
			message: expect.stringMatching(/organization/i),
			description: expect.stringMatching(why),
		});
		expect(bench.simulator.requests).toEqual([]);
	});
});

describe('what Evaluate asks Meraki for', () => {
	it('is two calls in a quiet run with memory, and the peers again after ten minutes', async () => {
		bench = await Bench.open();
		const workflow = bench.evaluation();
		const run = async () => await bench.run(workflow);
		await run();
		bench.minutes(0.5);
		expect(await bench.callsOf(run)).toEqual([
			'GET /api/v1/organizations/1/devices/uplinksLossAndLatency',
			'GET /api/v1/organizations/1/networks',
		]);
		bench.minutes(10);
		expect(await bench.callsOf(run)).toContain(
			'GET /api/v1/organizations/1/appliance/vpn/thirdPartyVPNPeers',
		);
	});

	it('stands in Summary', async () => {
		bench = await Bench.open();
		const before = bench.simulator.requests.length;
		const { outputs } = await bench.run(bench.evaluation());
		const calls = bench.simulator.requests.length - before;
		expect(jsonOf(outputs(EVALUATE)[SUMMARY])).toMatchObject([{ api: { calls, rateLimited: 0 } }]);
	});

	it('carries the bearer key and the documented user agent', async () => {
		bench = await Bench.open();
		await bench.run(bench.evaluation());
		expect(new Set(bench.simulator.requests.map(({ key }) => key))).toEqual(new Set(['full']));
		for (const { userAgent } of bench.simulator.requests)
			expect(userAgent).toMatch(/^[A-Za-z0-9]+\/\d+\.\d+(\.\d+)? [A-Za-z0-9]+$/);
	});
});

describe('a failing peer under settings', () => {
	it.each([
		[
			'in Listed IPs',
			{ trackedIps: 'listed', listedIps: { peers: [{ peer: 'london', ips: '203.0.113.10' }] } },
		],
		[
			'with every tracked IP but 8.8.8.8 and the backup',
			{ trackedIps: 'everyExcept', excludedIps: '8.8.8.8, 198.51.100.20' },
		],
		['among listed networks', { networks: 'listed', networkIds: 'N_1, N_3' }],
		['among networks with a tag', { networks: 'withTag', networkTag: 'Camera-Admins' }],
		['on a chosen uplink', { options: { judgedUplinks: ['wan1'] } }],
	])('is found %s', async (_how, parameters) => {
		bench = await Bench.open(leedsFails);
		expect(await bench.decisions(parameters)).toMatchObject([{ networkId: 'N_1', action: 'failover' }]);
	});

	it.each([
		['at a higher threshold', { preset: 'custom', lossThresholdPercent: 60 }],
		['in other networks', { networks: 'listed', networkIds: 'N_2' }],
		['on another uplink', { options: { judgedUplinks: ['wan2'] } }],
		['with more samples asked for', { preset: 'custom', failoverSamples: 3 }],
		['with a backup that must be measured clean', { options: { backupMustBe: 'measuredClean' } }],
	])('moves nothing %s', async (_how, parameters) => {
		const unmeasuredBackup = branch('N_1', 'Leeds', { destinations: ['8.8.8.8', '203.0.113.10'] });
		bench = await Bench.open({
			organizations: [organization({ networks: [unmeasuredBackup, branch('N_2', 'York')] })],
			events: [primaryLoss({ networks: ['N_1'], atMinutes: -3, lossPercent: 50 })],
		});
		expect(await bench.decisions(parameters)).toEqual([]);
	});

	it('waits for the end of a maintenance window, and Summary says so', async () => {
		bench = await Bench.open(leedsFails);
		const once = [{ from: '2026-01-04T00:00:00', until: '2026-01-07T00:00:00' }];
		const { outputs } = await bench.run(bench.evaluation({ maintenance: { once } }));
		expect(counts(outputs(EVALUATE)).slice(0, 2)).toEqual([1, 0]);
		expect(jsonOf(outputs(EVALUATE)[SUMMARY])).toMatchObject([{ reasons: { maintenance: 1, healthy: 2 } }]);
	});

	it.each([
		['Swap None', 'swapNone', 0],
		['No Limit', 'noLimit', 12],
	])('above the limit obeys %s', async (_name, aboveLimit, moves) => {
		const networks = Array.from({ length: 12 }, (_, at) => branch(`N_${at + 10}`, `Site ${at}`));
		bench = await Bench.open({
			organizations: [organization({ networks })],
			events: [primaryLoss({ atMinutes: -3 })],
		});
		expect(await bench.decisions({ options: { aboveLimit } })).toHaveLength(moves);
	});

	it('is reported, not moved, while swap backs are paused', async () => {
		bench = await Bench.open({
			organizations: [organization({ networks: [branch('N_1', 'Leeds', { tags: ON_BACKUP })] })],
		});
		const workflow = bench.evaluation({ moves: 'failoversOnly' });
		await bench.run(workflow);
		bench.minutes(0.5);
		const { outputs } = await bench.run(workflow);
		expect(counts(outputs(EVALUATE))).toEqual([1, 0, 1]);
		expect(jsonOf(outputs(EVALUATE)[SUMMARY])).toMatchObject([{ reasons: { paused: 1 }, offPrimary: 1 }]);
		expect(jsonOf(outputs(EVALUATE)[ALERT])).toMatchObject([{ kind: 'alert', severity: 'info' }]);
	});

	it('keeps a held network where it is, and says so once', async () => {
		bench = await Bench.open({
			organizations: [
				organization({ networks: [branch('N_1', 'Leeds', { tags: [...ON_PRIMARY, 'vpn_failover_hold'] })] }),
			],
			...leedsFails,
		});
		const workflow = bench.evaluation();
		await bench.run(workflow);
		const told = await bench.run(workflow);
		const again = await bench.run(workflow);
		expect(counts(told.outputs(EVALUATE))).toEqual([1, 0, 1]);
		expect(jsonOf(told.outputs(EVALUATE)[ALERT])[0]?.['text']).toMatch(/Leeds.*hold/is);
		expect(counts(again.outputs(EVALUATE))).toEqual([1, 0, 0]);
	});
});

function organizationsIn(staticData: object): Record<string, unknown> {
	const stored = staticData as { [key: string]: { memory: { organizations: Record<string, unknown> } } };
	return stored[`node:${EVALUATE}`]?.memory.organizations ?? {};
}

describe('the hints of a run by hand', () => {
	const manual = { mode: 'manual' } as const;

	it('show what tags look like with a format of one’s own', async () => {
		const tags = ['LON_ZS_P_UP', 'PAR_ZS_B_DOWN'];
		bench = await Bench.open({
			organizations: [organization({ networks: [branch('N_1', 'Leeds', { tags }), branch('N_2', 'York')] })],
		});
		const tagFormat = {
			format: '{peer}_ZS_{role}_{state}',
			primaryWord: 'P',
			backupWord: 'B',
			upWord: 'UP',
			downWord: 'DOWN',
		};
		const { hints } = await bench.run(bench.evaluation({ tagFormat }), manual);
		expect(hints(EVALUATE)).toEqual([
			'With this Tag Format, VPN tags look like london_ZS_P_UP and paris_ZS_B_DOWN. 1 of 2 networks carry such tags.',
		]);
	});

	it('say that no network takes part, and what tags would look like', async () => {
		bench = await Bench.open();
		const { hints } = await bench.run(
			bench.evaluation({ networks: 'withTag', networkTag: 'vpn-pilot' }),
			manual,
		);
		expect(hints(EVALUATE)).toEqual([
			expect.stringMatching(
				/^No network takes part: none of the 3 .* such as london_primary_up and paris_backup_down\.$/,
			),
		]);
	});

	it('say nothing where all is usual, and nothing by schedule', async () => {
		bench = await Bench.open();
		expect((await bench.run(bench.evaluation(), manual)).hints(EVALUATE)).toEqual([]);
		const nobody = bench.evaluation({ networks: 'withTag', networkTag: 'vpn-pilot' });
		expect((await bench.run(nobody)).hints(EVALUATE)).toEqual([]);
	});
});
