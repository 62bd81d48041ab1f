import fc from 'fast-check';

import { planSwap } from '../../core/swap/plan';
import type { SwapOrder } from '../../core/swap/plan';
import { compileTagFormat, DEFAULT_TAG_FORMAT, tagFormatProblems } from '../../core/tags/tagFormat';
import { membersOf, readPairs, tagsWithActive } from '../../core/tags/pairs';
import type { ConsistentPair } from '../../core/tags/pairs';
import type { Role } from '../../core/domain/types';
import { spell, taggedNetworks, tagFormats } from '../support/arbitraries';
import type { TaggedNetwork } from '../support/arbitraries';
import { network } from '../support/branch';
import { decision, VALID_FOR_MS } from '../support/decisions';
import { NOW } from '../support/series';

function pairsOf({ tags, format }: Pick<TaggedNetwork, 'tags' | 'format'>): ConsistentPair[] {
	return readPairs(tags, compileTagFormat(format)).filter((pair) => pair.kind === 'consistent');
}

/** Every pair of the network with every role it could be given. */
function choices(tagged: TaggedNetwork): { pair: ConsistentPair; role: Role }[] {
	return pairsOf(tagged).flatMap((pair) => membersOf(pair).map(({ role }) => ({ pair, role })));
}

describe('R7 over random formats and tag lists', () => {
	test('R7 foreign tags are never lost, reordered or altered', () => {
		let written = 0;
		fc.assert(
			fc.property(taggedNetworks, (tagged) => {
				for (const { pair, role } of choices(tagged)) {
					const after = tagsWithActive(tagged.tags, pair, role);
					const ours = new Set(membersOf(pair).flatMap(({ upTag, downTag }) => [upTag, downTag]));
					expect(after).toHaveLength(tagged.tags.length);
					after.forEach((tag, at) => {
						const before = tagged.tags[at] ?? '';
						if (ours.has(before)) expect(ours.has(tag)).toBe(true);
						else expect(tag).toBe(before);
					});
					written += 1;
				}
			}),
		);
		expect(written).toBeGreaterThan(100);
	});

	test('R7 never zero or two active roles, and the wanted one is active', () => {
		fc.assert(
			fc.property(taggedNetworks, (tagged) => {
				for (const { pair, role } of choices(tagged)) {
					const after = tagsWithActive(tagged.tags, pair, role);
					const again = pairsOf({ ...tagged, tags: after }).find((each) => each.pair === pair.pair);
					expect(again?.active.role).toEqual(role);
					expect(after.filter((tag) => tag === again?.active.tag).length).toBeGreaterThan(0);
				}
			}),
		);
	});

	test('R7 a swap applied twice changes nothing more', () => {
		fc.assert(
			fc.property(taggedNetworks, (tagged) => {
				for (const { pair, role } of choices(tagged)) {
					const once = tagsWithActive(tagged.tags, pair, role);
					expect(tagsWithActive(once, pair, role)).toEqual(once);
					const [again] = pairsOf({ ...tagged, tags: once }).filter((each) => each.pair === pair.pair);
					if (!again) throw new Error('the pair is gone');
					expect(tagsWithActive(once, again, role)).toEqual(once);
				}
			}),
		);
	});

	test('R7 there and back is identity', () => {
		fc.assert(
			fc.property(taggedNetworks, (tagged) => {
				for (const { pair, role } of choices(tagged)) {
					const there = tagsWithActive(tagged.tags, pair, role);
					const [moved] = pairsOf({ ...tagged, tags: there }).filter((each) => each.pair === pair.pair);
					if (!moved) throw new Error('the pair is gone');
					expect(tagsWithActive(there, moved, pair.active.role)).toEqual(tagged.tags);
				}
			}),
		);
	});

	test('R7 a tag that the grammar reads is one of its own two spellings, and both read back', () => {
		const peers = fc.stringMatching(/^[A-Za-z0-9._ -]{1,8}$/);
		let readCount = 0;
		fc.assert(
			fc.property(
				tagFormats,
				peers,
				peers,
				fc.boolean(),
				fc.integer({ min: 0, max: 99 }),
				(format, peer, group, isUp, order) => {
					const role = order === 0 ? format.primaryWord : `${format.backupWord}${order === 1 ? '' : order}`;
					const tag = spell(format, { peer, group, role, state: isUp ? format.upWord : format.downWord });
					const grammar = compileTagFormat(format);
					const vpnTag = grammar.read(tag);
					if (!vpnTag) return;
					readCount += 1;
					expect([vpnTag.upTag, vpnTag.downTag]).toContain(tag);
					for (const own of [vpnTag.upTag, vpnTag.downTag]) {
						expect(grammar.read(own)).toMatchObject({
							peer: vpnTag.peer,
							group: vpnTag.group,
							role: vpnTag.role,
						});
					}
				},
			),
			{ numRuns: 500 },
		);
		expect(readCount).toBeGreaterThan(300);
	});

	test('R7 no text makes the grammar throw, and any accepted format compiles', () => {
		fc.assert(
			fc.property(tagFormats, fc.string({ unit: 'binary' }), (format, tag) => {
				const read = compileTagFormat(format).read(tag);
				if (read) expect([read.upTag, read.downTag]).toContain(tag);
			}),
		);
	});

	test('R7 any accepted words and text compile', () => {
		fc.assert(
			fc.property(
				fc.record({
					format: fc.string(),
					primaryWord: fc.string(),
					backupWord: fc.string(),
					upWord: fc.string(),
					downWord: fc.string(),
				}),
				(format) => {
					if (tagFormatProblems(format).length === 0) compileTagFormat(format).read('x');
				},
			),
		);
	});

	test('R7 reading does not depend on the order of the tags', () => {
		fc.assert(
			fc.property(taggedNetworks, (tagged) => {
				const reversed = { ...tagged, tags: [...tagged.tags].reverse() };
				expect(pairsOf(reversed)).toEqual(pairsOf(tagged));
			}),
		);
	});
});

