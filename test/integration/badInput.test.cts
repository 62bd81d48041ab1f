import {
	ALERT,
	Bench,
	branch,
	byId,
	counts,
	EVALUATE,
	jsonOf,
	ON_BACKUP,
	ON_PRIMARY,
	organization,
	OTHER_KEYS,
	primaryLoss,
	SUMMARY,
	SWAP_NEEDED,
} from '../support/n8nMeraki.cjs';

/** Every branch loses its primary peer. */
const allFail = { events: [primaryLoss({ atMinutes: -3 })] };

let bench: Bench;
afterEach(async () => await bench.close());

const reasonsOf = (summary: object | undefined) => {
	const { unchanged } = (summary ?? {}) as {
		unchanged?: { networkId: string; reason: string; explanation: string }[];
	};
	return Object.fromEntries(
		(unchanged ?? []).map(({ networkId, reason, explanation }) => [networkId, { reason, explanation }]),
	);
};

describe('networks that are not in order', () => {
	it('have a named reason, are told, and do not stop the others', async () => {
		bench = await Bench.open({
			organizations: [
				organization({
					networks: [
						branch('N_1', 'Leeds'),
						branch('N_2', 'Half a pair', { tags: ['london_primary_up'] }),
						branch('N_3', 'No primary', { tags: ['paris_backup_down'] }),
						branch('N_4', 'Two active', { tags: ['london_primary_up', 'paris_backup_up'] }),
						branch('N_5', 'None active', { tags: ['london_primary_down', 'paris_backup_down'] }),
						branch('N_6', 'Two primaries', { tags: [...ON_PRIMARY, 'rome_primary_down'] }),
						branch('N_7', 'In capitals', { tags: [...ON_PRIMARY, 'London_Primary_Up'] }),
						branch('N_8', 'Foreign', { tags: ['branch'] }),
						branch('N_9', 'Bare', { tags: null }),
					],
				}),
			],
			...allFail,
		});
		const workflow = bench.chain({ options: { includeUnchanged: true } });
		const first = await bench.run(workflow);
		const [summary] = jsonOf(first.outputs(EVALUATE)[SUMMARY]);
		expect(summary).toMatchObject({
			networks: 9,
			managedNetworks: 7,
			reasons: { tagsInconsistent: 6, primaryFailing: 1 },
		});
		const reasons = reasonsOf(summary);
		for (const [id, explanation] of [
			['N_2', /No backup tag/],
			['N_3', /No primary tag/],
			['N_4', /More than one peer is up/],
			['N_5', /No peer is up/],
			['N_6', /two tags/],
			['N_7', /upper and lower case/],
		] as const)
			expect(reasons[id]).toEqual({
				reason: 'tagsInconsistent',
				explanation: expect.stringMatching(explanation),
			});
		expect(bench.writes).toMatchObject([{ networkId: 'N_1', tagsAfter: ON_BACKUP }]);

		const second = await bench.run(workflow);
		expect(jsonOf(second.outputs(EVALUATE)[ALERT])).toMatchObject([
			{
				kind: 'alert',
				severity: 'warning',
				title: expect.stringMatching(/VPN tags are inconsistent.*\(6\)/),
			},
		]);
		const third = await bench.run(workflow);
		expect(third.outputs(EVALUATE)[ALERT]).toEqual([]);
		expect(bench.writes).toHaveLength(1);
	});

	it('are named where the peer cannot be found, and never guessed', async () => {
		const tags = (name: string) => [`${name}_primary_up`, 'paris_backup_down'];
		const peer = (name: string, more: object) => ({ name, networkTags: [`${name}_primary_up`], ...more });
		bench = await Bench.open({
			organizations: [
				organization({
					peers: [
						peer('london', { publicIp: '203.0.113.10' }),
						{ name: 'paris', publicIp: '198.51.100.20', networkTags: ['paris_backup_up'] },
						peer('hosted', { publicHostname: 'vpn.example.com' }),
						peer('twice', { publicIp: '203.0.113.31' }),
						{ ...peer('twice', { publicIp: '203.0.113.32' }), name: 'twice again' },
					],
					networks: [
						branch('N_1', 'Leeds'),
						branch('N_2', 'Unknown peer', { tags: tags('rome') }),
						branch('N_3', 'Host name only', { tags: tags('hosted') }),
						branch('N_4', 'Two peers', { tags: tags('twice') }),
						branch('N_5', 'Not measured', { destinations: ['8.8.8.8'] }),
					],
				}),
			],
			...allFail,
		});
		const { outputs } = await bench.run(
			bench.evaluation({ options: { includeUnchanged: true, backupMustBe: 'anything' } }),
		);
		const reasons = reasonsOf(jsonOf(outputs(EVALUATE)[SUMMARY])[0]);
		expect(Object.entries(reasons).map(([id, { reason }]) => [id, reason])).toEqual([
			['N_2', 'untracked'],
			['N_3', 'untracked'],
			['N_4', 'untracked'],
			['N_5', 'noData'],
		]);
		const explanations = Object.values(reasons).map(({ explanation }) => explanation);
		expect(new Set(explanations).size).toBe(4);
		expect(jsonOf(outputs(EVALUATE)[SWAP_NEEDED])).toMatchObject([{ networkId: 'N_1' }]);
	});

	it('include networks that Meraki answers in an unknown shape: skipped, told, the others judged', async () => {
		bench = await Bench.open(allFail);
		const { outputs } = await bench.run(bench.evaluation({ networks: 'listed', networkIds: 'N_404, N_1' }));
		expect(jsonOf(outputs(EVALUATE)[SWAP_NEEDED])).toMatchObject([{ networkId: 'N_1' }]);
	});
});

