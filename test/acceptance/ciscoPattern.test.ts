import { MINUTE_MS } from '../../core/domain/time';
import { EMPTY_ORGANIZATION_MEMORY } from '../../core/memory/memory';
import type { OrganizationMemory } from '../../core/memory/memory';
import { planSwap } from '../../core/swap/plan';
import { parseDecision } from '../../core/swap/decision';
import {
	judged,
	LONDON,
	LONDON_IP,
	network,
	ON_BACKUP,
	ON_PRIMARY,
	PARIS,
	PARIS_IP,
	row,
} from '../support/branch';
import { VALID_FOR_MS } from '../support/decisions';
import { runOnce } from '../support/run';
import { CLEAN, NOW } from '../support/series';
import { runWorld } from '../support/world';

/** Cisco's "Tag-Based IPsec VPN Failover", sentence by sentence, with the preset *Cisco Sample*. */

/** The tags of the branch after one run over these samples. */
function tagsAfter(
	tags: readonly string[],
	london: string,
	paris = CLEAN,
	memory: OrganizationMemory = EMPTY_ORGANIZATION_MEMORY,
): readonly string[] {
	const branch = network(tags);
	const run = runOnce({ networks: [branch], rows: [row(LONDON_IP, london), row(PARIS_IP, paris)], memory });
	const orders = run.swapsNeeded.map((item) => {
		const parsed = parseDecision(JSON.parse(JSON.stringify(item)));
		if (parsed.kind === 'refused') throw new Error(parsed.why);
		return { kind: 'asEvaluated' as const, decision: parsed.decision };
	});
	return planSwap(orders, branch, NOW, VALID_FOR_MS).tagsAfter;
}

const BOTH_PEERS = { kind: 'known', peers: [LONDON, PARIS] } as const;

test('pattern: a VPN peer is available only to networks that carry its tag', () => {
	// The branch carries the tag of another peer than the one that is failing: nothing here concerns it.
	const other = { ...LONDON, networkTags: ['leeds_primary_up'] };
	expect(
		judged({
			tags: ON_PRIMARY,
			london: '100 100 100 100 100',
			peers: { kind: 'known', peers: [other, PARIS] },
		}),
	).toBe('stays: untracked');
	expect(judged({ tags: ON_PRIMARY, london: '100 100 100 100 100', peers: BOTH_PEERS })).toBe(
		'failover to paris',
	);
});

test('pattern: only one such tunnel can be active, so exactly one tag is up before and after each move', () => {
	const ups = (tags: readonly string[]) => tags.filter((tag) => tag.endsWith('_up'));
	const there = tagsAfter(ON_PRIMARY, '0 0 0 0 80');
	const back = tagsAfter(there, CLEAN);
	expect([ups(ON_PRIMARY), ups(there), ups(back)]).toEqual([
		['london_primary_up'],
		['paris_backup_up'],
		['london_primary_up'],
	]);
});

test('pattern: every branch tracks the public IP of its primary peer', () => {
	expect(
		judged({ tags: ON_PRIMARY, rows: [row('198.51.100.1', '100 100 100 100 100')], london: CLEAN }),
	).toBe('stays: healthy');
	expect(judged({ tags: ON_PRIMARY, rows: [row('198.51.100.1', CLEAN)], london: '0 0 0 0 100' })).toBe(
		'failover to paris',
	);
});

test('pattern: the branch carries london_primary_up and paris_backup_down, London and Paris list the up tags', () => {
	expect(tagsAfter(['london_primary_up', 'paris_backup_down'], CLEAN)).toEqual([
		'london_primary_up',
		'paris_backup_down',
	]);
	expect(judged({ tags: ON_BACKUP, london: '0 9 0 0 0', peers: BOTH_PEERS })).toBe('stays: recoveryPending');
});

test('pattern: with 30 % loss or more in the last 5 minutes the tags become london_primary_down and paris_backup_up', () => {
	for (const london of ['0 0 0 0 30', '0 0 0 30 0', '100 100 100 100 100', '0 0 0 0 31', '_ _ 0 0 99']) {
		expect(tagsAfter(['london_primary_up', 'paris_backup_down'], london)).toEqual([
			'london_primary_down',
			'paris_backup_up',
		]);
	}
});

test('pattern: with less than 30 % in the last 5 minutes nothing is swapped', () => {
	for (const london of ['29.9 29.9 29.9 29.9 29.9', '100 0 0 0 0 0', CLEAN, '_ _ _ _ _', '']) {
		expect(tagsAfter(ON_PRIMARY, london)).toEqual(ON_PRIMARY);
	}
});

test('pattern: the branch moves to Paris also where Paris is not tracked', () => {
	expect(tagsAfter(ON_PRIMARY, '0 0 0 0 80', '')).toEqual(ON_BACKUP);
});

test('pattern: after 5 minutes without loss they swap back', () => {
	expect(tagsAfter(['london_primary_down', 'paris_backup_up'], CLEAN)).toEqual([
		'london_primary_up',
		'paris_backup_down',
	]);
});

test('pattern: after less than 5 minutes without loss they do not swap back', () => {
	for (const london of ['1 0 0 0 0', '30 0 0 0 0', '0 0 0 0 1', '. 0 0 0 0', '_ 0 0 0 0']) {
		expect(tagsAfter(ON_BACKUP, london)).toEqual(ON_BACKUP);
	}
});

test('pattern: checked every 30 seconds, each check sees what the one before left', () => {
	const { moves } = runWorld({
		startAt: NOW,
		untilAt: NOW + 40 * MINUTE_MS,
		stepMs: 30_000,
		sites: [{ id: 'N_1', offsetMs: 17_000, tags: ON_PRIMARY }],
		outages: [{ ip: LONDON_IP, fromAt: NOW + 5 * MINUTE_MS, toAt: NOW + 15 * MINUTE_MS, lossPercent: 80 }],
	});
	expect(moves.map(({ action, to }) => `${action} to ${to}`)).toEqual([
		'failover to paris',
		'swapBack to london',
	]);
	for (const { at } of moves) expect((at - NOW) % 30_000).toBe(0);
});

test('pattern: every other tag of the branch stays where it is', () => {
	const tags = ['site-uk', 'paris_backup_down', 'Store.12', 'Store.12', 'london_primary_up', 'zz top'];
	const there = tagsAfter(tags, '0 0 0 0 80');
	expect(there).toEqual([
		'site-uk',
		'paris_backup_up',
		'Store.12',
		'Store.12',
		'london_primary_down',
		'zz top',
	]);
	expect(tagsAfter(there, CLEAN)).toEqual(tags);
});
