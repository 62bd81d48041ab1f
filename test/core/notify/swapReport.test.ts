import { isReported } from '../../../core/notify/swapResultTable';
import type { SwapResult } from '../../../core/swap/result';
import { swapReport } from '../../../core/notify/swapReport';
import { NETWORK_ID, ON_BACKUP, ON_PRIMARY, ORGANIZATION } from '../../support/branch';
import { asEvaluated, backToLondon, explicit, swapRecord } from '../../support/decisions';
import { NOW } from '../../support/series';

const WHY = 'Meraki says no.';
const OUTCOMES: readonly SwapResult[] = [
	{ kind: 'done' },
	{ kind: 'accepted' },
	{ kind: 'gone', why: WHY },
	{ kind: 'dryRun' },
	{ kind: 'nothingToDo', why: WHY },
	{ kind: 'noneFound', why: WHY },
	{ kind: 'expired', why: WHY },
	{ kind: 'overtaken', why: WHY },
	{ kind: 'refused', why: WHY },
	{ kind: 'failed', why: WHY, isRefusal: false },
	{ kind: 'nextRun', why: WHY },
	{ kind: 'paused', why: WHY },
];

const FROM_BACKUP = { role: { kind: 'backup', order: 1 }, peer: 'london' } as const;

describe('R8.1 what Swap tells', () => {
	test.each(OUTCOMES)('R8.1 $kind of an item that is not to be told', (outcome) => {
		const record = swapRecord({ order: asEvaluated({ notify: 'none' }), outcome });
		expect(isReported(record)).toBe(['done', 'accepted', 'gone'].includes(outcome.kind));
	});

	test.each(OUTCOMES)('R8.1 $kind of an item that is new', (outcome) => {
		const silent = ['paused', 'overtaken', 'nothingToDo', 'noneFound'];
		expect(isReported(swapRecord({ outcome }))).toBe(!silent.includes(outcome.kind));
	});

	test.each(OUTCOMES)('R8.1 $kind of what an operator asked for is told', (outcome) => {
		expect(isReported(swapRecord({ order: explicit('failover'), outcome }))).toBe(true);
	});

	test('R8.1 nothing to tell is no report', () => {
		const silent = swapRecord({ order: asEvaluated({ notify: 'none' }), outcome: { kind: 'dryRun' } });
		expect(swapReport([silent], ORGANIZATION, NOW)).toBeNull();
		expect(swapReport([], ORGANIZATION, NOW)).toBeNull();
	});
});

