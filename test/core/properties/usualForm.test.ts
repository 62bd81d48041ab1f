import fc from 'fast-check';

import { evaluate } from '../../../core/evaluate';
import type { JudgedPair } from '../../../core/evaluate';
import { isCleanThroughout, recoveryBySlots } from '../../../core/health';
import type { Knowledge } from '../../../core/knowledge';
import { isMeasured, mergeEach, mergeRows, MINUTE_MS } from '../../../core/samples';
import { compileTagFormat, DEFAULT_TAG_FORMAT } from '../../../core/tagFormat';
import type { LossRow } from '../../../core/types';
import { lossRows, rowWith, sampleLists } from '../../support/arbitraries';
import { network, PARIS_IP, PEERS, settings, THREE_ON_PRIMARY } from '../../support/branch';
import { NOW } from '../../support/series';

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

describe('the usual form of an answer', () => {
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
