import { MINUTE_MS } from '../../core/domain/time';
import fc from 'fast-check';

import { tagFormatProblems } from '../../core/tags/tagFormat';
import type { TagFormat } from '../../core/tags/tagFormat';
import type { LossRow, LossSample } from '../../core/domain/types';
import { LONDON_IP, NETWORK_ID, PARIS_IP, ROME_IP, SERIAL } from './branch';
import { NOW } from './series';

const word = fc.stringMatching(/^[A-Za-z0-9._-]{1,5}$/);
const literal = fc.stringMatching(/^[A-Za-z0-9._-]{1,3}$/);

/** Any format that is accepted. */
export const tagFormats: fc.Arbitrary<TagFormat> = fc
	.record({
		parts: fc.shuffledSubarray(['{peer}', '{role}', '{state}', '{group}'], { minLength: 3, maxLength: 4 }),
		literals: fc.array(literal, { minLength: 5, maxLength: 5 }),
		isBare: fc.boolean(),
		primaryWord: word,
		backupWord: word,
		upWord: word,
		downWord: word,
	})
	.map(({ parts, literals, isBare, ...words }) => {
		const inner = parts.map((part, at) => `${at === 0 ? '' : (literals[at] ?? '_')}${part}`).join('');
		const format = isBare ? inner : `${literals[0] ?? ''}${inner}${literals[4] ?? ''}`;
		return { ...words, format };
	})
	.filter((format) => tagFormatProblems(format).length === 0);

/** Spells a tag as an operator would, by hand. */
export function spell(
	format: TagFormat,
	{ peer, group, role, state }: { peer: string; group: string; role: string; state: string },
): string {
	return format.format
		.split('{peer}')
		.map((one) =>
			one
				.split('{group}')
				.map((two) => two.split('{role}').join(role).split('{state}').join(state))
				.join(group),
		)
		.join(peer);
}

const foreignTag = fc.oneof(
	fc.string({ maxLength: 12 }),
	fc.constantFrom('site', 'Store.12', 'london', 'up', 'down', '_up', 'vpn_failover_hold', 'x_primary_UP'),
);

export interface TaggedNetwork {
	readonly format: TagFormat;
	readonly tags: readonly string[];
	readonly ours: ReadonlySet<string>;
}

/** Foreign tags, with one pair of a random format somewhere among them, its tags at times more than once. */
export const taggedNetworks: fc.Arbitrary<TaggedNetwork> = fc
	.record({
		format: tagFormats,
		peers: fc.uniqueArray(fc.stringMatching(/^[A-Za-z0-9._ -]{1,8}$/), {
			minLength: 2,
			maxLength: 4,
			selector: (name) => name.toLowerCase(),
		}),
		group: fc.stringMatching(/^[A-Za-z0-9]{1,3}$/),
		activeAt: fc.nat({ max: 3 }),
		foreign: fc.array(foreignTag, { maxLength: 8 }),
		places: fc.array(fc.nat({ max: 20 }), { minLength: 8, maxLength: 8 }),
		isDoubled: fc.boolean(),
	})
	.map(({ format, peers, group, activeAt, foreign, places, isDoubled }) => {
		const ours = peers.map((peer, at) =>
			spell(format, {
				peer,
				group,
				role: at === 0 ? format.primaryWord : `${format.backupWord}${at === 1 ? '' : at}`,
				state: at === activeAt % peers.length ? format.upWord : format.downWord,
			}),
		);
		const tags = [...foreign];
		(isDoubled ? [...ours, ...ours] : ours).forEach((tag, at) => {
			tags.splice((places[at] ?? 0) % (tags.length + 1), 0, tag);
		});
		return { format, tags, ours: new Set(ours) };
	});

export const lossPercents: fc.Arbitrary<number | null> = fc.oneof(
	{ weight: 8, arbitrary: fc.constant(0) },
	{ weight: 3, arbitrary: fc.constantFrom(1, 29, 30, 50, 80, 100) },
	{ weight: 1, arbitrary: fc.constant(null) },
	{ weight: 1, arbitrary: fc.double({ min: 0, max: 100, noNaN: true }) },
);

/** Up to 12 minutes of samples, some missing, with the jitter of a second. */
export const sampleLists: fc.Arbitrary<LossSample[]> = fc
	.record({
		offsetMs: fc.integer({ min: 0, max: 59_999 }),
		minutes: fc.array(
			fc.option(
				fc.record({
					lossPercent: lossPercents,
					latencyMs: fc.option(fc.constantFrom(5, 100, 400)),
					jitterMs: fc.integer({ min: -1000, max: 1000 }),
				}),
				{ freq: 12 },
			),
			{ minLength: 3, maxLength: 12 },
		),
	})
	.map(({ offsetMs, minutes }) =>
		minutes
			.flatMap((minute, at) =>
				minute === null
					? []
					: [
							{
								sampledAt: NOW - 2 * MINUTE_MS - offsetMs - at * MINUTE_MS + minute.jitterMs,
								lossPercent: minute.lossPercent,
								latencyMs: minute.latencyMs,
							},
						],
			)
			.reverse(),
	);

export function rowWith(ip: string, samples: readonly LossSample[], uplink = 'wan1'): LossRow {
	return { networkId: NETWORK_ID, serial: SERIAL, uplink, ip, samples };
}

/** What one branch measured: mostly London and Paris on wan1, and whatever else. */
export const lossRows: fc.Arbitrary<LossRow[]> = fc
	.tuple(
		fc.option(sampleLists, { freq: 10 }),
		fc.option(sampleLists, { freq: 4 }),
		fc.array(
			fc
				.tuple(
					fc.constantFrom(LONDON_IP, PARIS_IP, ROME_IP, ROME_IP, '8.8.8.8'),
					fc.constantFrom('wan1', 'wan2'),
					sampleLists,
				)
				.map(([ip, uplink, samples]) => rowWith(ip, samples, uplink)),
			{ maxLength: 4 },
		),
	)
	.map(([london, paris, others]) => [
		...(london === null ? [] : [rowWith(LONDON_IP, london)]),
		...(paris === null ? [] : [rowWith(PARIS_IP, paris)]),
		...others,
	]);
