import type { Settings } from './settings';

/** The five numbers that decide how quickly a branch moves, set together by a preset (R2). */
export type PresetNumbers = Pick<
	Settings,
	| 'lossThresholdPercent'
	| 'failoverSamples'
	| 'recoveryThresholdPercent'
	| 'recoveryMinutes'
	| 'latencyThresholdMs'
>;

export type Preset = 'balanced' | 'ciscoSample' | 'calm';

/** The values of each preset. *Custom* is no preset: it asks for the numbers. */
export const PRESETS: Readonly<Record<Preset, PresetNumbers>> = {
	/** Two bad samples: a single bad minute moves nobody. */
	balanced: {
		lossThresholdPercent: 30,
		failoverSamples: 2,
		recoveryThresholdPercent: 5,
		recoveryMinutes: 5,
		latencyThresholdMs: null,
	},
	/** Exactly the published pattern. */
	ciscoSample: {
		lossThresholdPercent: 30,
		failoverSamples: 1,
		recoveryThresholdPercent: 0,
		recoveryMinutes: 5,
		latencyThresholdMs: null,
	},
	/** For lines with frequent short loss. */
	calm: {
		lossThresholdPercent: 50,
		failoverSamples: 3,
		recoveryThresholdPercent: 5,
		recoveryMinutes: 15,
		latencyThresholdMs: null,
	},
};
