import type { PeerReading, Situation } from '../../../core/decide/situation';
import { decide } from '../../../core/decide/decide';
import type { Health } from '../../../core/health/seriesHealth';
import { settings, verdictInWords, vpnTag } from '../../support/branch';

/** Seen healthy, no WAN problem, no manual move. */
const NOTHING_IN_THE_WAY: Situation['inputs'] = {
	missingLooks: () => null,
	wasSeenHealthy: () => true,
	lineFault: () => 'notTheLine',
	isHandMove: () => false,
};

describe('R3 and R4 as a table over every situation', () => {
	const measured = (loss: 'clean' | 'lossy' | 'failing', recovered: 'yes' | 'no' | 'unknown'): Health => ({
		kind: 'measured',
		loss,
		recovered,
	});
	const healths: readonly Health[] = [
		{ kind: 'noData', why: 'noSamples', isLossy: false },
		{ kind: 'noData', why: 'tooFewSamples', isLossy: true },
		measured('clean', 'yes'),
		measured('clean', 'no'),
		measured('clean', 'unknown'),
		measured('lossy', 'no'),
		measured('failing', 'no'),
	];
	const reading = (tag: string, health: Health): PeerReading => ({
		member: vpnTag(tag),
		tracking: { kind: 'tracked', ips: ['203.0.113.10'] },
		rows: [],
		health,
	});
	let situations: Situation[];
	beforeEach(() => {
		situations = everySituation();
	});

	function everySituation(): Situation[] {
		const all: Situation[] = [];
		for (const one of healths) {
			for (const two of healths) {
				for (const three of healths) {
					for (const activeAt of [0, 1, 2]) {
						const primary = reading('london_primary_up', one);
						const backups = [reading('paris_backup_up', two), reading('rome_backup2_up', three)];
						const active = [primary, ...backups][activeAt] ?? primary;
						for (const isHeld of [true, false]) {
							for (const appliance of ['online', 'offline', 'notReadable'] as const) {
								for (const backupMustBe of ['notLossy', 'measuredClean', 'anything'] as const) {
									for (const moves of ['all', 'failoversOnly'] as const) {
										all.push({
											peers: { primary, backups, active },
											isHeld,
											isInMaintenance: false,
											inputs: NOTHING_IN_THE_WAY,
											maySwapBackNow: true,
											appliance,
											settings: settings({ backupMustBe, moves }),
										});
									}
								}
							}
						}
					}
				}
			}
		}
		return all;
	}
	const isLossy = ({ health }: PeerReading) =>
		health.kind === 'noData' ? health.isLossy : health.loss !== 'clean';
	const isFailing = (peer: PeerReading) => peer.health.kind === 'measured' && peer.health.loss === 'failing';

	test('R3 every situation has one verdict, and a move never ends where it starts', () => {
		expect(situations).toHaveLength(7 * 7 * 7 * 3 * 2 * 3 * 3 * 2);
		for (const situation of situations) {
			const verdict = decide(situation);
			expect(verdictInWords(verdict)).toMatch(/ to | stops |stays: |needs history/);
			if (verdict.kind === 'move') expect(verdict.to).not.toBe(situation.peers.active.member);
		}
	});

	test('R2.3 and R3.3 a peer that is not still failing is left only for a recovered primary', () => {
		for (const situation of situations) {
			const verdict = decide(situation);
			if (verdict.kind !== 'move' || isFailing(situation.peers.active)) continue;
			const { primary } = situation.peers;
			expect(verdict.action).toBe('swapBack');
			expect(verdict.to).toBe(primary.member);
			expect(primary.health).toEqual(measured('clean', 'yes'));
		}
	});

	test('R4.2, R1.3, R4.5 nothing moves that is held, without a status or offline', () => {
		for (const situation of situations) {
			if (situation.isHeld || situation.appliance !== 'online')
				expect(decide(situation).kind).not.toBe('move');
		}
	});

	test('R4 the same situation with nothing in the way wants the same move that was stopped', () => {
		for (const situation of situations) {
			const verdict = decide(situation);
			const free = decide({
				...situation,
				isHeld: false,
				appliance: 'online',
				settings: { ...situation.settings, moves: 'all' },
			});
			if (verdict.kind === 'stay' || verdict.kind === 'needs') expect(free).toEqual(verdict);
			if (verdict.kind === 'vetoed' && verdict.reason !== 'noCandidate') {
				expect(free.kind === 'move' ? free.to : null).toBe(verdict.to);
			}
		}
	});

	test('R3.4 no move but a failover under Anything ends on a lossy peer', () => {
		for (const situation of situations) {
			const verdict = decide(situation);
			if (verdict.kind !== 'move') continue;
			const target = [situation.peers.primary, ...situation.peers.backups].find(
				(peer) => peer.member === verdict.to,
			);
			if (!target || !isLossy(target)) continue;
			expect([verdict.action, situation.settings.backupMustBe]).toEqual(['failover', 'anything']);
		}
	});

	test('R3.2 stranded on a failing backup, a primary that has data and is not lossy is always taken', () => {
		for (const situation of situations) {
			const { primary, active } = situation.peers;
			if (active === primary || !isFailing(active) || isLossy(primary) || primary.health.kind === 'noData')
				continue;
			const verdict = decide({ ...situation, isHeld: false, appliance: 'online' });
			expect(verdictInWords(verdict)).toBe('failover to london');
		}
	});

	test('R4.5 offline stops every wanted move that is not held', () => {
		for (const situation of situations) {
			if (situation.isHeld || situation.appliance !== 'offline') continue;
			const verdict = decide(situation);
			if (verdict.kind === 'vetoed') expect(['offline', 'paused']).toContain(verdict.reason);
		}
	});
});
