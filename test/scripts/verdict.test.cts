import { follow, newStory, type Branch, type Observation, type Story } from '../../scripts/demo/story.cjs';
import { bounds, phaseOf, problemsAt, sinceOnset, verified } from '../../scripts/demo/verdict.cjs';

const minute = 60_000;
const bristol: Branch = {
	id: 'N_1',
	name: 'Bristol',
	onPrimary: ['VIP', 'london_primary_up', 'retail', 'paris_backup_down', 'retail'],
	onBackup: ['VIP', 'london_primary_down', 'retail', 'paris_backup_up', 'retail'],
	affected: true,
};
const oslo: Branch = {
	id: 'N_2',
	name: 'Oslo',
	onPrimary: ['paris_primary_up', 'london_backup_down'],
	onBackup: ['paris_primary_down', 'london_backup_up'],
	affected: false,
};

const read = (at: number): Observation => ({ kind: 'read', at });
const write = (at: number, tags: readonly string[], networkId = 'N_1'): Observation => ({
	kind: 'write',
	at,
	networkId,
	tags,
	accepted: true,
});
const tags = (at: number, list: readonly string[], networkId = 'N_1'): Observation => ({
	kind: 'tags',
	at,
	networkId,
	tags: list,
});
const begins: Observation = { kind: 'lossBegins', at: 3 * minute, peer: 'London' };
const ends: Observation = { kind: 'lossEnds', at: 9 * minute, peer: 'London' };
const message = (at: number): Observation => ({ kind: 'message', at, title: '1 branch moved' });
const failover = [
	write(6 * minute, bristol.onBackup),
	tags(6 * minute, bristol.onBackup),
	message(6 * minute),
];
const swapBack = [
	write(17 * minute, bristol.onPrimary),
	tags(17 * minute, bristol.onPrimary),
	message(17 * minute),
];

const storyOf = (...seen: readonly Observation[]): Story => seen.reduce(follow, newStory([bristol, oslo]));
const whole = storyOf(read(0), begins, ...failover, ends, ...swapBack);

describe('a run as it should be', () => {
	test('ends without a problem, a quiet time after the swap back', () => {
		expect(phaseOf(whole, 18 * minute)).toBe('quiet');
		expect(phaseOf(whole, 17 * minute + bounds.quietAfterMs)).toBe('over');
		expect(problemsAt(whole, 40 * minute)).toEqual([]);
		expect(verified(whole)).toContain(
			'Bristol failed over and swapped back, once each way; Oslo on another peer left alone',
		);
	});

	test('tells its steps in order', () => {
		const words = whole.lines.map(({ text }) => text.split(/[:;]| on /)[0]);
		expect(words).toEqual([
			'healthy',
			'loss begins',
			'failover',
			"custom branch's message arrived",
			'loss ends',
			'swap back',
			"custom branch's message arrived",
		]);
	});

	test('shows tags before and after, and how many others there are', () => {
		expect(whole.lines.find(({ text }) => text.startsWith('failover'))?.text).toBe(
			[
				'failover: Bristol',
				'    before  VIP london_primary_up retail paris_backup_down retail',
				'    after   VIP london_primary_down retail paris_backup_up retail',
				'    other tags untouched: 3',
			].join('\n'),
		);
	});

	test.each<[string, Story, number, string]>([
		['before the loss', storyOf(read(0)), 2 * minute, 'healthy'],
		['loss, not moved yet', storyOf(read(0), begins), 5 * minute, 'outage'],
		['moved', storyOf(read(0), begins, ...failover), 7 * minute, 'failedOver'],
		['loss ended', storyOf(read(0), begins, ...failover, ends), 10 * minute, 'recovery'],
	])('phase: %s', (_, story, now, phase) => {
		expect(phaseOf(story, now)).toBe(phase);
	});
});

