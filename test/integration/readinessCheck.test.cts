import type { IDataObject } from 'n8n-workflow';
import { filledIn, readTemplate, stubbedTypes } from '../support/n8nTemplate.cjs';
import {
	ALERT,
	Bench,
	branch,
	counts,
	EVALUATE,
	itemsOf,
	jsonOf,
	KEY,
	organization,
	OTHER_KEYS,
	primaryLoss,
	SUMMARY,
} from '../support/n8nMeraki.cjs';

let bench: Bench;
afterEach(async () => await bench.close());

const readinessCheck = { operation: 'checkUp' };
const OUT_OF_ORDER = ['london_primary_up', 'paris_backup_up'];

async function runReadinessCheck(
	parameters = {},
	apiKey = KEY,
): Promise<{ report: IDataObject; summary: IDataObject }> {
	const { outputs, error } = await bench.run(bench.evaluation({ ...readinessCheck, ...parameters }), {
		credential: { apiKey },
	});
	expect(error).toBeUndefined();
	expect(counts(outputs(EVALUATE))).toEqual([1, 0, 1]);
	const [report = {}] = jsonOf(outputs(EVALUATE)[ALERT]);
	const [summary = {}] = jsonOf(outputs(EVALUATE)[SUMMARY]);
	return { report, summary };
}

describe('a readiness check', () => {
	it('says in one report that all would fail over', async () => {
		bench = await Bench.open();
		const { report, summary } = await runReadinessCheck();
		expect(report).toMatchObject({
			kind: 'readinessCheck',
			severity: 'info',
			title: 'Acme: readiness check: all 3 networks would fail over',
			networks: [],
		});
		expect(summary).toMatchObject({ kind: 'merakiVpnSummary', readinessCheck: { networks: 3, ready: 3 } });
	});

	it('counts the healthy first, and says of the others what to mend', async () => {
		bench = await Bench.open({
			organizations: [
				organization({
					networks: [
						branch('N_1', 'Leeds'),
						branch('N_2', 'York', { destinations: ['8.8.8.8'] }),
						branch('N_3', 'Bath', { tags: OUT_OF_ORDER }),
						branch('N_4', 'Hull', { appliances: [] }),
					],
				}),
			],
		});
		const { report } = await runReadinessCheck();
		expect(report['title']).toBe('Acme: readiness check: 1 of 4 networks would fail over; 3 would not');
		expect(report['text']).toContain('Not tracked: 203.0.113.10 of london (2):');
		expect(report['text']).toContain('VPN tags are inconsistent (1):');
		expect(report['text']).toContain('More than one peer is up');
		expect(report['text']).toContain('The uplink in use is not known (1):');
	});

	it('leaves nothing behind in the organization: one stored batch, deleted at once', async () => {
		bench = await Bench.open();
		await runReadinessCheck();
		expect(bench.writes.map(({ method, path }) => `${method} ${path.replace(/\d+$/, '#')}`)).toEqual([
			'POST /api/v1/organizations/1/actionBatches',
			'DELETE /api/v1/organizations/1/actionBatches/#',
		]);
		expect(bench.tags()).toEqual(expect.arrayContaining(['london_primary_up', 'paris_backup_down']));
	});

	it('finds a key that may only read', async () => {
		bench = await Bench.open();
		const { report } = await runReadinessCheck({}, OTHER_KEYS.readOnly);
		expect(report).toMatchObject({
			severity: 'critical',
			title: 'Acme: readiness check: none of 3 networks would fail over',
		});
		expect(report['text']).toMatch(/The API key may read, but probably not write/);
		expect(report['text']).toMatch(/You do not have permission to write to this resource/);
	});

	it('says kindly when it cannot be told whether the key may write', async () => {
		bench = await Bench.open({
			events: [
				{
					kind: 'fault',
					match: { method: 'POST', path: '/organizations/*/actionBatches' },
					effect: { kind: 'status', status: 503 },
				},
			],
		});
		const { report } = await runReadinessCheck();
		expect(report['title']).toBe('Acme: readiness check: all 3 networks would fail over');
		expect(report['text']).toMatch(/Whether the API key may write could not be told/);
	});

	it('hands out no decision and remembers nothing, also while a branch fails', async () => {
		bench = await Bench.open({ events: [primaryLoss({ networks: ['N_1'], atMinutes: -3 })] });
		const workflow = bench.evaluation(readinessCheck);
		const { outputs } = await bench.run(workflow);
		expect(counts(outputs(EVALUATE))).toEqual([1, 0, 1]);
		expect(workflow.staticData).toEqual({});
	});

	it('says its first line as a hint in a run by hand', async () => {
		bench = await Bench.open();
		const { hints } = await bench.run(bench.evaluation(readinessCheck), { mode: 'manual' });
		expect(hints(EVALUATE)).toEqual([
			'Acme: readiness check: all 3 networks would fail over. Alert says more.',
		]);
	});

	it('hands back the memory of an item field as it came', async () => {
		bench = await Bench.open();
		const parameters = { ...readinessCheck, memory: 'itemField' };
		const { outputs } = await bench.run(bench.evaluation(parameters), {
			items: itemsOf({ memory: '{"from":"before"}' }),
		});
		expect(jsonOf(outputs(EVALUATE)[SUMMARY])).toMatchObject([{ memory: '{"from":"before"}' }]);
	});

	it('looks at earlier days before it says that a peer was never seen healthy', async () => {
		bench = await Bench.open({
			events: [
				primaryLoss({ networks: ['N_1'], atMinutes: -30 }),
				primaryLoss({ networks: ['N_2'], atMinutes: -60 * 24 * 20 }),
			],
		});
		const { report } = await runReadinessCheck();
		expect(report['title']).toBe('Acme: readiness check: 2 of 3 networks would fail over; 1 would not');
		expect(report['networks']).toMatchObject([
			{ networkName: 'York', section: 'Never seen healthy: 203.0.113.10 of london' },
		]);
	});

	it('shows red by hand when nothing can be read, and is told by schedule', async () => {
		bench = await Bench.open();
		const credential = { apiKey: OTHER_KEYS.forbidden };
		const manual = await bench.run(bench.evaluation(readinessCheck), { mode: 'manual', credential });
		expect(manual.error?.message).toBe('Meraki denied access');
		const scheduled = await bench.run(bench.evaluation(readinessCheck), { credential });
		expect(jsonOf(scheduled.outputs(EVALUATE)[ALERT])).toMatchObject([
			{ kind: 'readinessCheck', severity: 'critical' },
		]);
	});

	it('runs in the template from its own trigger, with the organization of Evaluate', async () => {
		bench = await Bench.open();
		const template = readTemplate();
		const run = await bench.run(bench.store(filledIn(template, { dryRun: true })), {
			startAt: 'Readiness Check by Hand',
			nodeTypes: stubbedTypes(template),
		});
		expect(run.error).toBeUndefined();
		expect(run.ranNodes).toEqual(['Readiness Check by Hand', 'Readiness Check']);
		expect(jsonOf(run.outputs('Readiness Check')[ALERT])).toMatchObject([
			{ kind: 'readinessCheck', organizationId: '1' },
		]);
	});
});
