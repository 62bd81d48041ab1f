import { MINUTE_MS } from '../../core/domain/time';
import fc from 'fast-check';

import { parseDecision } from '../../core/swap/decision';
import { evaluateOrganization } from '../../core/evaluate/evaluateOrganization';
import type { Evaluation } from '../../core/evaluate/evaluateOrganization';
import type { OrganizationSnapshot } from '../../core/evaluate/snapshot';
import { seriesHealth } from '../../core/health/seriesHealth';
import { peerHealth } from '../../core/health/peerHealth';
import { EMPTY_ORGANIZATION_MEMORY, MEMORY_VERSION } from '../../core/memory/memory';
import type { OrganizationMemory } from '../../core/memory/memory';
import { concludeRun } from '../../core/cycle/concludeRun';
import type { OrganizationRun } from '../../core/cycle/concludeRun';
import { mergeRows } from '../../core/health/series';
import type { Settings } from '../../core/settings/settings';
import { loadMemory, storedMemory } from '../../core/memory/codec';
import { planSwap } from '../../core/swap/plan';
import { compileTagFormat, DEFAULT_TAG_FORMAT } from '../../core/tags/tagFormat';
import type { LossRow } from '../../core/domain/types';
import { lossRows, rowWith, sampleLists } from '../support/arbitraries';
import {
	answer,
	appliance,
	inWords,
	LONDON_IP,
	network,
	NETWORK_ID,
	ORGANIZATION,
	PARIS_IP,
	PEERS,
	settings,
	THREE_ON_PARIS,
	THREE_ON_PRIMARY,
	THREE_ON_ROME,
} from '../support/branch';
import { decisionItem, VALID_FOR_MS } from '../support/decisions';
import { NO_CALLS } from '../support/run';
import { NOW } from '../support/series';

const someSettings: fc.Arbitrary<Settings> = fc
	.record({
		lossThresholdPercent: fc.constantFrom(30, 50, 100),
		latencyThresholdMs: fc.constantFrom(null, 100, 300),
		windowMinutes: fc.constantFrom(3, 4, 5),
		failoverSamples: fc.constantFrom(1, 1, 2, 3),
		recoveryMinutes: fc.constantFrom(1, 2, 3, 5, 10),
		recoveryThresholdPercent: fc.constantFrom(0, 5),
		backupMustBe: fc.constantFrom('notLossy', 'measuredClean', 'anything'),
		moves: fc.constantFrom('all', 'all', 'failoversOnly'),
		judgedUplinks: fc.constantFrom<Settings['judgedUplinks']>(
			{ kind: 'active' },
			{ kind: 'chosen', uplinks: ['wan1', 'wan2'] },
		),
		lossyWhen: fc.constantFrom('any', 'all'),
	})
	.map((changes) => settings(changes));

const someTags = fc.constantFrom(
	THREE_ON_PRIMARY,
	THREE_ON_PARIS,
	THREE_ON_ROME,
	[...THREE_ON_PRIMARY, 'vpn_failover_hold'],
	['london_primary_up', 'paris_backup_up'],
);

interface Case {
	readonly settings: Settings;
	readonly tags: readonly string[];
	readonly rows: readonly LossRow[];
	readonly past: readonly LossRow[];
	readonly isStatusKnown: boolean;
	/** Whether every destination was healthy on earlier days; else they are as `past` is. */
	readonly isArmed: boolean;
}

const cases: fc.Arbitrary<Case> = fc.record({
	settings: someSettings,
	tags: someTags,
	rows: lossRows,
	past: lossRows,
	isStatusKnown: fc.boolean(),
	isArmed: fc.boolean(),
});

const GRAMMAR = compileTagFormat(DEFAULT_TAG_FORMAT);

