import { MINUTE_MS } from '../../../core/domain/time';
import { mergeRows, sampleNear, samplesOfWindow } from '../../../core/health/series';
import type { LossRow, LossSample } from '../../../core/domain/types';
import { LONDON_IP, PARIS_IP, row } from '../../support/branch';
import { NOW, samples } from '../../support/series';

/** The loss of the one series that the rows make, oldest first. */
function losses(older: readonly LossRow[], newest: readonly LossRow[]): (number | null)[] {
	const [series] = mergeRows(older, newest, NOW);
	return (series?.samples ?? []).map((sample) => sample.lossPercent);
}

function rowOf(list: readonly LossSample[]): LossRow {
	return { ...row(LONDON_IP, ''), samples: list };
}

describe('R1.1 samples are merged by serial, uplink, IP and time', () => {
	const rows = [
		{ says: 'measured beats a null of a newer answer', older: '80 80', newest: '_ _', expect: [80, 80] },
		{ says: 'measured beats a null of an older answer', older: '_ _', newest: '80 0', expect: [80, 0] },
		{ says: 'the newest answer wins, up or down', older: '80 0', newest: '0 80', expect: [0, 80] },
		{ says: 'a null stays where nothing was measured', older: '_ 0', newest: '_ 0', expect: [null, 0] },
		{ says: 'what only the older answer has is kept', older: '7 0 0', newest: '. 0 0', expect: [7, 0, 0] },
		{ says: 'what only the newest answer has is added', older: '0 0 .', newest: '0 0 9', expect: [0, 0, 9] },
		{ says: 'nothing older is fine', older: '', newest: '1 2', expect: [1, 2] },
		{ says: 'nothing newer is fine', older: '1 2', newest: '', expect: [1, 2] },
	];
	test.each(rows)('R1.1 $says', ({ older, newest, expect: expected }) => {
		expect(losses([row(LONDON_IP, older)], [row(LONDON_IP, newest)])).toEqual(expected);
	});

	test('R1.1 samples in any order come out oldest first', () => {
		expect(losses([], [rowOf([...samples('1 2 3')].reverse())])).toEqual([1, 2, 3]);
	});

	test('R1.1 rows that differ in one key stay apart', () => {
		const series = mergeRows(
			[],
			[
				row(LONDON_IP, '1'),
				row(LONDON_IP, '2', { uplink: 'wan2' }),
				row(LONDON_IP, '3', { serial: 'Q2BB' }),
				row(PARIS_IP, '4'),
			],
			NOW,
		);
		expect(series.map((each) => [each.serial, each.uplink, each.ip, each.samples.length])).toEqual([
			['Q2AA-AAAA-AAAA', 'wan1', LONDON_IP, 1],
			['Q2AA-AAAA-AAAA', 'wan2', LONDON_IP, 1],
			['Q2BB', 'wan1', LONDON_IP, 1],
			['Q2AA-AAAA-AAAA', 'wan1', PARIS_IP, 1],
		]);
	});

	test('R1.1 one answer split over two rows is one series', () => {
		expect(losses([], [row(LONDON_IP, '1 . 3'), row(LONDON_IP, '. 2 .')])).toEqual([1, 2, 3]);
	});

	test('R1.1 however many rows one answer has', () => {
		const many = Array.from({ length: 20 }, (_each, at) => row(LONDON_IP, at % 2 === 0 ? '1 .' : '. 2'));
		expect(mergeRows([], many, NOW)).toHaveLength(1);
		expect(losses([], many)).toEqual([1, 2]);
	});

	test('R1.1 inside one answer the order of two values for one minute does not matter', () => {
		const low = row(LONDON_IP, '5/10');
		const high = row(LONDON_IP, '80/10');
		expect(losses([], [low, high])).toEqual([80]);
		expect(losses([], [high, low])).toEqual([80]);
	});

	test('R1.1 inside one answer equal loss keeps the higher latency, in either order', () => {
		const rowsOf = (...list: string[]) => list.map((series) => row(LONDON_IP, series));
		const latency = (list: readonly LossRow[]) => mergeRows([], list, NOW)[0]?.samples[0]?.latencyMs;
		expect(latency(rowsOf('5/10', '5/900'))).toBe(900);
		expect(latency(rowsOf('5/900', '5/10'))).toBe(900);
		expect(latency(rowsOf('5/_', '5/0'))).toBe(0);
		expect(latency(rowsOf('5/0', '5/_'))).toBe(0);
	});

	test('R1.1 a sample of the future is left out, one of this moment is not', () => {
		const at = (sampledAt: number) => ({ sampledAt, lossPercent: 1, latencyMs: null });
		expect(losses([rowOf([at(NOW + 1)])], [rowOf([at(NOW + 1), at(NOW)])])).toEqual([1]);
	});

	test('R1.1 one row that tells a minute twice, or of the future, is put in order', () => {
		const twice = ['5', '80', '7'].flatMap((loss) => samples(loss));
		expect(losses([], [rowOf(twice)])).toEqual([80]);
		const late = [...samples('5'), { sampledAt: NOW + 1, lossPercent: 6, latencyMs: null }];
		expect(losses([], [rowOf(late)])).toEqual([5]);
	});

	test('R1.1 the answers themselves are not changed', () => {
		const older = row(LONDON_IP, '1 2');
		const newest = row(LONDON_IP, '_ 9');
		const before = JSON.stringify([older, newest]);
		mergeRows([older], [newest], NOW);
		expect(JSON.stringify([older, newest])).toBe(before);
	});
});

describe('R2.1 the window', () => {
	test('R2.1 holds what is newer than now - 2 min - W, and nothing else', () => {
		const at = (age: number) => ({ sampledAt: NOW - age, lossPercent: 0, latencyMs: null });
		const list = [at(7 * MINUTE_MS), at(7 * MINUTE_MS - 1), at(0)];
		expect(samplesOfWindow(list, NOW, 5)).toEqual(list.slice(1));
		expect(samplesOfWindow(list, NOW, 3)).toEqual(list.slice(2));
	});
});

describe('R2.4 the sample of a slot', () => {
	const at = (sampledAt: number) => ({ sampledAt, lossPercent: 0, latencyMs: null });
	test('R2.4 is the nearest within 30 s', () => {
		const list = [at(-30_000), at(10_000), at(30_001)];
		expect(sampleNear(list, 0)).toBe(list[1]);
		expect(sampleNear(list, -25_000)).toBe(list[0]);
		expect(sampleNear([at(30_000)], 0)?.sampledAt).toBe(30_000);
		expect(sampleNear([at(30_001), at(-30_001)], 0)).toBeUndefined();
		expect(sampleNear([], 0)).toBeUndefined();
	});
});
