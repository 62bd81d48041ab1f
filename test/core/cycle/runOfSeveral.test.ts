import { LONDON_IP, network, ON_BACKUP, ON_PRIMARY, row } from '../../support/branch';
import { runOnce } from '../../support/run';
import { CLEAN, NOW, OFFSET_MS } from '../../support/series';

const NEWEST = new Date(NOW - 120_000 - OFFSET_MS).toISOString();

describe('the newest sample of an organization', () => {
	const series: Readonly<Record<string, string>> = {
		newest: '0 0 0 0 0',
		older: '0 0 0 0 .',
		none: '',
	};
	test.each([
		[['newest', 'older', 'none']],
		[['older', 'newest']],
		[['none', 'newest', 'older']],
		[['older', 'none', 'newest', 'untagged']],
	])('is that of all its networks: %p', (kinds) => {
		const { summary } = runOnce({
			networks: kinds.map((kind) =>
				network(kind === 'untagged' ? ['london_primary_up'] : ON_PRIMARY, { id: kind }),
			),
			rows: kinds.flatMap((kind) => row(LONDON_IP, series[kind] ?? CLEAN, { networkId: kind })),
		});
		expect(summary.newestSampleAt).toBe(NEWEST);
	});
});

describe('R8.5 a run that somebody starts by hand', () => {
	const held = {
		networks: [network([...ON_PRIMARY, 'vpn_failover_hold'], { id: 'N_1' })],
		rows: [row(LONDON_IP, '0 0 0 90 90', { networkId: 'N_1' })],
	};

	test('shows everything, whatever was told a minute ago', () => {
		const before = runOnce({ networks: held.networks, rows: [] });
		const first = runOnce({ ...held, memory: before.memory });
		expect(first.alert?.sections).toHaveLength(1);
		expect(runOnce({ ...held, memory: first.memory }).alert).toBeNull();
		expect(runOnce({ ...held, memory: first.memory, isManual: true }).alert?.sections).toEqual(
			first.alert?.sections,
		);
	});

	test('R8.5 tells at once what else lasts ten minutes first', () => {
		const silent = { networks: [network(ON_BACKUP)], rows: [] };
		const { memory } = runOnce(silent);
		expect(runOnce({ ...silent, memory }).alert).toBeNull();
		const headings = runOnce({ ...silent, memory, isManual: true }).alert?.sections.map(
			({ heading }) => heading,
		);
		expect(headings).toEqual(expect.arrayContaining([expect.stringContaining('Not protected')]));
	});
});
