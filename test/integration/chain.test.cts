import type { INodeType } from 'n8n-workflow';
import { filledIn, readTemplate, stubbedTypes } from '../support/n8nTemplate.cjs';
import type { FillIn } from '../support/n8nTemplate.cjs';
import {
	ALERT,
	Bench,
	EVALUATE,
	jsonOf,
	MINUTE_MS,
	ON_BACKUP,
	ON_PRIMARY,
	primaryLoss,
	REPORT,
	STARTED_AT,
	SWAP,
	SWAPPED,
} from '../support/n8nMeraki.cjs';

const template = readTemplate();
const LOST_AT = 4;
const BACK_AT = 12;
const outage = { events: [primaryLoss({ networks: ['N_1'], atMinutes: LOST_AT, untilMinutes: BACK_AT })] };

let bench: Bench;
afterEach(async () => await bench.close());

interface Told {
	readonly minute: number;
	readonly what: 'report' | 'alert';
	readonly title: unknown;
	readonly incidentId: unknown;
}

function scheduled(fillIn: FillIn, behaviours: Readonly<Record<string, INodeType['execute']>> = {}) {
	const workflow = bench.store(filledIn(template, fillIn));
	const nodeTypes = stubbedTypes(template, behaviours);
	return async () => await bench.run(workflow, { nodeTypes, startAt: 'Every 30 Seconds' });
}

/** Runs the template once a minute and notes what people are told. */
async function play(minutes: number, fillIn: FillIn): Promise<Told[]> {
	const run = scheduled(fillIn);
	const told: Told[] = [];
	for (let minute = 0; minute <= minutes; minute += 1) {
		const { outputs, error } = await run();
		expect(error).toBeUndefined();
		for (const { title, incidentId } of jsonOf(outputs(SWAP)[REPORT]))
			told.push({ minute, what: 'report', title, incidentId });
		for (const { title, incidentId } of jsonOf(outputs(EVALUATE)[ALERT]))
			told.push({ minute, what: 'alert', title, incidentId });
		bench.minutes(1);
	}
	return told;
}

describe('the shipped template, minute by minute', () => {
	it('fails one branch over and swaps it back, with two writes, two messages and one incident', async () => {
		bench = await Bench.open(outage);
		const told = await play(24, { dryRun: false });
		const minutes = bench.writes.map(({ at }) => (Date.parse(at) - STARTED_AT) / MINUTE_MS);
		expect(bench.writes).toMatchObject([
			{ networkId: 'N_1', tagsBefore: ON_PRIMARY, tagsAsked: ON_BACKUP, tagsAfter: ON_BACKUP },
			{ networkId: 'N_1', tagsBefore: ON_BACKUP, tagsAsked: ON_PRIMARY, tagsAfter: ON_PRIMARY },
		]);
		// The bounds of the rules, and the minute between two runs.
		expect(minutes[0]).toBeGreaterThanOrEqual(LOST_AT + 2);
		expect(minutes[0]).toBeLessThanOrEqual(LOST_AT + 4.2 + 1);
		expect(minutes[1]).toBeGreaterThanOrEqual(BACK_AT + 6);
		expect(minutes[1]).toBeLessThanOrEqual(BACK_AT + 8.2 + 1);
		expect(told).toMatchObject([
			{
				what: 'report',
				minute: minutes[0],
				title: expect.stringMatching(/1 branch moved to paris \(failover/),
			},
			{
				what: 'report',
				minute: minutes[1],
				title: expect.stringMatching(/1 branch moved to london \(swap back/),
			},
		]);
		expect(new Set(told.map(({ incidentId }) => incidentId)).size).toBe(1);
		expect(bench.tags('N_2')).toEqual(ON_PRIMARY);
		expect(bench.tags('N_3')).toEqual(ON_PRIMARY);
	}, 30_000);

	it('in a dry run writes nothing and tells the same outage once', async () => {
		bench = await Bench.open({ events: [primaryLoss({ networks: ['N_1'], atMinutes: LOST_AT })] });
		const told = await play(12, { dryRun: true });
		expect(bench.writes).toEqual([]);
		expect(told).toMatchObject([
			{ what: 'report', title: expect.stringMatching(/dry run.*1 branch would move to paris/i) },
		]);
	}, 30_000);
});

describe('the shipped template', () => {
	const failing = { events: [primaryLoss({ networks: ['N_1'], atMinutes: -4.5 })] };

	it('as shipped writes nothing, and needs no message node enabled', async () => {
		bench = await Bench.open(failing);
		const { error, outputs } = await scheduled({ dryRun: true })();
		expect(error).toBeUndefined();
		expect(outputs(SWAP)).toHaveLength(3);
		expect(bench.writes).toEqual([]);
	});

	it('swaps before anything is told', async () => {
		bench = await Bench.open(failing);
		const { ranNodes } = await scheduled({
			dryRun: false,
			enabled: ['Heartbeat', 'Report to Slack', 'Report by Email'],
		})();
		const messages = ['Report to Slack', 'Report by Email', 'Heartbeat'];
		expect(ranNodes).toEqual(expect.arrayContaining([...messages, SWAP]));
		for (const message of messages) expect(ranNodes.indexOf(SWAP)).toBeLessThan(ranNodes.indexOf(message));
	});

	it('with a dead Slack swaps, sends the mail, and is red in the end', async () => {
		bench = await Bench.open(failing);
		const mails: unknown[] = [];
		const run = scheduled(
			{ dryRun: false, enabled: ['Report to Slack', 'Report by Email'] },
			{
				// What n8n's Slack node hands out when it may continue on fail.
				slack: async () => [[{ json: { error: 'Slack is dead' }, pairedItem: { item: 0 } }]],
				async emailSend() {
					mails.push(...this.getInputData().map(({ json }) => json['title']));
					return [this.getInputData()];
				},
				async merge() {
					return [[0, 1, 2, 3, 4, 5].flatMap((input) => this.getInputData(input))];
				},
				stopAndError: async () => {
					throw new Error('A message could not be sent');
				},
			},
		);
		const { error, outputs } = await run();
		expect(bench.tags()).toEqual(ON_BACKUP);
		expect(jsonOf(outputs(SWAP)[SWAPPED])).toMatchObject([{ status: 'done' }]);
		expect(mails).toHaveLength(1);
		expect(error?.message).toMatch(/could not be sent/);
	});
});