describe('R6 and R7 plans over random lists', () => {
	const orders = (tagged: TaggedNetwork): SwapOrder[] =>
		choices(tagged).map(({ pair, role }) => {
			const want = membersOf(pair).find((member) => member.role === role) ?? pair.active;
			return {
				kind: 'asEvaluated',
				decision: decision({
					pair: pair.pair,
					have: pair.active,
					want,
					tagFormat: tagged.format,
					holdTag: 'a-hold-tag',
				}),
			};
		});

	test('R6 a plan applied twice changes nothing, and a stale item never undoes it', () => {
		fc.assert(
			fc.property(taggedNetworks, (tagged) => {
				for (const order of orders(tagged)) {
					const once = planSwap([order], network(tagged.tags), NOW, VALID_FOR_MS);
					const twice = planSwap([order], network(once.tagsAfter), NOW, VALID_FOR_MS);
					expect(twice.hasChanges).toBe(false);
					expect(twice.tagsAfter).toEqual(once.tagsAfter);
				}
			}),
		);
	});

	test('R6 and R7 any set of items leaves exactly one active role, and foreign tags as they were', () => {
		fc.assert(
			fc.property(taggedNetworks, fc.array(fc.nat({ max: 20 }), { maxLength: 6 }), (tagged, picks) => {
				const all = orders(tagged);
				const chosen = picks.flatMap((pick) => all[pick % Math.max(1, all.length)] ?? []);
				const { tagsAfter, planned } = planSwap(chosen, network(tagged.tags), NOW, VALID_FOR_MS);
				expect(planned).toHaveLength(chosen.length);
				expect(pairsOf({ ...tagged, tags: tagsAfter }).map(({ pair }) => pair)).toEqual(
					pairsOf(tagged).map(({ pair }) => pair),
				);
				const spellings = new Set(
					pairsOf(tagged).flatMap((pair) =>
						membersOf(pair).flatMap(({ upTag, downTag }) => [upTag, downTag]),
					),
				);
				expect(tagsAfter.map((tag) => (spellings.has(tag) ? '' : tag))).toEqual(
					tagged.tags.map((tag) => (spellings.has(tag) ? '' : tag)),
				);
			}),
		);
	});

	test('R6 and R4.1 tags edited at random between read and write are never made worse', () => {
		const anyTags = fc.array(
			fc.constantFrom(
				'london_primary_up',
				'london_primary_down',
				'paris_backup_up',
				'paris_backup_down',
				'rome_backup2_up',
				'rome_backup2_down',
				'x',
				'PARIS_backup_up',
				'vpn_failover_hold',
			),
			{ maxLength: 6 },
		);
		const any = fc.constantFrom<SwapOrder>(
			{ kind: 'asEvaluated', decision: decision() },
			{ kind: 'asEvaluated', decision: decision({ have: decision().want, want: decision().have }) },
			...(['failover', 'swapBack', 'releaseHold'] as const).map((action) => ({
				kind: 'explicit' as const,
				action,
				tagFormat: DEFAULT_TAG_FORMAT,
				holdTag: 'vpn_failover_hold',
				holdAfterwards: true,
			})),
		);
		const ours = (tags: readonly string[]) => tags.filter((tag) => tag !== 'vpn_failover_hold');
		fc.assert(
			fc.property(anyTags, fc.array(any, { maxLength: 4 }), (tags, list) => {
				const { tagsAfter } = planSwap(list, network(tags), NOW, VALID_FOR_MS);
				const before = readPairs(tags, compileTagFormat(DEFAULT_TAG_FORMAT));
				const after = readPairs(tagsAfter, compileTagFormat(DEFAULT_TAG_FORMAT));
				expect(after.map(({ kind }) => kind)).toEqual(before.map(({ kind }) => kind));
				if (before.some(({ kind }) => kind === 'inconsistent')) expect(ours(tagsAfter)).toEqual(ours(tags));
			}),
			{ numRuns: 500 },
		);
	});
});