/** Evaluates, answering what it asks for; history is answered from `past`. */
function evaluateCase(
	{ settings: chosen, tags, rows, past, isStatusKnown, isArmed }: Case,
	memory: OrganizationMemory | null = null,
	now = NOW,
): { evaluation: Evaluation; snapshot: OrganizationSnapshot } {
	let snapshot: OrganizationSnapshot = {
		now,
		networks: [network(tags)],
		rows,
		peers: { kind: 'known', peers: PEERS },
		memory,
		statuses: new Map(isStatusKnown ? [[NETWORK_ID, [appliance(['wan1'])]]] : []),
		history: new Map(),
		lookbacks: new Map(),
	};
	let evaluation = evaluateOrganization(snapshot, chosen, GRAMMAR);
	for (let round = 0; round < 6; round += 1) {
		snapshot = answer({ history: past, ...(isArmed ? {} : { earlier: past }) }, snapshot, evaluation);
		evaluation = evaluateOrganization(snapshot, chosen, GRAMMAR);
	}
	return { evaluation, snapshot };
}

function words({ evaluation }: { evaluation: Evaluation }): string[] {
	return evaluation.outcomes.map(inWords);
}

function moves(list: readonly string[]): string[] {
	return list.filter((each) => / to /.test(each));
}

function conclude(each: Case, memory: OrganizationMemory | null, isManual = false): OrganizationRun {
	const { evaluation, snapshot } = evaluateCase(each, memory);
	return concludeRun({
		organization: ORGANIZATION,
		snapshot,
		outcomes: evaluation.outcomes,
		settings: each.settings,
		conditions: [],
		warnings: [],
		api: NO_CALLS,
		isManual,
		peers: { readAt: NOW, list: PEERS },
	});
}

function throughJson(memory: OrganizationMemory): { kind: string; memory: OrganizationMemory | undefined } {
	const stored: unknown = JSON.parse(
		JSON.stringify(storedMemory({ version: MEMORY_VERSION, organizations: { [ORGANIZATION.id]: memory } })),
	);
	const loaded = loadMemory(stored);
	return { kind: loaded.kind, memory: loaded.memory.organizations[ORGANIZATION.id] };
}

describe('R1.1 health is a function of the set of samples', () => {
	test('R1.1 order, duplicates and the split over rows of one answer do not matter', () => {
		fc.assert(
			fc.property(
				someSettings,
				sampleLists,
				fc.array(fc.nat(), { maxLength: 8 }),
				fc.nat({ max: 12 }),
				(chosen, list, picks, cut) => {
					const whole = peerHealth(mergeRows([], [rowWith(LONDON_IP, list)], NOW), chosen, NOW);
					const doubled = [...list, ...picks.flatMap((pick) => list[pick % Math.max(1, list.length)] ?? [])];
					const shuffled = [...doubled].sort(
						(one, other) => ((one.sampledAt * 7919) % 101) - ((other.sampledAt * 7919) % 101),
					);
					const parts = [rowWith(LONDON_IP, shuffled.slice(cut)), rowWith(LONDON_IP, shuffled.slice(0, cut))];
					expect(peerHealth(mergeRows([], parts, NOW), chosen, NOW)).toEqual(whole);
					expect(peerHealth(mergeRows([rowWith(LONDON_IP, list)], parts, NOW), chosen, NOW)).toEqual(whole);
				},
			),
			{ numRuns: 250 },
		);
	});

	test('R1.1 the split over an older and a newer answer does not matter', () => {
		fc.assert(
			fc.property(
				someSettings,
				sampleLists,
				fc.nat({ max: 12 }),
				fc.boolean(),
				(chosen, list, cut, isSwapped) => {
					const whole = mergeRows([], [rowWith(LONDON_IP, list)], NOW);
					const [one, other] = [
						[rowWith(LONDON_IP, list.slice(cut))],
						[rowWith(LONDON_IP, list.slice(0, cut))],
					];
					const merged = isSwapped ? mergeRows(one, other, NOW) : mergeRows(other, one, NOW);
					expect(merged).toEqual(whole);
					expect(peerHealth(merged, chosen, NOW)).toEqual(peerHealth(whole, chosen, NOW));
				},
			),
			{ numRuns: 250 },
		);
	});

	test('R1.1 conflicting values inside one answer do not depend on their order', () => {
		fc.assert(
			fc.property(sampleLists, sampleLists, (one, other) => {
				const there = mergeRows([], [rowWith(LONDON_IP, one), rowWith(LONDON_IP, other)], NOW);
				const back = mergeRows([], [rowWith(LONDON_IP, other), rowWith(LONDON_IP, one)], NOW);
				expect(back).toEqual(there);
			}),
			{ numRuns: 250 },
		);
	});

	test('R1.1 evaluating the same data twice, with the memory of the first time, gives the same decision', () => {
		fc.assert(
			fc.property(cases, (each) => {
				const first = conclude(each, EMPTY_ORGANIZATION_MEMORY);
				const again = conclude(each, throughJson(first.memory).memory ?? null);
				const plain = (run: OrganizationRun) =>
					run.swapsNeeded.map(({ action, have, want, reason, tags }) => ({
						action,
						have,
						want,
						reason,
						tags,
					}));
				expect(plain(again)).toEqual(plain(first));
			}),
			{ numRuns: 250 },
		);
	});
});

