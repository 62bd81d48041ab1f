import type { IDataObject } from 'n8n-workflow';
import {
	Bench,
	branch,
	byId,
	counts,
	EVALUATE,
	FAILED,
	itemsOf,
	jsonOf,
	ON_BACKUP,
	ON_PRIMARY,
	organization,
	OTHER_KEYS,
	primaryLoss,
	REPORT,
	SWAP,
	SWAP_NEEDED,
	SWAPPED,
} from '../support/n8nMeraki.cjs';

const twoOrganizations = {
	organizations: [
		organization(),
		organization({ id: '2', name: 'Umbrella', networks: [branch('N_21', 'Oslo')] }),
	],
};
const HELD = 'vpn_failover_hold';
const PUT_LEEDS = { method: 'PUT', path: '/networks/N_1' } as const;
const REAL = { dryRun: false };

/** What Evaluate decides where Leeds, York and Oslo fail, each in its organization. */
let decisions: IDataObject[] = [];
let bench: Bench;

beforeAll(async () => {
	bench = await Bench.open({
		...twoOrganizations,
		events: [primaryLoss({ networks: ['N_1', 'N_2', 'N_21'], atMinutes: -3 })],
	});
	const organizationId = byId('={{ $json.org }}');
	const { outputs } = await bench.run(bench.evaluation({ organizationId }), {
		items: itemsOf({ org: '1' }, { org: '2' }),
	});
	decisions = jsonOf(outputs(EVALUATE)[SWAP_NEEDED]);
	await bench.close();
});
afterEach(async () => await bench.close());

/** Opens a Meraki as it was when Evaluate decided, and hands back a copy of the decision on Leeds. */
async function decisionOn(scenario: object = {}): Promise<IDataObject> {
	bench = await Bench.open({ ...twoOrganizations, ...scenario });
	return decisionFor('N_1');
}

function decisionFor(networkId: string): IDataObject {
	return structuredClone(decisions.find((decision) => decision['networkId'] === networkId) ?? {});
}

async function swap(items: readonly object[], parameters = {}, more = {}) {
	return await bench.run(bench.swapping({ ...REAL, ...parameters }), { items: itemsOf(...items), ...more });
}

describe('a dry run of Swap VPN Tags', () => {
	it('is the default, writes nothing, and reports tags before and after', async () => {
		const decision = await decisionOn();
		expect(bench.built.swap.description.outputNames).toEqual(['Report', 'Swapped', 'Failed']);
		const { outputs } = await bench.run(bench.swapping(), { items: itemsOf({ ...decision, notify: 'new' }) });
		expect(counts(outputs(SWAP))).toEqual([1, 1, 0]);
		const [report] = jsonOf(outputs(SWAP)[REPORT]);
		expect(report).toMatchObject({
			kind: 'report',
			organizationId: '1',
			title: expect.stringMatching(/^Dry run: Acme: 1 branch would move to paris/),
			networks: [{ networkId: 'N_1', from: 'london', to: 'paris' }],
		});
		for (const text of [report?.['text'], report?.['markdown'], report?.['html']]) {
			// Markdown escapes the underscores.
			const plain = String(text).replaceAll('\\', '');
			expect(plain).toMatch(/london_primary_down/);
			expect(plain).toMatch(/paris_backup_up/);
		}
		expect(jsonOf(outputs(SWAP)[SWAPPED])).toMatchObject([
			{ status: 'dryRun', networkId: 'N_1', tags: { before: ON_PRIMARY, after: ON_BACKUP } },
		]);
		expect(bench.writes).toEqual([]);
		expect(bench.tags()).toEqual(ON_PRIMARY);
	});

	it('says nothing when the item has nothing new to tell', async () => {
		const decision = await decisionOn();
		const { outputs } = await bench.run(bench.swapping(), {
			items: itemsOf({ ...decision, notify: 'none' }),
		});
		expect(counts(outputs(SWAP))).toEqual([0, 0, 0]);
	});

	it.each(['repeat', 'changed'])('is told when the item says %s', async (notify) => {
		const decision = await decisionOn();
		const { outputs } = await bench.run(bench.swapping(), { items: itemsOf({ ...decision, notify }) });
		expect(outputs(SWAP)[REPORT]).toHaveLength(1);
	});

	it('of an explicit action always reports', async () => {
		bench = await Bench.open();
		const { outputs } = await bench.run(bench.swapping(explicit('failOver')));
		expect(jsonOf(outputs(SWAP)[REPORT])).toMatchObject([
			{ title: expect.stringMatching(/^Dry run: .*1 branch/) },
		]);
		expect(jsonOf(outputs(SWAP)[SWAPPED])).toMatchObject([
			{ status: 'dryRun', tags: { after: [...ON_BACKUP, HELD] } },
		]);
		expect(bench.writes).toEqual([]);
	});
});