describe('a run that fails says why', () => {
	const late = begins.at + bounds.failoverMs + 1;

	test('Swap disconnected or dry run on', () => {
		expect(problemsAt(storyOf(read(0), begins, read(4 * minute)), late)).toEqual([
			expect.stringMatching(/No failover.*had written nothing.*connected.*Dry Run/),
		]);
		expect(problemsAt(storyOf(read(0), begins), late - 1)).toEqual([]);
	});

	test('the workflow does not run', () => {
		expect(problemsAt(storyOf(begins), late)).toEqual([expect.stringContaining('never asked for loss')]);
	});

	test('no message', () => {
		const story = storyOf(read(0), begins, ...failover.slice(0, 2));
		expect(problemsAt(story, 6 * minute + bounds.messageMs + 1)).toEqual([
			expect.stringContaining('message'),
		]);
	});

	test('no message about the swap back', () => {
		const story = storyOf(read(0), begins, ...failover, ends, ...swapBack.slice(0, 2));
		expect(problemsAt(story, 17 * minute)).toEqual([]);
		expect(problemsAt(story, 17 * minute + bounds.quietAfterMs)[0]).toContain('about the swap back');
	});

	test('only some branches move', () => {
		const other: Branch = { ...bristol, id: 'N_3', name: 'Cardiff' };
		const story = [read(0), begins, ...failover].reduce(follow, newStory([bristol, other]));
		expect(problemsAt(story, late)).toEqual([
			expect.stringMatching(/No complete failover.*Cardiff had not moved/),
		]);
	});

	test('no swap back', () => {
		const story = storyOf(read(0), begins, ...failover, ends);
		expect(problemsAt(story, ends.at + bounds.swapBackMs)).toEqual([]);
		expect(problemsAt(story, ends.at + bounds.swapBackMs + 1)).toEqual([
			expect.stringMatching(/No swap back.*Bristol/),
		]);
	});
});

describe('damaged tag lists', () => {
	test.each<[string, readonly string[], RegExp]>([
		['lost', ['london_primary_down', 'retail', 'paris_backup_up', 'retail'], /lost the foreign tag VIP/],
		['a duplicate lost', ['VIP', 'london_primary_down', 'retail', 'paris_backup_up'], /changed or reordered/],
		[
			'reordered',
			['retail', 'london_primary_down', 'VIP', 'paris_backup_up', 'retail'],
			/changed or reordered/,
		],
		[
			'in another case',
			['vip', 'london_primary_down', 'retail', 'paris_backup_up', 'retail'],
			/lost the foreign tag VIP/,
		],
		['half a swap', ['VIP', 'london_primary_down', 'retail', 'paris_backup_down', 'retail'], /wrong state/],
		['a tag too many', [...bristol.onBackup, 'new'], /changed or reordered/],
	])('a tag list is damaged: %s', (_, list, words) => {
		expect(problemsAt(storyOf(read(0), begins, write(6 * minute, list)), 6 * minute)[0]).toMatch(words);
		expect(problemsAt(storyOf(read(0), begins, tags(6 * minute, list)), 6 * minute)[0]).toMatch(words);
		expect(phaseOf(storyOf(read(0), begins, tags(6 * minute, list)), 6 * minute)).toBe('over');
	});
});

describe('writes that should not have been', () => {
	test('written while healthy', () => {
		expect(problemsAt(storyOf(read(0), write(minute, bristol.onBackup)), minute)[0]).toContain(
			'primary peer was healthy',
		);
		expect(
			problemsAt(storyOf(read(0), begins, write(4 * minute, oslo.onBackup, 'N_2')), 4 * minute)[0],
		).toContain('Oslo');
		expect(problemsAt(storyOf(read(0), write(minute, ['x'], 'N_9')), minute)[0]).toContain('N_9');
	});

	test('flapping: a second failover in one outage', () => {
		const story = follow(whole, write(18 * minute, bristol.onBackup));
		expect(problemsAt(story, 18 * minute)).toEqual([
			'Bristol was moved over to the backup 2 times in one outage.',
		]);
	});

	test('the same tags written again by an overlapping run move nothing', () => {
		const twice = storyOf(read(0), begins, ...failover, write(6 * minute + 1, bristol.onBackup));
		expect(problemsAt(twice, 7 * minute)).toEqual([]);
		const flaps = [
			write(8 * minute, bristol.onPrimary),
			write(8 * minute + 1, bristol.onPrimary),
			write(9 * minute, bristol.onBackup),
		].reduce(follow, twice);
		expect(problemsAt(flaps, 9 * minute)).toEqual([
			'Bristol was moved over to the backup 2 times in one outage.',
		]);
	});

	test('a refused write does not count as a second one', () => {
		const refused: Observation = {
			kind: 'write',
			at: 5 * minute,
			networkId: 'N_1',
			tags: bristol.onBackup,
			accepted: false,
		};
		expect(problemsAt(storyOf(read(0), begins, refused, ...failover), 7 * minute)).toEqual([]);
	});
});

test('time since onset', () => {
	expect(sinceOnset(184_000, 0)).toBe('+03:04');
	expect(sinceOnset(0, 40_000)).toBe('-00:40');
	expect(sinceOnset(5, undefined).trim()).toBe('');
});