describe('R3 and R4 over random branches', () => {
	test('R3 every verdict is one of the closed set, and nothing is left open', () => {
		fc.assert(
			fc.property(cases, (each) => {
				const result = evaluateCase(each);
				expect(result.evaluation.requests).toEqual({ statusesOf: [], historyOf: [], lookbacksOf: [] });
				expect(words(result)).toHaveLength(1);
				expect(words(result)[0]).toMatch(
					/^((failover|swapBack) to |(hold|noStatus|offline|neverHealthy|lineFault|noCandidate|paused|outsideWindow|handMove) stops |stays: |tagsInconsistent: )/,
				);
			}),
			{ numRuns: 250 },
		);
	});

	test('R2.3 more loss on the active peer never turns a move away from it into no move', () => {
		const activeIp = new Map([
			[THREE_ON_PRIMARY, LONDON_IP],
			[THREE_ON_PARIS, PARIS_IP],
		]);
		let moved = 0;
		fc.assert(
			fc.property(
				cases,
				fc.constantFrom(THREE_ON_PRIMARY, THREE_ON_PARIS),
				fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 12, maxLength: 12 }),
				(each, tags, more) => {
					const before = moves(words(evaluateCase({ ...each, tags, isArmed: true })));
					const rows = each.rows.map((row) =>
						row.ip === activeIp.get(tags)
							? {
									...row,
									samples: row.samples.map((sample, at) =>
										sample.lossPercent === null
											? sample
											: { ...sample, lossPercent: Math.max(sample.lossPercent, more[at] ?? 0) },
									),
								}
							: row,
					);
					const after = moves(words(evaluateCase({ ...each, tags, rows, isArmed: true })));
					if (before.length > 0) {
						moved += 1;
						expect(after).toHaveLength(1);
					}
				},
			),
			{ numRuns: 600 },
		);
		expect(moved).toBeGreaterThan(50);
	});

	test('R4.6 no data never moves anything', () => {
		fc.assert(
			fc.property(cases, fc.constantFrom('null', 'empty', 'none', 'old'), (each, how) => {
				const silent = each.rows.flatMap((row) => {
					if (how === 'none') return [];
					if (how === 'empty') return [{ ...row, samples: [] }];
					const sampledAt = (at: number) => (how === 'old' ? at - 20 * MINUTE_MS : at);
					return [
						{
							...row,
							samples: row.samples.map((sample) => ({
								...sample,
								sampledAt: sampledAt(sample.sampledAt),
								lossPercent: how === 'null' ? null : sample.lossPercent,
							})),
						},
					];
				});
				expect(moves(words(evaluateCase({ ...each, rows: silent, past: [] })))).toEqual([]);
			}),
			{ numRuns: 250 },
		);
	});

	test('R4.6 without data of the active peer it is left for a recovered primary only', () => {
		fc.assert(
			fc.property(cases, (each) => {
				const { evaluation } = evaluateCase(each);
				for (const outcome of evaluation.outcomes) {
					if (outcome.kind !== 'judged' || outcome.verdict.kind !== 'move') continue;
					if (outcome.peers.active.health.kind === 'noData') expect(outcome.verdict.action).toBe('swapBack');
				}
			}),
			{ numRuns: 250 },
		);
	});

	test('R4.2 a held network never moves', () => {
		fc.assert(
			fc.property(cases, (each) => {
				const held = { ...each, tags: ['vpn_failover_hold', ...each.tags] };
				expect(moves(words(evaluateCase(held)))).toEqual([]);
			}),
		);
	});

	test('R1.3 loss towards other destinations wants no move and hides none, whatever it says of the line (R4.8)', () => {
		fc.assert(
			fc.property(cases, sampleLists, (each, list) => {
				const rows = [...each.rows.filter(({ ip }) => ip !== '8.8.8.8')];
				const wish = (given: readonly LossRow[]) =>
					words(evaluateCase({ ...each, rows: given, isArmed: true })).map((word) =>
						word
							.replace(/^(lineFault|noCandidate) stops failover$/, 'failover')
							.replace(/ to .*/, '')
							// R3.5: a doubtful failover from a backup becomes a swap back; both leave the active peer.
							.replace(/^(failover|swapBack)$/, 'leaves the active peer'),
					);
				expect(wish([...rows, rowWith('8.8.8.8', list)])).toEqual(wish(rows));
			}),
			{ numRuns: 200 },
		);
	});

	test('R2.4 recovery that history proves is the recovery of one long series', () => {
		fc.assert(
			fc.property(someSettings, sampleLists, (chosen, list) => {
				const window = list.filter(({ sampledAt }) => sampledAt > NOW - 7 * MINUTE_MS);
				const read = seriesHealth(list, chosen, NOW, 0);
				const merged = mergeRows([rowWith(LONDON_IP, list)], [rowWith(LONDON_IP, window)], NOW);
				const [series] = merged;
				if (series) expect(seriesHealth(series.samples, chosen, NOW, 0)).toEqual(read);
				const short = seriesHealth(window, chosen, NOW);
				if (short.kind === 'measured' && read.kind === 'measured' && short.recovered !== 'unknown') {
					expect(short.recovered).toBe(read.recovered);
				}
			}),
			{ numRuns: 250 },
		);
	});
});

