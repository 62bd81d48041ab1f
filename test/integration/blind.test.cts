import type { IDataObject } from 'n8n-workflow';
import type { Fault } from '../../simulator/simulator.cjs';
import {
	ALERT,
	Bench,
	counts,
	EVALUATE,
	jsonOf,
	KEY,
	MINUTE_MS,
	organization,
	OTHER_KEYS,
	primaryLoss,
	SUMMARY,
	SWAP,
} from '../support/n8nMeraki.cjs';
import type { StoredWorkflow } from '../support/n8nEngine.cjs';

const NODE_KEY = `node:${EVALUATE}`;
const LOSS = '/organizations/1/devices/uplinksLossAndLatency';
const leedsFails = { events: [primaryLoss({ networks: ['N_1'], atMinutes: -3 })] };
/** Sent again at once, so that the tries of a read cost no time. */
const atOnce = { retryAfter: '0' };

interface Blindness {
	readonly credential?: { apiKey: string };
	readonly fault?: Fault;
	readonly scenario?: object;
	/** What people must read. */
	readonly words: RegExp;
}

const causes: readonly (readonly [string, Blindness])[] = [
	[
		'a revoked key',
		{ credential: { apiKey: OTHER_KEYS.revoked }, words: /Invalid API key.*Check the API key/is },
	],
	[
		'a forbidden organization',
		{ credential: { apiKey: OTHER_KEYS.forbidden }, words: /You do not have permission.*administrator/is },
	],
	[
		'an unknown organization',
		{
			scenario: { organizations: [organization({ id: '9' })] },
			words: /Organization not found.*Check the ID and the region/is,
		},
	],
	[
		'API access switched off',
		{
			scenario: { organizations: [organization({ apiEnabled: false })] },
			words: /API access is not enabled.*API access is switched on/is,
		},
	],
	[
		'a request that Meraki refuses',
		{
			fault: {
				match: { path: LOSS },
				effect: { kind: 'status', status: 400, errors: ['timespan is invalid'] },
			},
			words: /timespan is invalid/,
		},
	],
	[
		'errors in an answer with status 200',
		{
			fault: {
				match: { path: LOSS },
				effect: { kind: 'errorsAnswer', errors: ['Something went wrong here'] },
			},
			words: /Meraki/,
		},
	],
	[
		'a fault of Meraki itself',
		{
			fault: { match: { path: LOSS }, effect: { kind: 'status', status: 500, ...atOnce } },
			words: /fault of its own.*status\.meraki\.net/is,
		},
	],
	[
		'a rate limit that lasts',
		{
			fault: { match: { path: LOSS }, effect: { kind: 'status', status: 429, retryAfter: '3600' } },
			words: /API rate limit exceeded/,
		},
	],
	[
		'a redirect to a stranger',
		{
			fault: { match: { path: LOSS }, effect: { kind: 'redirect', status: 302, to: 'stranger' } },
			words: /not sent there.*region or the custom URL/is,
		},
	],
];

let bench: Bench;
afterEach(async () => await bench.close());

describe.each(causes)('with %s', (_cause, { credential, fault, scenario, words }) => {
	const open = async () => {
		bench = await Bench.open({ ...leedsFails, ...scenario });
		if (fault) bench.simulator.addFault(fault);
	};

	it('the schedule goes on: no error, no move, and Summary says why', async () => {
		await open();
		const workflow = bench.chain();
		const done = await bench.run(workflow, { credential });
		expect(done.error).toBeUndefined();
		expect(counts(done.outputs(EVALUATE)).slice(0, 2)).toEqual([1, 0]);
		expect(done.runsOf(SWAP)).toBe(0);
		const [summary] = jsonOf(done.outputs(EVALUATE)[SUMMARY]);
		expect(summary).toMatchObject({ status: 'blind', organizationId: '1', swapsNeeded: 0 });
		expect((summary?.['warnings'] as string[]).join(' ')).toMatch(words);
		expect(bench.writes).toEqual([]);
	});

	it('a run by hand is red, in the words of Meraki', async () => {
		await open();
		const { error } = await bench.run(bench.chain(), { credential, mode: 'manual' });
		expect(`${error?.message} ${(error as { description?: string }).description}`).toMatch(words);
		expect(error).toMatchObject({ context: { itemIndex: 0 } });
		expect(bench.writes).toEqual([]);
	});
});

