import { MAX_SAMPLES_SHOWN } from './limits';

const BLOCKS = '▁▂▃▄▅▆▇█';
const UNMEASURED = '·';

/** Steps of a bar, for the sparkline and the chart in mails. */
export const LOSS_LEVELS = BLOCKS.length;

/** The newest samples with everything that is no number turned into "unmeasured". */
export function shownSamples(lossPercents: readonly (number | null)[]): readonly (number | null)[] {
	return lossPercents
		.slice(-MAX_SAMPLES_SHOWN)
		.map((loss) => (loss === null || !Number.isFinite(loss) ? null : Math.min(100, Math.max(0, loss))));
}

/** 1 to `LOSS_LEVELS` on a scale of 0 to 100; any loss at all stands higher than none. */
export function lossLevel(lossPercent: number): number {
	const steps = LOSS_LEVELS - 1;
	const level = Math.round((lossPercent / 100) * steps);
	return 1 + (lossPercent > 0 ? Math.max(1, level) : 0);
}

/** For example `▁▁▃█·`, oldest first. */
export function sparkline(samples: readonly (number | null)[]): string {
	return samples
		.map((loss) => (loss === null ? UNMEASURED : (BLOCKS[lossLevel(loss) - 1] ?? UNMEASURED)))
		.join('');
}

/** At most one decimal, without trailing zero. */
export function percentText(percent: number): string {
	return `${Math.round(percent * 10) / 10} %`;
}

/** The newest value measured; the sparkline's last sign shows whether something newer is missing. */
export function newestLossText(samples: readonly (number | null)[]): string {
	const measured = samples.filter((loss) => loss !== null);
	const newest = measured[measured.length - 1];
	if (newest !== undefined) return percentText(newest);
	return samples.length === 0 ? '' : 'not measured';
}
