import fc from 'fast-check';

import { evaluate } from '../../core/evaluate/evaluateOrganization';
import type { JudgedPair } from '../../core/evaluate/evaluateOrganization';
import { isCleanThroughout, recoveryBySlots, seriesHealth } from '../../core/health/seriesHealth';
import type { Knowledge } from '../../core/evaluate/snapshot';
import { wallClockText } from '../../core/settings/maintenanceWindow';
import type { MaintenanceWindow } from '../../core/settings/maintenanceWindow';
import type { OrganizationMemory } from '../../core/memory/memory';
import { isMeasured, mergeEach, mergeRows, MINUTE_MS } from '../../core/health/series';
import type { Settings } from '../../core/settings/settings';
import { steadyHealth } from '../../core/health/steady';
import { compileTagFormat, DEFAULT_TAG_FORMAT } from '../../core/tags/tagFormat';
import type { LossRow } from '../../core/domain/types';
import { parseLoss, readLoss } from '../../meraki/parse/loss';
import { lossRows, rowWith, sampleLists } from '../support/arbitraries';
import { network, PARIS_IP, PEERS, settings, THREE_ON_PARIS, THREE_ON_PRIMARY } from '../support/branch';
import { runOnce } from '../support/run';
import { NOW } from '../support/series';

/** Ten thousand quiet branches come in one usual form, which is read by shorter ways: they must lead to the same. */

/** Among others series as they nearly always are: a sample a minute, all of them clean. */
const usualRows: fc.Arbitrary<LossRow[]> = fc.oneof(
	lossRows,
	lossRows.map((rows) =>
		rows.map((row) => ({
			...row,
			samples: row.samples.map((sample) => ({ ...sample, lossPercent: 0, latencyMs: 20 })),
		})),
	),
);

/** The window of a maintenance that has just ended excuses some of the samples. */
const ended: MaintenanceWindow = {
	kind: 'once',
	from: wallClockText(NOW - 20 * MINUTE_MS, 'UTC'),
	until: wallClockText(NOW - 4 * MINUTE_MS, 'UTC'),
	networkTag: null,
	timeZone: 'UTC',
};

const someSettings: fc.Arbitrary<Settings> = fc
	.record({
		lossThresholdPercent: fc.constantFrom(30, 50, 100),
		latencyThresholdMs: fc.constantFrom(null, 20, 100, 300),
		windowMinutes: fc.constantFrom(3, 4, 5),
		failoverSamples: fc.constantFrom(1, 1, 2, 3),
		recoveryMinutes: fc.constantFrom(1, 2, 3, 5, 10),
		recoveryThresholdPercent: fc.constantFrom(0, 5),
		maintenance: fc.constantFrom([], [], [ended]),
		lossyWhen: fc.constantFrom('any', 'all'),
	})
	.map((changes) => settings(changes));

/** As Meraki would answer. */
const asAnswered = (rows: readonly LossRow[]) =>
	rows.map(({ samples, ...row }) => ({
		...row,
		timeSeries: samples.map(({ sampledAt, lossPercent, latencyMs }) => {
			return { ts: `${new Date(sampledAt).toISOString().slice(0, 19)}Z`, lossPercent, latencyMs };
		}),
	}));