describe('R6 items over random branches', () => {
	test('R6 an item of a run always parses back, and plans exactly the tags that it shows', () => {
		let items = 0;
		fc.assert(
			fc.property(cases, fc.boolean(), (each, isManual) => {
				for (const item of conclude(each, null, isManual).swapsNeeded) {
					items += 1;
					const parsed = parseDecision(JSON.parse(JSON.stringify(item)));
					if (parsed.kind === 'refused') throw new Error(parsed.why);
					const order = { kind: 'asEvaluated' as const, decision: parsed.decision };
					const plan = planSwap([order], network(each.tags), NOW, VALID_FOR_MS);
					expect(plan.planned).toEqual([{ kind: 'apply', from: item.have.peer, to: item.want.peer }]);
					expect(plan.tagsAfter).toEqual(item.tags.after);
					expect(plan.tagsAfter).not.toEqual(item.tags.before);
				}
			}),
			{ numRuns: 250 },
		);
		expect(items).toBeGreaterThan(10);
	});

	test('R6 no JSON makes the parser throw', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (json) => {
				expect(parseDecision(json).kind).toBe('refused');
			}),
			{ numRuns: 250 },
		);
	});

	test('R6 a damaged item is refused or still the same decision, and planning it never throws', () => {
		const fields = Object.keys(decisionItem());
		fc.assert(
			fc.property(fc.constantFrom(...fields), fc.jsonValue(), (field, value) => {
				const parsed = parseDecision({ ...decisionItem(), [field]: value });
				if (parsed.kind === 'refused') return;
				const order = { kind: 'asEvaluated' as const, decision: parsed.decision };
				planSwap([order], network(THREE_ON_PRIMARY), NOW, VALID_FOR_MS);
			}),
			{ numRuns: 600 },
		);
	});
});