describe('an organization', () => {
	it('without networks is a quiet run', async () => {
		bench = await Bench.open({ organizations: [organization({ networks: [] })] });
		const { outputs, error } = await bench.run(bench.chain(), { mode: 'manual' });
		expect(error).toBeUndefined();
		expect(jsonOf(outputs(EVALUATE)[SUMMARY])).toMatchObject([
			{ status: 'evaluated', networks: 0, managedNetworks: 0 },
		]);
		expect(counts(outputs(EVALUATE))).toEqual([1, 0, 0]);
	});

	it('whose peers the key may not read is told, with Meraki’s words and the way out, and nothing moves', async () => {
		bench = await Bench.open(allFail);
		const credential = { apiKey: OTHER_KEYS.withoutPeers };
		const workflow = bench.chain();
		await bench.run(workflow, { credential });
		const { outputs, error } = await bench.run(workflow, { credential });
		expect(error).toBeUndefined();
		expect(outputs(EVALUATE)[SWAP_NEEDED]).toEqual([]);
		const [alert] = jsonOf(outputs(EVALUATE)[ALERT]);
		expect(alert).toMatchObject({
			severity: 'critical',
			title: expect.stringMatching(/peers could not be read/),
		});
		expect(alert?.['text']).toMatch(/You do not have permission to read the VPN settings/);
		expect(alert?.['text']).toMatch(/Listed IPs/);
		const again = await bench.run(workflow, { credential });
		expect(again.outputs(EVALUATE)[ALERT]).toEqual([]);
		expect(bench.writes).toEqual([]);
	});

	it('whose peers the key may not read works with Listed IPs', async () => {
		bench = await Bench.open(allFail);
		const listed = { trackedIps: 'listed', listedIps: { peers: [{ peer: 'london', ips: '203.0.113.10' }] } };
		const { outputs } = await bench.run(bench.evaluation(listed), {
			credential: { apiKey: OTHER_KEYS.withoutPeers },
		});
		expect(outputs(EVALUATE)[SWAP_NEEDED]).toHaveLength(3);
	});

	it('whose uplink statuses cannot be read moves nothing', async () => {
		bench = await Bench.open(allFail);
		bench.simulator.addFault({
			match: { path: '*/uplink/statuses' },
			effect: { kind: 'status', status: 403, errors: ['No statuses for you'] },
		});
		const workflow = bench.chain({ options: { includeUnchanged: true } });
		await bench.run(workflow);
		const { outputs } = await bench.run(workflow);
		expect(jsonOf(outputs(EVALUATE)[SUMMARY])).toMatchObject([{ reasons: { noStatus: 3 } }]);
		expect(jsonOf(outputs(EVALUATE)[ALERT])[0]?.['text']).toContain('No statuses for you');
		expect(bench.writes).toEqual([]);
	});
});