describe('the usual form of an answer', () => {
	test('R2 a steady row tells the same health as its samples, one by one', () => {
		let told = 0;
		fc.assert(
			fc.property(usualRows, someSettings, fc.integer({ min: -10, max: 6 }), (rows, chosen, minutes) => {
				const now = NOW + minutes * MINUTE_MS;
				const lean = readLoss(asAnswered(rows)).rows;
				const plain = parseLoss(asAnswered(rows)).rows;
				expect(lean.map(({ samples }) => samples)).toEqual(plain.map(({ samples }) => samples));
				lean.forEach(({ steady }, at) => {
					const health = steady ? steadyHealth(steady, chosen, now) : null;
					const samples = plain[at]?.samples ?? [];
					if (health === null) return;
					told += 1;
					expect(health).toEqual(seriesHealth(samples, chosen, now));
				});
			}),
			{ numRuns: 1000 },
		);
		expect(told).toBeGreaterThan(100);
	});

	test('a whole run says and remembers the same of steady rows as of their samples, one by one', () => {
		let steady = 0;
		const tags = fc.constantFrom(THREE_ON_PRIMARY, THREE_ON_PARIS);
		fc.assert(
			fc.property(
				usualRows,
				usualRows,
				someSettings,
				tags,
				fc.boolean(),
				(rows, before, chosen, carried, isKnown) => {
					const [lean, plain] = [readLoss, parseLoss].map((read) => {
						const run = (list: readonly LossRow[], now: number, memory: OrganizationMemory | null) =>
							runOnce({
								networks: [network(carried)],
								rows: read(asAnswered(list)).rows,
								now,
								memory,
								settings: chosen,
								...(isKnown ? {} : { knowledge: { statuses: new Map() } }),
							});
						const first = run(before, NOW - MINUTE_MS, null);
						const second = run(rows, NOW, first.memory);
						return [first, second].map(({ swapsNeeded, alert, summary, memory }) => {
							return { swapsNeeded, alert, summary, memory };
						});
					});
					steady += readLoss(asAnswered(rows)).rows.filter((row) => row.steady !== undefined).length;
					expect(lean).toEqual(plain);
				},
			),
			{ numRuns: 500 },
		);
		expect(steady).toBeGreaterThan(100);
	});

	test('R1.1 rows with nothing to merge are taken as they are', () => {
		let taken = 0;
		fc.assert(
			fc.property(usualRows, fc.integer({ min: -10, max: 4 }), (rows, minutes) => {
				const now = NOW + minutes * MINUTE_MS;
				const merged = mergeRows([], rows, now);
				if (merged === rows) taken += 1;
				expect(merged).toEqual(mergeEach([], rows, now));
			}),
			{ numRuns: 1000 },
		);
		expect(taken).toBeGreaterThan(100);
	});

	test('R2.4 a series that is clean throughout has recovered by its slots, too', () => {
		let clean = 0;
		const recoveries = fc.constantFrom(1, 2, 3, 5, 10);
		fc.assert(
			fc.property(usualRows, recoveries, fc.constantFrom(0, 5), (rows, recoveryMinutes, percent) => {
				const chosen = settings({ recoveryMinutes, recoveryThresholdPercent: percent });
				for (const { samples } of mergeEach([], rows, NOW)) {
					const newest = samples.filter(isMeasured).at(-1);
					if (!newest || !isCleanThroughout(samples, chosen)) continue;
					clean += 1;
					expect(recoveryBySlots(samples, newest, chosen, -Infinity)).toBe('yes');
					expect(recoveryBySlots(samples, newest, chosen, Infinity)).toBe('yes');
				}
			}),
			{ numRuns: 1000 },
		);
		expect(clean).toBeGreaterThan(100);
	});

	test('R1.3 a calm branch on primary is judged the same when something else makes it look closer', () => {
		const GRAMMAR = compileTagFormat(DEFAULT_TAG_FORMAT);
		const judge = (rows: readonly LossRow[]): JudgedPair | undefined => {
			const knowledge: Knowledge = {
				now: NOW,
				networks: [network(THREE_ON_PRIMARY)],
				rows,
				peers: { kind: 'known', peers: PEERS },
				memory: null,
				statuses: new Map(),
				history: new Map(),
				earlier: new Map(),
			};
			const [outcome] = evaluate(knowledge, settings({}), GRAMMAR).outcomes;
			return outcome?.kind === 'judged' ? outcome : undefined;
		};
		let calm = 0;
		fc.assert(
			fc.property(usualRows, sampleLists, (rows, list) => {
				const alone = judge(rows);
				if (alone?.outline.isCalm !== true) return;
				calm += 1;
				const lost = list.map((sample) => ({ ...sample, lossPercent: 100 }));
				const beside = judge([...rows, { ...rowWith('192.0.2.1', lost), serial: 'Q2ZZ-ZZZZ-ZZZZ' }]);
				expect(beside?.verdict).toEqual(alone.verdict);
				expect(beside?.peers).toEqual(alone.peers);
			}),
			{ numRuns: 1000 },
		);
		expect(calm).toBeGreaterThan(100);
	});

	test('R4.9 a series is calm unless a sample of any row is over', () => {
		const over = [rowWith(PARIS_IP, [{ sampledAt: NOW - 3 * MINUTE_MS, lossPercent: 30, latencyMs: null }])];
		const under = [rowWith(PARIS_IP, [{ sampledAt: NOW - 3 * MINUTE_MS, lossPercent: 29, latencyMs: null }])];
		const outlineOf = (rows: readonly LossRow[]) => {
			const knowledge: Knowledge = {
				now: NOW,
				networks: [network(THREE_ON_PRIMARY)],
				rows,
				peers: { kind: 'known', peers: PEERS },
				memory: null,
				statuses: new Map(),
				history: new Map(),
				earlier: new Map(),
			};
			const [outcome] = evaluate(knowledge, settings({}), compileTagFormat(DEFAULT_TAG_FORMAT)).outcomes;
			return outcome?.kind === 'judged' ? outcome.outline : undefined;
		};
		expect(outlineOf(over)).toEqual({ newestSampleAt: NOW - 3 * MINUTE_MS, isCalm: false });
		expect(outlineOf(under)).toEqual({ newestSampleAt: NOW - 3 * MINUTE_MS, isCalm: true });
		expect(outlineOf([])).toEqual({ newestSampleAt: null, isCalm: true });
	});
});
