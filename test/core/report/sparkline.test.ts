import { newestLossText, percentText, shownSamples, sparkline } from '../../../core/report/sparkline';

describe('sparkline', () => {
	const rows = [
		{ says: 'no loss lies on the ground', samples: [0, 0], expect: '▁▁' },
		{ says: 'all lost is a full block', samples: [100], expect: '█' },
		{ says: 'the scale is 0 to 100, not the series', samples: [0, 30, 100], expect: '▁▃█' },
		{ says: 'a little loss is seen', samples: [0, 0.4], expect: '▁▂' },
		{ says: 'unmeasured is a dot, not a zero', samples: [0, null, 0], expect: '▁·▁' },
		{ says: 'what is no number is unmeasured', samples: [NaN, Infinity], expect: '··' },
		{ says: 'what is off the scale stays on it', samples: [-5, 250], expect: '▁█' },
		{ says: 'nothing is nothing', samples: [], expect: '' },
		{
			says: 'the newest minutes are kept',
			samples: [...Array<number>(40).fill(0), 100],
			expect: '▁'.repeat(11) + '█',
		},
	];
	test.each(rows)('$says', ({ samples, expect: expected }) => {
		expect(sparkline(shownSamples(samples))).toBe(expected);
	});

	test('more loss never stands lower', () => {
		const levels = Array.from({ length: 101 }, (_, percent) => sparkline([percent]));
		expect(levels).toEqual([...levels].sort());
		expect(new Set(levels).size).toBe(8);
	});
});

describe('newest loss', () => {
	const rows = [
		{ says: 'the last value', samples: [100, 20], expect: '20 %' },
		{
			says: 'the last measured value when the newest minute is missing',
			samples: [80, null],
			expect: '80 %',
		},
		{ says: 'says so when nothing was measured', samples: [null, null], expect: 'not measured' },
		{ says: 'is silent without samples', samples: [], expect: '' },
	];
	test.each(rows)('$says', ({ samples, expect: expected }) => {
		expect(newestLossText(samples)).toBe(expected);
	});

	test('one decimal at most', () => {
		expect([33.333, 80, 0.04].map(percentText)).toEqual(['33.3 %', '80 %', '0 %']);
	});
});