describe('a credential', () => {
	it.each([
		['an unknown region', { region: 'mars', customUrl: '' }, /region is not one/],
		['plain http to a public host', { customUrl: 'http://api.meraki.com/api/v1' }, /unencrypted.*https/],
		['a custom URL that is empty', { customUrl: '' }, /custom URL is empty/],
		['a custom URL that is none', { customUrl: 'dashboard' }, /complete address/],
		[
			'a custom URL with a password',
			{ customUrl: 'https://user:canary@api.meraki.com' },
			/user name or password/,
		],
		['a custom URL of another kind', { customUrl: 'ftp://api.meraki.com' }, /https:\/\//],
	])(
		'with %s is refused by name in every mode, and the key goes nowhere',
		async (_what, credential, message) => {
			bench = await Bench.open(allFail);
			for (const mode of ['manual', 'trigger'] as const) {
				const evaluated = await bench.run(bench.evaluation(), { credential, mode });
				expect(evaluated.error?.message).toMatch(message);
				const swapped = await bench.run(
					bench.swapping({ action: 'failOver', dryRun: false, networkIds: 'N_1', organizationId: byId('1') }),
					{ credential, mode },
				);
				expect(swapped.error?.message).toMatch(message);
				expect(`${evaluated.error?.message} ${swapped.error?.message}`).not.toContain('canary');
			}
			expect(bench.simulator.requests).toEqual([]);
		},
	);
});

describe('a wrong parameter is named, and nothing is read', () => {
	it.each<[string, object, RegExp]>([
		['a threshold over 100', { preset: 'custom', lossThresholdPercent: 101 }, /Loss Threshold must be from/],
		['a threshold of zero', { preset: 'custom', lossThresholdPercent: 0 }, /Loss Threshold must be from/],
		[
			'a threshold that is no number',
			{ preset: 'custom', lossThresholdPercent: '={{ "high" }}' },
			/Loss Threshold must be from/,
		],
		[
			'a recovery over the failover threshold',
			{ preset: 'custom', recoveryThresholdPercent: 40 },
			/Recovery Threshold must be below the Loss Threshold/,
		],
		[
			'a recovery below zero',
			{ preset: 'custom', recoveryThresholdPercent: -1 },
			/Recovery Threshold must be from/,
		],
		[
			'a recovery of no minutes',
			{ preset: 'custom', recoveryMinutes: 0 },
			/(Swap Back After|Swap Back After) must be/,
		],
		[
			'a recovery of half minutes',
			{ preset: 'custom', recoveryMinutes: 2.5 },
			/(Swap Back After|Swap Back After) must be/,
		],
		['a window that Meraki does not give', { options: { windowMinutes: 10 } }, /Window must be from 3 to 5/],
		[
			'more samples than the window has',
			{ preset: 'custom', failoverSamples: 5, options: { windowMinutes: 3 } },
			/Bad Samples to Fail Over/,
		],
		['a latency below zero', { preset: 'custom', latencyThresholdMs: -5 }, /Latency Threshold/],
		['an impossible hold tag', { options: { holdTag: 'on hold' } }, /Hold Tag must be/],
		['messages that never repeat', { options: { repeatHours: 0 } }, /Repeat Messages Every/],
		[
			'too many requests',
			{ options: { requestsPerSecond: 11 } },
			/Requests per Second must be from 1 to 10, or Automatic/,
		],
		['a tag format without state', { tagFormat: { format: '{peer}_{role}' } }, /Tag Format/],
		['one word for up and down', { tagFormat: { upWord: 'down' } }, /Word for/],
		['Listed IPs without any', { trackedIps: 'listed' }, /Listed IPs needs at least one/],
		['Listed networks without any', { networks: 'listed' }, /Network IDs needs at least one/],
		['With a Tag without it', { networks: 'withTag' }, /Filter Tag must not be empty/],
		[
			'a maintenance window without days',
			{ maintenance: { weekly: [{ from: '22:00', until: '02:00', weekdays: [] }] } },
			/Maintenance Windows needs at least one day/,
		],
		[
			'a maintenance window at no time',
			{ maintenance: { weekly: [{ from: 'ten', until: '25:61', weekdays: [1] }] } },
			/Maintenance Windows needs its times/,
		],
		[
			'a maintenance window that ends before it begins',
			{ maintenance: { once: [{ from: '2026-01-05T03:00:00', until: '2026-01-05T01:00:00' }] } },
			/Maintenance Windows must end after/,
		],
		[
			'an unknown choice above the limit',
			{ options: { aboveLimit: '={{ "panic" }}' } },
			/Mass Failover is not one of its choices/,
		],
		['a share over 100', { options: { limitSharePercent: 101 } }, /Mass Failover Share must be/],
		['an unknown choice', { moves: '={{ "sometimes" }}' }, /Moves is not one of its choices/],
	])('%s', async (_what, parameters, message) => {
		bench = await Bench.open(allFail);
		for (const mode of ['manual', 'trigger'] as const) {
			const { error } = await bench.run(bench.chain({ ...parameters }), { mode });
			expect(error?.message).toMatch(message);
			expect((error as { description?: string }).description).toBeTruthy();
			expect(error).toMatchObject({ context: { itemIndex: 0 } });
		}
		expect(bench.simulator.requests).toEqual([]);
	});
});
