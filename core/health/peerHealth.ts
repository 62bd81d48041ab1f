import { isLossy, seriesHealth } from './seriesHealth';
import type { Health, MeasuredHealth, Recovery } from './seriesHealth';
import type { Series } from './series';
import type { Settings } from '../settings/settings';

/**
 * Health over every row that measures the peer (R1.3). *any*: lossy or failing if one row is, recovered if all are.
 * *all*: lossy or failing if all are, recovered if one is. Rows without a measured sample do not count.
 */
export function peerHealth(
	rows: readonly Series[],
	settings: Settings,
	now: number,
	knownSince?: number,
): Health {
	const healths = rows.map((row) => seriesHealth(row.samples, settings, now, knownSince));
	const [only] = healths;
	if (only && healths.length === 1) return only;
	const counted = healths.filter((health) => !(health.kind === 'noData' && health.why === 'noSamples'));
	const measured = counted.filter((health): health is MeasuredHealth => health.kind === 'measured');
	const isAny = settings.lossyWhen === 'any';
	if (measured.length === 0) return withoutData(counted, isAny);
	return {
		kind: 'measured',
		loss: isAny ? worstLoss(counted) : bestLoss(counted),
		recovered: isAny ? leastRecovered(counted) : mostRecovered(measured),
	};
}

function withoutData(healths: readonly Health[], isAny: boolean): Health {
	const [first] = healths;
	if (first?.kind !== 'noData') return { kind: 'noData', why: 'noSamples', isLossy: false };
	return { ...first, isLossy: isAny ? healths.some(isLossy) : healths.every(isLossy) };
}

function worstLoss(healths: readonly Health[]): MeasuredHealth['loss'] {
	if (healths.some(isFailing)) return 'failing';
	return healths.some(isLossy) ? 'lossy' : 'clean';
}

function bestLoss(healths: readonly Health[]): MeasuredHealth['loss'] {
	if (!healths.every(isLossy)) return 'clean';
	return healths.every(isFailing) ? 'failing' : 'lossy';
}

function isFailing(health: Health): boolean {
	return health.kind === 'measured' && health.loss === 'failing';
}

function leastRecovered(healths: readonly Health[]): Recovery {
	if (healths.some((health) => health.kind === 'noData' || health.recovered === 'no')) return 'no';
	return healths.some((health) => health.kind === 'measured' && health.recovered === 'unknown')
		? 'unknown'
		: 'yes';
}

function mostRecovered(healths: readonly MeasuredHealth[]): Recovery {
	if (healths.some((health) => health.recovered === 'yes')) return 'yes';
	return healths.some((health) => health.recovered === 'unknown') ? 'unknown' : 'no';
}