describe('memory over random branches', () => {
	test('the memory of any run comes back from JSON as it was', () => {
		fc.assert(
			fc.property(cases, fc.boolean(), (each, isManual) => {
				const { memory } = conclude(each, null, isManual);
				expect(throughJson(memory)).toEqual({ kind: 'loaded', memory });
			}),
			{ numRuns: 250 },
		);
	});

	test('arbitrary JSON as memory never throws, and never makes a move that fresh memory would not', () => {
		const shaped = fc.oneof(
			fc.jsonValue(),
			fc.record({ version: fc.constantFrom(1, MEMORY_VERSION), organizations: fc.jsonValue() }),
			fc.record({
				version: fc.constant(MEMORY_VERSION),
				organizations: fc.record({ '1001': fc.jsonValue() }),
			}),
			fc.record({
				version: fc.constant(MEMORY_VERSION),
				organizations: fc.record({
					'1001': fc.record({
						evaluatedAt: fc.oneof(fc.double(), fc.constant(NOW)),
						rows: fc.oneof(
							fc.constant([]),
							fc.jsonValue(),
							fc.array(fc.array(fc.jsonValue(), { maxLength: 6 })),
						),
						pairs: fc.oneof(fc.constant({}), fc.jsonValue()),
						seenHealthy: fc.oneof(fc.constant({}), fc.jsonValue()),
						told: fc.oneof(fc.constant({}), fc.jsonValue()),
						incidents: fc.oneof(fc.constant({}), fc.jsonValue()),
						failures: fc.jsonValue(),
						name: fc.jsonValue(),
						peers: fc.jsonValue(),
					}),
				}),
			}),
		);
		fc.assert(
			fc.property(cases, shaped, (each, stored) => {
				const { memory } = loadMemory(JSON.parse(JSON.stringify(stored)));
				const hostile = conclude(each, memory.organizations['1001'] ?? null);
				// As much memory as hostile text can be: none at all would triple the recovery minutes (R2.5).
				const fresh = conclude(each, EMPTY_ORGANIZATION_MEMORY);
				const made = fresh.swapsNeeded.map(({ tags }) => tags);
				for (const { tags } of hostile.swapsNeeded) expect(made).toContainEqual(tags);
			}),
			{ numRuns: 250 },
		);
	});

	test('well-shaped lies about what was told, seen and asked for make no move', () => {
		const times = fc.constantFrom(0, NOW - MINUTE_MS, NOW, NOW + MINUTE_MS, 8e15);
		const names = fc.constantFrom('london', 'paris', '__proto__', '["N_1",""]', '["move","N_1",""]');
		const lies: fc.Arbitrary<OrganizationMemory> = fc
			.record({
				evaluatedAt: times,
				pairs: fc.dictionary(
					names,
					fc.record({
						held: fc.option(
							fc.record({
								role: fc.constantFrom('backup', 'backup7'),
								peer: names,
								since: times,
								how: fc.constantFrom('asked', 'seen'),
							}),
						),
						asked: fc.array(
							fc.record({
								role: fc.constantFrom('backup', 'primary'),
								peer: names,
								action: fc.constantFrom('failover', 'swapBack'),
								at: times,
							}),
						),
						failoversAt: fc.array(times),
						seenAt: times,
					}),
				),
				told: fc.dictionary(
					names,
					fc.record({ fingerprint: names, since: times, toldAt: fc.option(times), title: names }),
				),
				incidents: fc.dictionary(names, fc.record({ id: names, startedAt: times, seenAt: times })),
				failures: fc.option(fc.record({ count: fc.nat(), since: times, toldAt: fc.option(times) })),
			})
			.map((changes) => ({ ...EMPTY_ORGANIZATION_MEMORY, ...changes }));
		fc.assert(
			fc.property(cases, lies, (each, memory) => {
				const lied = conclude(each, memory);
				const fresh = conclude(each, EMPTY_ORGANIZATION_MEMORY);
				const made = fresh.swapsNeeded.map(({ tags }) => tags);
				for (const { tags } of lied.swapsNeeded) expect(made).toContainEqual(tags);
				for (const item of lied.swapsNeeded) expect(parseDecision(item).kind).toBe('decision');
			}),
			{ numRuns: 250 },
		);
	});
});