describe('a real swap', () => {
	it('writes the tags and nothing else, keeps foreign tags, and shows that it is done', async () => {
		const decision = await decisionOn();
		const { outputs, error } = await swap([{ ...decision, notify: 'none' }]);
		expect(error).toBeUndefined();
		expect(bench.tags()).toEqual(ON_BACKUP);
		expect(bench.writes).toMatchObject([
			{
				method: 'PUT',
				path: '/api/v1/networks/N_1',
				query: '',
				tagsAsked: ON_BACKUP,
				tagsBefore: ON_PRIMARY,
			},
		]);
		expect(counts(outputs(SWAP))).toEqual([1, 1, 0]);
		expect(outputs(SWAP)[SWAPPED]).toMatchObject([
			{
				json: {
					kind: 'merakiVpnSwap',
					status: 'done',
					networkId: 'N_1',
					networkName: 'Leeds',
					action: 'failover',
					from: 'london',
					to: 'paris',
					tags: { before: ON_PRIMARY, after: ON_BACKUP },
					incidentId: decision?.['incidentId'],
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(outputs(SWAP)[REPORT]).toMatchObject([
			{
				json: { kind: 'report', severity: 'warning', incidentId: decision?.['incidentId'] },
				pairedItem: [{ item: 0 }],
			},
		]);
	});

	it('hands out a report with everything that design section 5 lists', async () => {
		const { outputs } = await swap([await decisionOn()]);
		const [report] = jsonOf(outputs(SWAP)[REPORT]);
		expect(Object.keys(report ?? {}).sort()).toEqual(
			[
				'title',
				'text',
				'markdown',
				'html',
				'slack',
				'severity',
				'kind',
				'incidentId',
				'organizationId',
				'networks',
				'api',
			].sort(),
		);
		expect(report?.['slack']).toMatchObject({
			blocks: expect.arrayContaining([expect.objectContaining({ type: 'header' })]),
		});
		expect(JSON.parse(JSON.stringify(report))).toEqual(report);
	});

	it('writes one network once, however often it is asked for', async () => {
		const decision = await decisionOn();
		const { outputs } = await swap([{ ...decision }, { ...decision }]);
		expect(bench.writes).toHaveLength(1);
		expect(bench.tags()).toEqual(ON_BACKUP);
		expect(outputs(SWAP)[FAILED]).toEqual([]);
	});

	it('does not let two items pull one network two ways', async () => {
		const decision = await decisionOn({
			organizations: [
				organization({ networks: [branch('N_1', 'Leeds', { tags: [...ON_PRIMARY, 'rome_backup2_down'] })] }),
			],
		});
		const other = { ...decision, want: { role: 'backup2', peer: 'rome' } };
		const { outputs } = await swap([{ ...decision }, other]);
		expect(bench.writes).toHaveLength(1);
		expect(bench.tags()).toEqual([...ON_BACKUP, 'rome_backup2_down']);
		expect(jsonOf(outputs(SWAP)[FAILED])).toMatchObject([{ status: 'refused', networkId: 'N_1' }]);
	});

	it('moves networks of two organizations in one run, one report each', async () => {
		const leeds = await decisionOn();
		const { outputs } = await swap([leeds, decisionFor('N_21')]);
		expect(jsonOf(outputs(SWAP)[REPORT]).map((report) => report['organizationId'])).toEqual(['1', '2']);
		expect(outputs(SWAP)[SWAPPED]).toMatchObject([
			{ json: { networkId: 'N_1' }, pairedItem: { item: 0 } },
			{ json: { networkId: 'N_21' }, pairedItem: { item: 1 } },
		]);
		expect(bench.writes).toHaveLength(2);
	});

	it('keeps a dry item dry, and writes the others', async () => {
		bench = await Bench.open({ events: [primaryLoss({ networks: ['N_1', 'N_2'], atMinutes: -3 })] });
		const [leeds, york] = await bench.decisions();
		await swap(
			[
				{ ...leeds, dry: true },
				{ ...york, dry: false },
			],
			{ dryRun: '={{ $json.dry }}' },
		);
		expect(bench.tags('N_1')).toEqual(ON_PRIMARY);
	});
});

describe('R6: nothing is written', () => {
	const left = (outputs: (node: string) => unknown[][]) => {
		expect(bench.writes).toEqual([]);
		expect(outputs(SWAP)[SWAPPED]).toEqual([]);
	};
	const told = { notify: 'new' };

	it('when somebody else was faster', async () => {
		const decision = await decisionOn();
		bench.simulator.applyEvent({ kind: 'editTags', network: 'N_1', replace: ON_BACKUP });
		const { outputs } = await swap([{ ...decision, ...told }]);
		left(outputs);
		expect(counts(outputs(SWAP))).toEqual([0, 0, 0]);
	});

	it('when the VPN tags were taken off, and when they are no longer in order', async () => {
		const decision = await decisionOn();
		bench.simulator.applyEvent({ kind: 'editTags', network: 'N_1', add: ['rome_primary_up'] });
		const disorder = await swap([{ ...decision, ...told }]);
		left(disorder.outputs);
		expect(jsonOf(disorder.outputs(SWAP)[FAILED])).toMatchObject([{ status: 'refused' }]);
		bench.simulator.applyEvent({ kind: 'editTags', network: 'N_1', replace: ['branch'] });
		const gone = await swap([{ ...decision, ...told }]);
		left(gone.outputs);
		expect(counts(gone.outputs(SWAP))).toEqual([0, 0, 0]);
	});

	it('when the decision is older than Decision Valid For, by the clock of the API', async () => {
		const decision = await decisionOn();
		bench.simulator.clock.advance(181_000);
		const { outputs } = await swap([{ ...decision, ...told }]);
		left(outputs);
		expect(outputs(SWAP)[FAILED]).toEqual([]);
		const longer = await swap([{ ...decision }], { options: { validForMinutes: 4 } });
		expect(longer.outputs(SWAP)[SWAPPED]).toHaveLength(1);
	});

	it('when the decision comes from the future', async () => {
		const decision = await decisionOn();
		const { outputs } = await swap([{ ...decision, ...told, decidedAt: '2036-01-05T00:00:00.000Z' }]);
		left(outputs);
		expect(outputs(SWAP)[FAILED]).toHaveLength(1);
	});

	it('when the hold tag was added meanwhile', async () => {
		const decision = await decisionOn();
		bench.simulator.applyEvent({ kind: 'editTags', network: 'N_1', add: [HELD] });
		const { outputs } = await swap([{ ...decision, ...told }]);
		left(outputs);
		expect(counts(outputs(SWAP))).toEqual([0, 0, 0]);
	});

	it('when the network belongs to another organization', async () => {
		const decision = await decisionOn();
		const { outputs } = await swap([{ ...decision, networkId: 'N_21' }]);
		left(outputs);
		expect(jsonOf(outputs(SWAP)[FAILED])).toMatchObject([
			{ status: 'refused', reason: expect.stringMatching(/organization 2, not 1/) },
		]);
	});

	it.each<[string, (decision: IDataObject) => object, RegExp]>([
		['made by another node', () => ({ network: 'N_1', loss: 100 }), /not made by Evaluate Uplink Loss/],
		['of Summary', () => ({ kind: 'merakiVpnSummary', schema: 1 }), /not made by Evaluate Uplink Loss/],
		['empty', () => ({}), /not made by Evaluate Uplink Loss/],
		['with another mark', (decision) => ({ ...decision, kind: 'MerakiVpnDecision' }), /not made by/],
		['of another schema', (decision) => ({ ...decision, schema: 2 }), /another version/],
		['with its schema as text', (decision) => ({ ...decision, schema: '1' }), /another version/],
		['without organization', (decision) => ({ ...decision, organizationId: undefined }), /organizationId/],
		['without network', (decision) => ({ ...decision, networkId: '' }), /networkId/],
		['with a network of another kind', (decision) => ({ ...decision, networkId: 12 }), /networkId/],
		[
			'with a path as network',
			(decision) => ({ ...decision, networkId: '../organizations/1' }),
			/networkId|network/i,
		],
		['without have', (decision) => ({ ...decision, have: null }), /have/],
		['with a damaged want', (decision) => ({ ...decision, want: { role: 'boss', peer: 'paris' } }), /want/],
		['with another action', (decision) => ({ ...decision, action: 'delete' }), /action/],
		['without a time', (decision) => ({ ...decision, decidedAt: 'yesterday' }), /decidedAt/],
		[
			'with a damaged tag format',
			(decision) => ({ ...decision, tagFormat: { format: '{state}' } }),
			/tagFormat/,
		],
	])('for an item %s', async (_what, change, why) => {
		const decision = await decisionOn();
		const { outputs, error } = await swap([change({ ...decision })]);
		expect(error).toBeUndefined();
		left(outputs);
		expect(outputs(SWAP)[FAILED]).toMatchObject([
			{
				json: { status: expect.stringMatching(/refused|failed/), reason: expect.stringMatching(why) },
				pairedItem: { item: 0 },
			},
		]);
	});

	it('for the good items neither, when a parameter is wrong for one', async () => {
		const decision = await decisionOn();
		const { error } = await swap(
			[
				{ ...decision, valid: 3 },
				{ ...decision, valid: 0 },
			],
			{
				options: { validForMinutes: '={{ $json.valid }}' },
			},
		);
		expect(error?.message).toMatch(/Decision Valid For must be from 1 to 60/);
		expect(bench.writes).toEqual([]);
	});

	it('twice: the same item again is overtaken', async () => {
		const decision = await decisionOn();
		await swap([{ ...decision }]);
		const { outputs } = await swap([{ ...decision, notify: 'none' }]);
		expect(bench.writes).toHaveLength(1);
		expect(counts(outputs(SWAP))).toEqual([0, 0, 0]);
	});
});

describe('a refused item beside good ones', () => {
	it('does not stop them', async () => {
		const decision = await decisionOn();
		const { outputs } = await swap([{ junk: true }, { ...decision }]);
		expect(counts(outputs(SWAP))).toEqual([1, 1, 1]);
		expect(outputs(SWAP)[SWAPPED]).toMatchObject([{ pairedItem: { item: 1 } }]);
		expect(outputs(SWAP)[FAILED]).toMatchObject([{ pairedItem: { item: 0 } }]);
	});
});

describe('a write that does not work', () => {
	it.each([
		[400, 'Tags may not contain spaces', /Meraki refused the request.*Tags may not contain spaces/s],
		[403, 'You do not have permission', /denied access.*You do not have permission/s],
		[404, 'Not found', /found nothing.*Not found/s],
	])('answers %d: Failed, in the words of Meraki, told, the others go on', async (status, words, reason) => {
		const leeds = await decisionOn();
		bench.simulator.addFault({ match: PUT_LEEDS, effect: { kind: 'status', status, errors: [words] } });
		const { outputs, error } = await swap([{ ...leeds, notify: 'new' }, decisionFor('N_2')]);
		expect(error).toBeUndefined();
		expect(outputs(SWAP)[FAILED]).toMatchObject([
			{
				json: {
					kind: 'merakiVpnSwapFailed',
					status: 'failed',
					networkId: 'N_1',
					reason: expect.stringMatching(reason),
					tagsBefore: ON_PRIMARY,
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(jsonOf(outputs(SWAP)[REPORT])).toMatchObject([{ severity: 'critical' }]);
		expect(jsonOf(outputs(SWAP)[REPORT])[0]?.['text']).toContain(words);
		expect(jsonOf(outputs(SWAP)[SWAPPED])).toMatchObject([{ networkId: 'N_2', status: 'done' }]);
		expect(bench.tags('N_1')).toEqual(ON_PRIMARY);
		expect(bench.tags('N_2')).toEqual(ON_BACKUP);
	});

	it('is tried again after a minute, then after five; an operator may always try (R8.7)', async () => {
		const decision = await decisionOn();
		bench.simulator.addFault({ id: 'no', match: PUT_LEEDS, effect: { kind: 'status', status: 400 } });
		let workflow = bench.swapping(REAL);
		const run = async () => await bench.run(workflow, { items: itemsOf({ ...decision, notify: 'none' }) });
		const waited = (minutes: number) => {
			// After a restart of n8n: nothing is kept but what it stored.
			workflow = { ...workflow };
			const node = workflow.staticData[`node:${SWAP}`] as { refusals: Record<string, { at: number }> };
			for (const refusal of Object.values(node.refusals)) refusal.at -= minutes * 60_000;
		};
		await run();
		const paused = await run();
		expect(bench.writes).toHaveLength(1);
		expect(counts(paused.outputs(SWAP)).slice(1)).toEqual([0, 0]);
		waited(1);
		await run();
		expect(bench.writes).toHaveLength(2);
		waited(1);
		await run();
		expect(bench.writes).toHaveLength(2);
		bench.simulator.removeFault('no');
		await bench.run({
			...bench.swapping({ ...explicit('failOver', 'N_2'), ...REAL }),
			staticData: workflow.staticData,
		});
		expect(bench.writes).toHaveLength(3);
		waited(5);
		await run();
		expect(bench.tags()).toEqual(ON_BACKUP);
		expect(JSON.stringify(workflow.staticData)).not.toContain('N_1');
	});

	it('with a key that may only read is Failed, and stays silent when the item is not new', async () => {
		const decision = await decisionOn();
		const credential = { apiKey: OTHER_KEYS.readOnly };
		const { outputs } = await swap([{ ...decision, notify: 'none' }], {}, { credential });
		expect(counts(outputs(SWAP))).toEqual([0, 0, 1]);
		expect(jsonOf(outputs(SWAP)[FAILED])[0]?.['reason']).toMatch(/do not have permission to write/);
	});
});

describe('explicit actions', () => {
	it('Fail Over moves and holds in one write, and says how to release', async () => {
		bench = await Bench.open();
		const { outputs } = await bench.run(bench.swapping({ ...explicit('failOver'), ...REAL }));
		expect(bench.writes).toMatchObject([{ tagsAsked: [...ON_BACKUP, HELD] }]);
		expect(jsonOf(outputs(SWAP)[SWAPPED])).toMatchObject([
			{ status: 'done', action: 'failover', to: 'paris' },
		]);
		expect(jsonOf(outputs(SWAP)[REPORT])[0]?.['text']).toMatch(/Release Hold/);
	});

	it('Fail Over without Hold Afterwards only moves', async () => {
		bench = await Bench.open();
		await bench.run(bench.swapping({ ...explicit('failOver'), ...REAL, holdAfterwards: false }));
		expect(bench.tags()).toEqual(ON_BACKUP);
	});

	it('Swap Back moves and holds, and Release Hold takes the tag off', async () => {
		bench = await Bench.open({
			organizations: [organization({ networks: [branch('N_1', 'Leeds', { tags: ON_BACKUP })] })],
		});
		await bench.run(bench.swapping({ ...explicit('swapBack'), ...REAL }));
		expect(bench.tags()).toEqual([...ON_PRIMARY, HELD]);
		const { outputs } = await bench.run(bench.swapping({ ...explicit('releaseHold'), ...REAL }));
		expect(bench.tags()).toEqual(ON_PRIMARY);
		expect(bench.writes).toHaveLength(2);
		expect(jsonOf(outputs(SWAP)[SWAPPED])).toMatchObject([{ action: 'releaseHold', status: 'done' }]);
		expect(outputs(SWAP)[REPORT]).toHaveLength(1);
	});

	it('holds the networks against the schedule', async () => {
		bench = await Bench.open({ events: [primaryLoss({ networks: ['N_1'], atMinutes: -3 })] });
		await bench.run(bench.swapping({ ...explicit('failOver', 'N_2'), ...REAL }));
		bench.minutes(10);
		const { outputs } = await bench.run(bench.evaluation());
		expect(jsonOf(outputs(EVALUATE)[SWAP_NEEDED]).map(({ networkId }) => networkId)).toEqual(['N_1']);
	});

	it('takes organization and networks from expressions, several networks at once', async () => {
		bench = await Bench.open();
		const parameters = {
			...explicit('failOver', '={{ $json.networks }}'),
			organizationId: { __rl: true, mode: 'id', value: '={{ $json.org }}' },
			...REAL,
		};
		const { outputs } = await swap([{ org: 1, networks: ['N_1', 'N_3'] }], parameters);
		expect(jsonOf(outputs(SWAP)[SWAPPED]).map(({ networkId }) => networkId)).toEqual(['N_1', 'N_3']);
		expect(bench.tags('N_2')).toEqual(ON_PRIMARY);
	});

	it('move all networks with a tag, and no other', async () => {
		bench = await Bench.open({ organizations: [pilots()] });
		const { outputs } = await bench.run(bench.swapping({ ...withTag('failOver', 'vpn-pilot'), ...REAL }));
		const names = jsonOf(outputs(SWAP)[SWAPPED]).map(({ networkName }) => networkName);
		expect(names).toEqual(['Leeds', 'Bath']);
		expect(bench.tags('N_2')).toEqual(ON_PRIMARY);
	});

	it('release all that are held, by the hold tag itself', async () => {
		const held = branch('N_2', 'York', { tags: [...ON_PRIMARY, HELD] });
		bench = await Bench.open({
			organizations: [organization({ networks: [branch('N_1', 'Leeds'), held] })],
		});
		await bench.run(bench.swapping({ ...withTag('releaseHold', HELD), ...REAL }));
		expect(bench.writes).toMatchObject([{ tagsAsked: ON_PRIMARY }]);
	});

	it('say kindly that nobody carries the tag', async () => {
		bench = await Bench.open({ organizations: [pilots()] });
		const { outputs } = await bench.run(bench.swapping({ ...withTag('failOver', 'vpn-pliot'), ...REAL }));
		expect(bench.writes).toEqual([]);
		expect(counts(outputs(SWAP))).toEqual([1, 0, 1]);
		const [report] = jsonOf(outputs(SWAP)[REPORT]);
		expect(report?.['title']).toMatch(/no network found, nothing written/);
		expect(report?.['text']).toMatch(
			/None of the 4 networks that this key can see carries the tag vpn-pliot/,
		);
	});

	it('say what Meraki said where the networks with a tag cannot be listed', async () => {
		bench = await Bench.open({
			events: [
				{
					kind: 'fault',
					match: { path: '/organizations/*/networks' },
					effect: { kind: 'status', status: 403 },
				},
			],
		});
		const { outputs } = await bench.run(bench.swapping({ ...withTag('failOver', 'vpn-pilot'), ...REAL }));
		expect(jsonOf(outputs(SWAP)[FAILED])).toMatchObject([
			{
				networkName: 'Networks with the tag vpn-pilot',
				status: 'failed',
				reason: expect.stringMatching(/denied access/),
			},
		]);
	});

	it('report where there is nothing to do', async () => {
		bench = await Bench.open();
		const { outputs } = await bench.run(bench.swapping({ ...explicit('releaseHold'), ...REAL }));
		expect(counts(outputs(SWAP))).toEqual([1, 0, 0]);
		expect(bench.writes).toEqual([]);
	});

	it.each([
		['half a pair', ['london_primary_up']],
		['two active roles', ['london_primary_up', 'paris_backup_up']],
		['no VPN tags', ['branch']],
		['no tags at all', null],
	])('refuse a network with %s', async (_what, tags) => {
		bench = await Bench.open({
			organizations: [organization({ networks: [branch('N_1', 'Leeds', { tags })] })],
		});
		const { outputs } = await bench.run(bench.swapping({ ...explicit('failOver'), ...REAL }));
		expect(bench.writes).toEqual([]);
		expect(jsonOf(outputs(SWAP)[FAILED])).toMatchObject([{ status: 'refused', reason: expect.any(String) }]);
		expect(outputs(SWAP)[REPORT]).toHaveLength(1);
	});

	it.each([
		['an unknown network', { networkIds: 'N_404' }, /found nothing/],
		[
			'a network of another organization',
			{ organizationId: { __rl: true, mode: 'id', value: '2' } },
			/organization 1, not 2/,
		],
	])('fail on %s', async (_what, change, reason) => {
		bench = await Bench.open();
		const { outputs } = await bench.run(bench.swapping({ ...explicit('failOver'), ...REAL, ...change }));
		expect(bench.writes).toEqual([]);
		expect(jsonOf(outputs(SWAP)[FAILED])).toMatchObject([{ reason: expect.stringMatching(reason) }]);
	});

	it.each([
		['an empty list of networks', { networkIds: ' , ' }, /Network IDs is empty/],
		['an empty tag', { networks: 'withTag', networkTag: ' ' }, /Filter Tag is empty/],
		['an unknown choice of networks', { networks: '={{ "all" }}' }, /Networks is not one of/],
		['a network that is no ID', { networkIds: 'N_1, a/b' }, /Network ID a\/b/],
		[
			'an organization that is missing',
			{ organizationId: { __rl: true, mode: 'id', value: '={{ "" }}' } },
			/organization is missing/,
		],
		['a dry run that is neither true nor false', { dryRun: '={{ "no" }}' }, /Dry Run must be true or false/],
		['an unknown action', { action: '={{ "explode" }}' }, /Action is not one of/],
		['a tag format that cannot be read', { tagFormat: { format: '{peer}-{role}' } }, /Tag Format/],
		['a hold tag that is none', { options: { holdTag: 'two words' } }, /Hold Tag/],
	])('refuse %s by naming the parameter', async (_what, change, message) => {
		bench = await Bench.open();
		const { error } = await bench.run(bench.swapping({ ...explicit('failOver'), ...REAL, ...change }));
		expect(error?.message).toMatch(message);
		expect((error as { description?: string }).description).toBeTruthy();
		expect(bench.simulator.requests).toEqual([]);
	});
});

describe('a cancelled run', () => {
	it('stops between writes, and reports what is left for the next run', async () => {
		const names = Array.from({ length: 8 }, (_, at) => `N_${at + 10}`);
		bench = await Bench.open({
			organizations: [organization({ networks: names.map((id) => branch(id, `Site ${id}`)) })],
		});
		const asked = names.map((networkId) => ({ ...decisionFor('N_1'), networkId, notify: 'new' }));
		const onRunning = (cancel: () => void) => {
			const timer = setInterval(() => {
				if (bench.writes.length < 2) return;
				clearInterval(timer);
				cancel();
			}, 5);
			// A run that is never cancelled fails below, and must not keep the process alive.
			timer.unref();
		};
		const workflow = bench.swapping(REAL);
		const ended = await bench.run(workflow, { items: itemsOf(...asked), onRunning });
		expect(ended.run.status).toBe('canceled');
		const written = bench.writes.length;
		expect(written).toBeLessThan(8);
		const [report] = jsonOf(ended.outputs(SWAP)[REPORT]);
		const swapped = jsonOf(ended.outputs(SWAP)[SWAPPED]);
		// The cancel may meet a write whose answer is still on its way: nobody saw it land, so it is told as not known.
		const notKnown = jsonOf(ended.outputs(SWAP)[FAILED]);
		expect(notKnown.length).toBeLessThanOrEqual(1);
		const told = [...swapped, ...notKnown].map(({ networkId }) => networkId);
		expect(told.sort()).toEqual(bench.writes.map(({ path }) => path.split('/').at(-1)).sort());
		expect(report?.['text']).toMatch(new RegExp(`Deferred to the next run \\(${8 - written}\\)`));
	});
});

function explicit(action: string, networkIds = 'N_1') {
	return { action, networkIds, organizationId: { __rl: true, mode: 'id', value: '1' } };
}

function withTag(action: string, networkTag: string) {
	return { ...explicit(action, ''), networks: 'withTag', networkTag };
}

/** Leeds and Bath are pilots; so is an office without VPN tags. */
function pilots(): object {
	const tags = [...ON_PRIMARY, 'vpn-pilot'];
	return organization({
		networks: [
			branch('N_1', 'Leeds', { tags }),
			branch('N_2', 'York'),
			branch('N_3', 'Bath', { tags }),
			branch('N_4', 'Office', { tags: ['vpn-pilot'] }),
		],
	});
}
