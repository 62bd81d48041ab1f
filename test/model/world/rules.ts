/** Rules at random. */
import { MINUTE } from '../input';
import type { Maintenance, Rules, Zone } from '../input';
import type { HourDice } from './hourDice';
import { DNS, PEER_IPS, PEER_NAMES } from './peers';

export function makeRules(dice: HourDice): Rules {
	const lossThreshold = dice.pick([30, 30, 30, 50, 20, 10]);
	const window = dice.pick([5, 5, 5, 4, 3, 3.5]);
	return {
		lossThreshold,
		latencyThreshold: dice.pick([null, null, 150]),
		window,
		failoverSamples: dice.pick([1, 1, 2, 2, 2, 3]),
		recoveryMinutes: dice.pick([5, 5, 5, 1, 2, 3, 8, 12, 30, 60]),
		recoveryThreshold: dice.pick([0, 5, 5, 9]),
		backupMustBe: dice.pick(['notLossy', 'notLossy', 'notLossy', 'measuredClean', 'anything']),
		moves: dice.chance(0.08) ? 'failoversOnly' : dice.chance(0.04) ? 'none' : 'all',
		swapBackPeriods: dice.chance(0.9) ? [] : [makeSwapBackPeriod(dice)],
		limitShare: dice.pick([25, 25, 0, 50, 100]),
		aboveLimit: dice.pick(['confirm', 'confirm', 'confirm', 'stop', 'off', 'off']),
		swapBacksPerRun: dice.pick([100, 100, 100, 1, 2]),
		holdTag: dice.pick(['vpn_failover_hold', 'vpn_failover_hold', 'Stop.Here']),
		chosenUplinks: dice.pick([null, null, null, null, ['wan1'], ['wan1', 'wan2'], ['wan2']]),
		lossyWhen: dice.pick(['any', 'all']),
		tracked: makeTracked(dice),
		filter: dice.pick([
			{ kind: 'all' },
			{ kind: 'all' },
			{ kind: 'all' },
			{ kind: 'all' },
			{ kind: 'withTag', tag: 'pilot' },
			{ kind: 'listed', ids: ['N_1', 'N_2', 'N_4'] },
		]),
		maintenance: makeMaintenance(dice),
	};
}

function makeTracked(dice: HourDice): Rules['tracked'] {
	const kind = dice.pick(['vpnPeers', 'vpnPeers', 'vpnPeers', 'listed', 'everyExcept']);
	if (kind === 'vpnPeers') return { kind };
	if (kind === 'everyExcept')
		return { kind, excluded: dice.chance(0.5) ? [DNS] : [DNS, ...PEER_IPS.slice(1)] };
	const ips = PEER_NAMES.flatMap((name, at): [string, string[]][] => {
		const own = PEER_IPS[at] ?? '';
		if (at > 0 && dice.chance(0.15)) return [];
		return [[name, dice.chance(0.15) ? [own, '203.0.113.99'] : [own]]];
	});
	return { kind, ips: Object.fromEntries(ips) };
}

/** Half an hour somewhere around the hour. */
function makeSwapBackPeriod(dice: HourDice): Maintenance {
	dice.count('swap-back period');
	const { from, to } = dice.span(15, 10, 40);
	const minute = (at: number) => new Date(at).getUTCHours() * 60 + new Date(at).getUTCMinutes();
	const days = [new Date(from).getUTCDay()];
	return {
		tag: null,
		zone: 'UTC',
		when: { kind: 'weekly', days, fromMinute: minute(from), untilMinute: minute(to) },
	};
}

function makeMaintenance(dice: HourDice): Maintenance[] {
	if (!dice.chance(0.25)) return [];
	return Array.from({ length: dice.int(1, 2) }, () => {
		dice.count('maintenance window');
		const [zone, ahead] = dice.pick<[Zone, number]>([
			['UTC', 0],
			['Asia/Kolkata', 330],
			['America/New_York', -300],
		]);
		const tag = dice.chance(0.3) ? 'mw' : null;
		const { from, to } = dice.span(15, 2, 25);
		const local = (at: number) => new Date(at + ahead * MINUTE);
		const text = (at: number) => local(at).toISOString().slice(0, 16);
		const minute = (at: number) => local(at).getUTCHours() * 60 + local(at).getUTCMinutes();
		if (dice.chance(0.5)) return { tag, zone, when: { kind: 'once', from: text(from), until: text(to) } };
		const days = [local(from).getUTCDay(), ...dice.some([0, 3, 5], 0.3)];
		return { tag, zone, when: { kind: 'weekly', days, fromMinute: minute(from), untilMinute: minute(to) } };
	});
}
