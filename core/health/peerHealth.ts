import { seriesHealth } from './seriesHealth';
import type { Health, MeasuredHealth, Recovery } from './seriesHealth';
import type { Series } from './series';
import type { Settings } from '../settings/settings';

/**
 * Health over every judged row (R1.3): *any*: lossy or failing if one row is, recovered if all are; *all*: lossy or
 * failing if all are, recovered if one is. Rows without a measured sample do not count.
 */
export function peerHealth(
	rows: readonly Series[],
	settings: Settings,
	now: number,
	knownSince?: number,
): Health {
	const [only] = rows;
	if (only && rows.length === 1) return rowHealth(only, settings, now, knownSince);
	const healths = rows
		.map((row) => rowHealth(row, settings, now, knownSince))
		.filter((health) => !(health.kind === 'noData' && health.why === 'noSamples'));
	const measured = healths.filter((health): health is MeasuredHealth => health.kind === 'measured');
	if (measured.length === 0) return healths[0] ?? { kind: 'noData', why: 'noSamples' };
	return {
		kind: 'measured',
		loss: settings.lossyWhen === 'any' ? worstLoss(measured) : bestLoss(healths),
		recovered: settings.lossyWhen === 'any' ? leastRecovered(healths) : mostRecovered(measured),
	};
}

function rowHealth(row: Series, settings: Settings, now: number, knownSince?: number): Health {
	return seriesHealth(row.samples, settings, now, knownSince);
}

function worstLoss(healths: readonly MeasuredHealth[]): MeasuredHealth['loss'] {
	if (healths.some((health) => health.loss === 'failing')) return 'failing';
	return healths.some((health) => health.loss === 'lossy') ? 'lossy' : 'clean';
}

/** A row with too few samples is not known to be lossy, so "all" does not hold. */
function bestLoss(healths: readonly Health[]): MeasuredHealth['loss'] {
	if (healths.some((health) => health.kind === 'noData' || health.loss === 'clean')) return 'clean';
	return healths.every((health) => health.kind === 'measured' && health.loss === 'failing')
		? 'failing'
		: 'lossy';
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