describe('the report', () => {
	const titles: {
		says: string;
		records: ReturnType<typeof swapRecord>[];
		expect: RegExp;
		severity: string;
	}[] = [
		{
			says: 'a failover',
			records: [swapRecord()],
			expect: /^Acme: 1 branch moved to paris \(failover: london shows loss\)/,
			severity: 'warning',
		},
		{
			says: 'a swap back of two',
			records: [1, 2].map(() => swapRecord({ order: backToLondon(), from: 'paris', to: 'london' })),
			expect: /^Acme: 2 branches moved to london \(swap back: primary is clean\)/,
			severity: 'info',
		},
		{
			says: 'a failure first',
			records: [swapRecord(), swapRecord({ outcome: { kind: 'failed', why: WHY, isRefusal: true } })],
			expect:
				/^Acme: 1 branch not moved to paris; 1 moved to paris \(failover: london shows loss\), since 11:58 UTC$/,
			severity: 'critical',
		},
		{
			says: 'a network out of sight before all',
			records: [
				swapRecord({ outcome: { kind: 'failed', why: WHY, isRefusal: true } }),
				swapRecord({ outcome: { kind: 'gone', why: WHY } }),
			],
			expect:
				/^Acme: 1 branch no longer visible to the API key after the change; 1 not moved to paris, since/,
			severity: 'critical',
		},
		{
			says: 'a dry run',
			records: [swapRecord({ outcome: { kind: 'dryRun' } })],
			expect: /^Acme: .*1 branch would move to paris \(failover/,
			severity: 'info',
		},
		{
			says: 'a later wave',
			records: [swapRecord({ order: asEvaluated({ isContinued: true }) })],
			expect: /^Acme: 1 branch moved to paris \(failover: .*continued/,
			severity: 'warning',
		},
		{
			says: 'a failover from a backup',
			records: [swapRecord({ order: asEvaluated({ have: FROM_BACKUP }) })],
			expect: /^Acme: 1 branch moved to paris \(failover from a backup: london shows loss\)/,
			severity: 'warning',
		},
		{
			says: 'accepted and not visible yet',
			records: [swapRecord({ outcome: { kind: 'accepted' } })],
			expect: /^Acme: 1 branch moving to paris, not visible yet \(failover: london shows loss\)/,
			severity: 'warning',
		},
		{
			says: 'a hold whose release is not visible yet',
			records: [
				swapRecord({ order: explicit('releaseHold'), from: null, to: null, outcome: { kind: 'accepted' } }),
			],
			expect: /^Acme: hold being released on 1 branch, not visible yet/,
			severity: 'warning',
		},
		{
			says: 'a hold released',
			records: [swapRecord({ order: explicit('releaseHold'), from: null, to: null })],
			expect: /^Acme: hold released on 1 branch$/,
			severity: 'info',
		},
		{
			says: 'a hold that would be released',
			records: [
				swapRecord({ order: explicit('releaseHold'), from: null, to: null, outcome: { kind: 'dryRun' } }),
			],
			expect: /^Acme: .*hold would be released on 1 branch$/,
			severity: 'info',
		},
		{
			says: 'nothing to do',
			records: [swapRecord({ order: explicit('failover'), outcome: { kind: 'nothingToDo', why: WHY } })],
			expect: /^Acme: nothing to do on 1 branch$/,
			severity: 'info',
		},
		{
			says: 'refused',
			records: [swapRecord({ outcome: { kind: 'refused', why: WHY } })],
			expect: /^Acme: 1 branch refused, nothing written/,
			severity: 'warning',
		},
		{
			says: 'left for the next run',
			records: [swapRecord({ outcome: { kind: 'nextRun', why: WHY } })],
			expect: /^Acme: 1 branch deferred to the next run/,
			severity: 'warning',
		},
	];
	test.each(titles)('the title of $says', ({ records, expect: expected, severity }) => {
		const report = swapReport(records, ORGANIZATION, NOW);
		expect(report?.title).toMatch(expected);
		expect(report?.severity).toBe(severity);
	});

	test('R7 a row shows the tags before and after, why, since when, and what else changed', () => {
		const report = swapReport(
			[swapRecord({ sideEffects: ['The time zone changed.'] })],
			{ id: '1001', name: null },
			NOW,
		);
		expect(report).toMatchObject({
			kind: 'report',
			incidentId: '1001-london-20260115T1150Z',
			isDryRun: false,
			lossThresholdPercent: 30,
		});
		expect(report?.title).toMatch(/^Organization 1001: /);
		expect(report?.sections).toEqual([
			{
				heading: 'Failed over from london to paris',
				severity: 'warning',
				nextStep: '',
				rows: [
					{
						networkId: NETWORK_ID,
						networkName: 'Leeds',
						networkUrl: 'https://n1.meraki.com/Leeds/n/abc/manage',
						from: 'london',
						to: 'paris',
						explanation: 'london lost 80 %. The time zone changed.',
						lossPercents: [0, 80],
						durationMs: 120_000,
						tagsBefore: ON_PRIMARY,
						tagsAfter: ON_BACKUP,
					},
				],
			},
		]);
	});

	test('a report says how to release a hold that it set', () => {
		const report = swapReport([swapRecord({ order: explicit('failover', true) })], ORGANIZATION, NOW);
		expect(report?.sections[0]?.nextStep).toMatch(/vpn_failover_hold.*Release Hold/);
		expect(report?.sections[0]?.rows[0]?.durationMs).toBeNull();
		expect(report?.incidentId).toBeNull();
	});

	test('branches of one kind share a section, the most urgent section comes first', () => {
		const records = [
			swapRecord(),
			swapRecord({ outcome: { kind: 'refused', why: WHY } }),
			swapRecord(),
			swapRecord({ outcome: { kind: 'gone', why: WHY } }),
		];
		const report = swapReport(records, ORGANIZATION, NOW);
		expect(report?.sections.map(({ heading, rows }) => `${heading} (${rows.length})`)).toEqual([
			'No longer visible to the API key after the change (1)',
			'Refused: nothing was written (1)',
			'Failed over from london to paris (2)',
		]);
	});
});

describe('what is told of each outcome', () => {
	const RELEASE =
		'Held by the tag vpn_failover_hold: the schedule leaves it alone. Use Release Hold when it may move again.';
	const hold = (outcome: SwapResult) => swapRecord({ order: explicit('failover', true), outcome });
	const rows: {
		says: string;
		record: ReturnType<typeof swapRecord>;
		title: string;
		heading: string;
		severity: string;
		nextStep: string;
		explanation: string;
	}[] = [
		{
			says: 'done, by an operator with a hold',
			record: hold({ kind: 'done' }),
			title: '1 branch moved to paris (failover by an operator)',
			heading: 'Failed over from london to paris',
			severity: 'warning',
			nextStep: RELEASE,
			explanation: '',
		},
		{
			says: 'done, by an operator without one',
			record: swapRecord({ order: explicit('swapBack'), from: 'paris', to: 'london' }),
			title: '1 branch moved to london (swap back by an operator)',
			heading: 'Swapped back from paris to london',
			severity: 'info',
			nextStep: '',
			explanation: '',
		},
		{
			says: 'a failover from a backup',
			record: swapRecord({ order: asEvaluated({ have: FROM_BACKUP }) }),
			title: '1 branch moved to paris (failover from a backup: london shows loss), since 11:58 UTC',
			heading: 'Failed over from london to paris',
			severity: 'warning',
			nextStep: '',
			explanation: 'london lost 80 %.',
		},
		{
			says: 'a dry run of a decision',
			record: swapRecord({ outcome: { kind: 'dryRun' } }),
			title: '1 branch would move to paris (failover: london shows loss), since 11:58 UTC',
			heading: 'Would be: Failed over from london to paris',
			severity: 'info',
			nextStep: 'Nothing was written. Switch Dry Run off to let it happen.',
			explanation: 'london lost 80 %.',
		},
		{
			says: 'R8.7 a decision that failed, with when it is tried again',
			record: swapRecord({ outcome: { kind: 'failed', why: WHY, isRefusal: true } }),
			title: '1 branch not moved to paris, since 11:58 UTC',
			heading: 'Not moved',
			severity: 'critical',
			nextStep:
				'Fix the error shown. The next run tries again; what Meraki refused is tried again after 1, 5, 15, then every 60 minutes.',
			explanation: `${WHY} london lost 80 %.`,
		},
		{
			says: 'a hold released, which sets none',
			record: swapRecord({ order: explicit('releaseHold', true), from: null, to: null }),
			title: 'hold released on 1 branch',
			heading: 'Hold released',
			severity: 'info',
			nextStep: '',
			explanation: '',
		},
		{
			says: 'half a route, which is none',
			record: swapRecord({ order: explicit('failover'), from: null }),
			title: '1 branch moved to paris (failover by an operator)',
			heading: 'Failed over',
			severity: 'warning',
			nextStep: '',
			explanation: '',
		},
		{
			says: 'the other half',
			record: swapRecord({ order: explicit('failover'), to: null }),
			title: '1 branch moved (failover by an operator)',
			heading: 'Failed over',
			severity: 'warning',
			nextStep: '',
			explanation: '',
		},
		{
			says: 'accepted',
			record: hold({ kind: 'accepted' }),
			title: '1 branch moving to paris, not visible yet (failover by an operator)',
			heading: 'Failed over from london to paris, not visible yet',
			severity: 'warning',
			nextStep: 'Meraki accepted the change, but has not shown it yet. The next run looks again.',
			explanation: '',
		},
		{
			says: 'a dry run',
			record: hold({ kind: 'dryRun' }),
			title: '1 branch would move to paris (failover by an operator)',
			heading: 'Would be: Failed over from london to paris',
			severity: 'info',
			nextStep: 'Nothing was written. Switch Dry Run off to let it happen.',
			explanation: '',
		},
		{
			says: 'nothing to do',
			record: hold({ kind: 'nothingToDo', why: WHY }),
			title: 'nothing to do on 1 branch',
			heading: 'Nothing to do',
			severity: 'info',
			nextStep: '',
			explanation: WHY,
		},
		{
			says: 'no network found',
			record: hold({ kind: 'noneFound', why: WHY }),
			title: 'no network found, nothing written',
			heading: 'No network found',
			severity: 'warning',
			nextStep: 'Check the spelling of the tag: upper and lower case matter. Nothing was written.',
			explanation: WHY,
		},
		{
			says: 'expired',
			record: hold({ kind: 'expired', why: WHY }),
			title: '1 branch not moved to paris: the decision came too late',
			heading: 'Too late: nothing was written',
			severity: 'warning',
			nextStep: 'Let Swap VPN Tags follow Evaluate Uplink Loss directly, or raise Decision Valid For.',
			explanation: WHY,
		},
		{
			says: 'overtaken',
			record: hold({ kind: 'overtaken', why: WHY }),
			title: '1 branch overtaken, left as they are',
			heading: 'Overtaken: left as it is',
			severity: 'info',
			nextStep: '',
			explanation: WHY,
		},
		{
			says: 'refused',
			record: hold({ kind: 'refused', why: WHY }),
			title: '1 branch refused, nothing written',
			heading: 'Refused: nothing was written',
			severity: 'warning',
			nextStep: 'Correct the error shown, then run again.',
			explanation: WHY,
		},
		{
			says: 'failed',
			record: hold({ kind: 'failed', why: WHY, isRefusal: true }),
			title: '1 branch not moved to paris',
			heading: 'Not moved',
			severity: 'critical',
			nextStep: 'Fix the error shown, then try again.',
			explanation: WHY,
		},
		{
			says: 'gone',
			record: hold({ kind: 'gone', why: WHY }),
			title: '1 branch no longer visible to the API key after the change',
			heading: 'No longer visible to the API key after the change',
			severity: 'critical',
			nextStep: 'Check that the tags do not decide which networks the API key may see.',
			explanation: WHY,
		},
		{
			says: 'paused',
			record: hold({ kind: 'paused', why: WHY }),
			title: '1 branch refused before, postponed',
			heading: 'Refused before: postponed',
			severity: 'warning',
			nextStep: '',
			explanation: WHY,
		},
		{
			says: 'left for the next run',
			record: hold({ kind: 'nextRun', why: WHY }),
			title: '1 branch deferred to the next run',
			heading: 'Deferred to the next run',
			severity: 'warning',
			nextStep: 'Nothing: the next run decides anew.',
			explanation: WHY,
		},
	];
	test.each(rows)('$says', ({ record, title, explanation, heading, severity, nextStep }) => {
		const report = swapReport([record], ORGANIZATION, NOW);
		expect(report?.title).toBe(`Acme: ${title}`);
		expect(report?.severity).toBe(severity);
		expect(report?.isDryRun).toBe(record.outcome.kind === 'dryRun');
		expect(report?.sections).toEqual([
			{
				heading,
				severity,
				nextStep,
				rows: [expect.objectContaining({ explanation, tagsAfter: ON_BACKUP })],
			},
		]);
	});

	test('a swap back says how long the branch was on backup, where that is known', () => {
		const back = (offPrimarySince: number | null) =>
			swapReport(
				[swapRecord({ order: backToLondon({ offPrimarySince }), from: 'paris', to: 'london' })],
				ORGANIZATION,
				NOW,
			);
		const known = back(NOW - 600_000);
		expect(known?.title).toBe(
			'Acme: 1 branch moved to london (swap back: primary is clean), after 10 min on backup',
		);
		expect(known?.sections[0]?.rows[0]?.durationMs).toBe(600_000);
		const unknown = back(null);
		expect(unknown?.title).toBe('Acme: 1 branch moved to london (swap back: primary is clean)');
		expect(unknown?.sections[0]?.rows[0]?.durationMs).toBeNull();
		expect(back(NOW + 1)?.sections[0]?.rows[0]?.durationMs).toBe(0);
	});

	test('the title counts what was done alike: the same outcome of the same action', () => {
		const report = swapReport(
			[swapRecord(), swapRecord(), swapRecord({ order: asEvaluated({ have: FROM_BACKUP }) })],
			ORGANIZATION,
			NOW,
		);
		expect(report?.title).toMatch(
			/^Acme: 2 branches moved to paris \(failover: .*\); 1 moved to paris \(failover from a backup: /,
		);
	});

	test('one dry run among others makes the report one', () => {
		const report = swapReport([swapRecord(), swapRecord({ outcome: { kind: 'dryRun' } })], ORGANIZATION, NOW);
		expect(report?.isDryRun).toBe(true);
	});

	test('of several incidents the first that has an id is named', () => {
		const orders = ['', 'i', 'j'].map((incidentId) => asEvaluated({ incidentId }));
		const report = swapReport(
			orders.map((order) => swapRecord({ order })),
			ORGANIZATION,
			NOW,
		);
		expect(report?.incidentId).toBe('i');
	});

	test('how the writing went is the summary', () => {
		expect(swapReport([swapRecord()], ORGANIZATION, NOW, ['One.', 'Two.'])?.summary).toBe('One. Two.');
		expect(swapReport([swapRecord()], ORGANIZATION, NOW)?.summary).toBe('');
	});

	test('an order of an operator brings no loss, and no threshold that would mark one', () => {
		const report = swapReport([swapRecord({ order: explicit('failover') })], ORGANIZATION, NOW);
		expect(report?.sections[0]?.rows[0]?.lossPercents).toEqual([]);
		expect(report?.lossThresholdPercent).toBe(100);
	});
});
