import { lineVerdict } from '../../../core/health/lineFault';
import type { Series } from '../../../core/health/series';
import type { Settings } from '../../../core/settings/settings';
import { settings } from '../../support/branch';
import { NOW, samples } from '../../support/series';

function series(text: string, changes: Partial<Series> & { offsetMs?: number } = {}): Series {
	const { offsetMs = 17_000, ...rest } = changes;
	return { serial: 'S', uplink: 'wan1', ip: 'x', samples: samples(text, { offsetMs }), ...rest };
}

describe('R4.8 the line of the branch', () => {
	const rows: {
		says: string;
		judged: Series[];
		references: Series[];
		settings?: Partial<Settings>;
		expect: string;
	}[] = [
		{
			says: 'that lost nothing has nothing to compare',
			judged: [series('0 0 0 0 0')],
			references: [series('0 0 0 0 0')],
			expect: 'noReference',
		},
		{ says: 'without reference', judged: [series('90 90')], references: [], expect: 'noReference' },
		{
			says: 'with a reference on another uplink alone',
			judged: [series('90 90')],
			references: [series('90 90', { uplink: 'wan2' })],
			expect: 'noReference',
		},
		{
			says: 'with a reference on another appliance alone',
			judged: [series('90 90')],
			references: [series('90 90', { serial: 'T' })],
			expect: 'noReference',
		},
		{
			says: 'with a reference for one of two judged uplinks: the other prevents the veto',
			judged: [series('90 90'), series('90 90', { uplink: 'wan2' })],
			references: [series('90 90')],
			expect: 'notTheLine',
		},
		{
			says: 'where minutes under the threshold do not count',
			judged: [series('20 90 90')],
			references: [series('0 90 90')],
			expect: 'lineFault',
		},
		{
			says: 'where unmeasured minutes do not count',
			judged: [series('_ 90 90')],
			references: [series('0 90 90')],
			expect: 'lineFault',
		},
		{
			says: 'where latency of unmeasured minutes does not count',
			judged: [series('_/400 _/400')],
			references: [series('0/400 0/400')],
			settings: { latencyThresholdMs: 300 },
			expect: 'noReference',
		},
		{
			says: 'with half the loss at the reference',
			judged: [series('80 80')],
			references: [series('40 40')],
			expect: 'lineFault',
		},
		{
			says: 'with a little less than half',
			judged: [series('80 80')],
			references: [series('40 39')],
			expect: 'notTheLine',
		},
		{
			says: 'with an unmeasured minute of the only reference',
			judged: [series('80 80')],
			references: [series('80 _')],
			settings: { windowMinutes: 3 },
			expect: 'lineFault',
		},
		{
			says: 'with a reference 90 s away, the farthest that counts',
			judged: [series('80', { offsetMs: 0 })],
			references: [series('80 .', { offsetMs: 30_000 })],
			expect: 'lineFault',
		},
		{
			says: 'with a reference farther away',
			judged: [series('80', { offsetMs: 0 })],
			references: [series('80 .', { offsetMs: 30_001 })],
			expect: 'notTheLine',
		},
		{
			says: 'with one reference too far away and one at hand: the first is left out',
			judged: [series('80', { offsetMs: 0 })],
			references: [series('0 .', { offsetMs: 40_000 }), series('80')],
			expect: 'lineFault',
		},
		{
			says: 'by the nearest sample of a reference',
			judged: [series('0 80 0', { offsetMs: 0 })],
			references: [series('0 80 0', { offsetMs: 5000 })],
			expect: 'lineFault',
		},
		{
			says: 'over by latency alone, with one of two references over its own',
			judged: [series('0/400 0/400')],
			references: [series('0/400 0/400'), series('0/10 0/10')],
			settings: { latencyThresholdMs: 300 },
			expect: 'notTheLine',
		},
		{
			says: 'over by latency alone, with every reference over its own',
			judged: [series('0/400 0/400')],
			references: [series('0/400 0/400'), series('0/300 0/300')],
			settings: { latencyThresholdMs: 300 },
			expect: 'lineFault',
		},
	];
	test.each(rows)('$says', ({ judged, references, settings: changes = {}, expect: expected }) => {
		expect(lineVerdict(judged, references, settings(changes), NOW)).toBe(expected);
	});
});