describe('blindness', () => {
	const blindFault: Fault = { id: 'blind', effect: { kind: 'status', status: 403, errors: ['No entry'] } };
	const alerts = async (workflow: StoredWorkflow) => {
		const { outputs } = await bench.run(workflow);
		return jsonOf(outputs(EVALUATE)[ALERT]);
	};

	it('is told once after three runs, and its end is told', async () => {
		bench = await Bench.open();
		const workflow = bench.evaluation();
		expect(await alerts(workflow)).toEqual([]);
		bench.simulator.addFault(blindFault);
		expect(await alerts(workflow)).toEqual([]);
		expect(await alerts(workflow)).toEqual([]);
		expect(await alerts(workflow)).toMatchObject([
			{
				kind: 'alert',
				severity: 'critical',
				title: expect.stringMatching(/Acme.*Meraki API cannot be read/),
				text: expect.stringContaining('No entry'),
			},
		]);
		expect(await alerts(workflow)).toEqual([]);
		bench.simulator.removeFault('blind');
		expect(await alerts(workflow)).toMatchObject([
			{ title: expect.stringMatching(/resolved/), severity: 'info' },
		]);
		expect(await alerts(workflow)).toEqual([]);
	});

	it('is not told when it was shorter', async () => {
		bench = await Bench.open();
		const workflow = bench.evaluation();
		await bench.run(workflow);
		bench.simulator.addFault({ ...blindFault, times: 4 });
		expect(await alerts(workflow)).toEqual([]);
		expect(await alerts(workflow)).toEqual([]);
		expect(await alerts(workflow)).toEqual([]);
	});

	it('is told after five minutes when runs are rare, and again after the repeat interval', async () => {
		bench = await Bench.open();
		const workflow = bench.evaluation();
		await bench.run(workflow);
		bench.simulator.addFault(blindFault);
		await bench.run(workflow);
		const after = async (failures: IDataObject) => await alerts(restarted(workflow, failures));
		expect(await after({ count: 1, since: Date.now() - 5 * MINUTE_MS, toldAt: null })).toHaveLength(1);
		expect(await after({ count: 9, since: 0, toldAt: Date.now() - 239 * MINUTE_MS })).toEqual([]);
		expect(await after({ count: 9, since: 0, toldAt: Date.now() - 241 * MINUTE_MS })).toHaveLength(1);
	});
});

describe('the API key', () => {
	it('stands nowhere, even when Meraki echoes it', async () => {
		bench = await Bench.open();
		const echo = `Bad key ${KEY} in Authorization: Bearer ${KEY}`;
		bench.simulator.addFault({ effect: { kind: 'status', status: 401, errors: [echo] } });
		const workflow = bench.evaluation();
		for (let runs = 1; runs <= 4; runs += 1) await bench.run(workflow);
		const { error } = await bench.run(workflow, { mode: 'manual' });
		expect((error as { description?: string }).description).toContain('Bad key');
		// The search itself is made for every test, in `Bench.close`.
	});
});

/** After a restart of n8n nothing is kept but what it stored. */
function restarted(workflow: StoredWorkflow, failures: IDataObject): StoredWorkflow {
	const staticData = structuredClone(workflow.staticData);
	const { memory } = staticData[NODE_KEY] as { memory: { organizations: { '1': IDataObject } } };
	memory.organizations['1']['failures'] = failures;
	return bench.store({ ...workflow, staticData });
}
