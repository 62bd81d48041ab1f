import { HOUR_MS } from '../domain/time';
import { isTimeZone } from './maintenanceWindow';
import type { MaintenanceWindow } from './maintenanceWindow';
import { compileTagFormat, DEFAULT_TAG_FORMAT, tagFormatProblems } from '../tags/tagFormat';
import type { TagFormat } from '../tags/tagFormat';

/** Everything an operator can set about the decision. {@link DEFAULT_SETTINGS} are the values in brackets in docs/rules.md. */
export interface Settings {
	/** A sample at or above it is bad (R2.2). 0 < value <= 100. */
	readonly lossThresholdPercent: number;
	/** A sample at or above it is bad; `null` is off (R2.2). */
	readonly latencyThresholdMs: number | null;
	/** W of R2.1, 3 to 5. */
	readonly windowMinutes: number;
	/** F of R2.2: this many samples of the window must be bad. */
	readonly failoverSamples: number;
	/** R of R2.4 before any backoff (R2.5), 1 to 60. */
	readonly recoveryMinutes: number;
	/** A measured sample above it prevents recovery (R2.4). At most the loss threshold. */
	readonly recoveryThresholdPercent: number;
	readonly backupMustBe: BackupMustBe;
	/** R4.3: *Failovers Only* stops swap backs, *None* every move; evaluation and alerts go on. */
	readonly moves: 'all' | 'failoversOnly' | 'none';
	/** R4.10: weekly times in which branches may swap back; empty is any time. */
	readonly swapBackOnlyBetween: readonly MaintenanceWindow[];
	/** R4.4. */
	readonly maintenance: readonly MaintenanceWindow[];
	readonly massFailover: MassFailover;
	/** R5.2: at most this many networks swap back in one run. */
	readonly swapBacksPerRun: number;
	/** A network with this tag is not moved (R4.2). */
	readonly holdTag: string;
	readonly judgedUplinks: JudgedUplinks;
	/** Where a peer is judged by several rows (uplink x tracked IP): lossy when any, or when all of them are. */
	readonly lossyWhen: LossyWhen;
	readonly trackedIps: TrackedIpSource;
	readonly networks: NetworkFilter;
	readonly tagFormat: TagFormat;
	/** Told again after this long while it lasts (R8.5). */
	readonly repeatIntervalMs: number;
}

/**
 * R5.1: a mass failover is when more than this share of the managed networks, and at least
 * {@link MASS_FAILOVER_MIN_NETWORKS}, would be off their primary after the run.
 */
export interface MassFailover {
	readonly sharePercent: number;
	readonly above: 'confirm' | 'stop' | 'off';
}

/** R5.1: fewer networks than this are never a mass failover. */
export const MASS_FAILOVER_MIN_NETWORKS = 4;

/** R3.4. */
export type BackupMustBe = 'notLossy' | 'measuredClean' | 'anything';

/** R1.3: the appliance's active uplink, or chosen ones. */
export type JudgedUplinks =
	| { readonly kind: 'active' }
	| { readonly kind: 'chosen'; readonly uplinks: readonly string[] };

/** R1.3. */
export type LossyWhen = 'any' | 'all';

/** Which destination belongs to which peer. */
export type TrackedIpSource =
	| { readonly kind: 'vpnPeers' }
	/** Peer name as in the tag, to its destinations. */
	| { readonly kind: 'listed'; readonly ipsByPeer: ReadonlyMap<string, readonly string[]> }
	/** As the original sample: every tracked IP but these is the primary's. */
	| { readonly kind: 'everyExcept'; readonly excludedIps: readonly string[] };

export type NetworkFilter =
	| { readonly kind: 'all' }
	| { readonly kind: 'withTag'; readonly tag: string }
	| { readonly kind: 'listed'; readonly networkIds: readonly string[] };

export const DEFAULT_SETTINGS: Settings = {
	lossThresholdPercent: 30,
	latencyThresholdMs: null,
	windowMinutes: 5,
	failoverSamples: 2,
	recoveryMinutes: 5,
	recoveryThresholdPercent: 5,
	backupMustBe: 'notLossy',
	moves: 'all',
	swapBackOnlyBetween: [],
	maintenance: [],
	massFailover: { sharePercent: 25, above: 'confirm' },
	swapBacksPerRun: 100,
	holdTag: 'vpn_failover_hold',
	judgedUplinks: { kind: 'active' },
	lossyWhen: 'any',
	trackedIps: { kind: 'vpnPeers' },
	networks: { kind: 'all' },
	tagFormat: DEFAULT_TAG_FORMAT,
	repeatIntervalMs: 4 * HOUR_MS,
};

/** What is wrong with a setting, as the end of a sentence that starts with the setting's name. */
export interface SettingProblem {
	readonly setting: string;
	readonly problem: string;
}

/** Every problem; empty when the settings can be used. Wrong settings are refused, never bent. */
export function settingProblems(settings: Settings): SettingProblem[] {
	return [
		...within('Loss Threshold', settings.lossThresholdPercent, 0.1, 100, 'percent'),
		...(settings.latencyThresholdMs === null
			? []
			: within('Latency Threshold', settings.latencyThresholdMs, 1, 60_000, 'milliseconds')),
		...within('Window', settings.windowMinutes, 3, 5, 'minutes'),
		...within('Bad Samples to Fail Over', settings.failoverSamples, 1, 5, 'samples'),
		...wholeNumber('Bad Samples to Fail Over', settings.failoverSamples),
		...within('Swap Back After', settings.recoveryMinutes, 1, 60, 'minutes'),
		...wholeNumber('Swap Back After', settings.recoveryMinutes),
		...within('Recovery Threshold', settings.recoveryThresholdPercent, 0, 100, 'percent'),
		...within('Repeat Messages Every', settings.repeatIntervalMs / HOUR_MS, 0.25, 168, 'hours'),
		...within('Mass Failover Share', settings.massFailover.sharePercent, 0, 100, 'percent'),
		...within('Swap Backs per Run', settings.swapBacksPerRun, 1, 10_000, 'networks'),
		...windowProblems('Maintenance Windows', settings.maintenance),
		...windowProblems('Swap Back Only Between', settings.swapBackOnlyBetween),
		...relationProblems(settings),
		...tagFormatProblems(settings.tagFormat).map(({ setting, problem }) => ({
			setting: TAG_FORMAT_NAMES[setting],
			problem,
		})),
	];
}

const TAG_FORMAT_NAMES: Record<keyof TagFormat, string> = {
	format: 'Tag Format',
	primaryWord: 'Word for Primary',
	backupWord: 'Word for Backup',
	upWord: 'Word for Up',
	downWord: 'Word for Down',
};

function relationProblems(settings: Settings): SettingProblem[] {
	const problems: SettingProblem[] = [];
	if (settings.recoveryThresholdPercent >= settings.lossThresholdPercent) {
		problems.push({
			setting: 'Recovery Threshold',
			problem: `must be below the Loss Threshold (${settings.lossThresholdPercent} %), or a branch would swap back onto a lossy peer`,
		});
	}
	if (settings.failoverSamples > settings.windowMinutes) {
		problems.push({
			setting: 'Bad Samples to Fail Over',
			problem: 'must not exceed the minutes of the Window',
		});
	}
	return [...problems, ...holdTagProblems(settings), ...choiceProblems(settings)];
}

function holdTagProblems({ holdTag, tagFormat }: Settings): SettingProblem[] {
	const say = (problem: string) => [{ setting: 'Hold Tag', problem }];
	if (!/^[A-Za-z0-9._-]{1,255}$/.test(holdTag))
		return say('must be 1 to 255 letters, digits, dots, dashes or underscores');
	// Release Hold would take a role off its network.
	const isVpnTag =
		tagFormatProblems(tagFormat).length === 0 && compileTagFormat(tagFormat).read(holdTag) !== null;
	return isVpnTag ? say(`must not be a VPN tag, and ${holdTag} is one`) : [];
}

function choiceProblems({ judgedUplinks, trackedIps, networks }: Settings): SettingProblem[] {
	if (judgedUplinks.kind === 'chosen' && judgedUplinks.uplinks.length === 0) {
		return [{ setting: 'Judged Uplinks', problem: 'needs at least one uplink' }];
	}
	if (trackedIps.kind === 'listed' && trackedIps.ipsByPeer.size === 0) {
		return [{ setting: 'Listed IPs', problem: 'needs at least one peer with its tracked IP' }];
	}
	if (networks.kind === 'withTag' && networks.tag === '') {
		return [{ setting: 'Filter Tag', problem: 'must not be empty' }];
	}
	if (networks.kind === 'listed' && networks.networkIds.length === 0) {
		return [{ setting: 'Network IDs', problem: 'needs at least one network' }];
	}
	return [];
}

function windowProblems(setting: string, windows: readonly MaintenanceWindow[]): SettingProblem[] {
	return windows.flatMap((window) => {
		if (!isTimeZone(window.timeZone))
			return [{ setting, problem: `names the time zone ${window.timeZone}, which is not known` }];
		if (window.kind === 'once') {
			const isTime = [window.from, window.until].every((time) => /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(time));
			if (!isTime) return [{ setting, problem: 'needs a date and a time for its beginning and its end' }];
			return window.from < window.until ? [] : [{ setting, problem: 'must end after it begins' }];
		}
		const minutes = [window.fromMinute, window.untilMinute];
		if (!minutes.every((minute) => Number.isInteger(minute) && minute >= 0 && minute <= 24 * 60)) {
			return [{ setting, problem: 'needs its times as 22:00, from 00:00 to 24:00' }];
		}
		if (window.weekdays.length === 0) return [{ setting, problem: 'needs at least one day' }];
		return [];
	});
}

function within(setting: string, value: number, least: number, most: number, unit: string): SettingProblem[] {
	if (Number.isFinite(value) && value >= least && value <= most) return [];
	return [{ setting, problem: `must be from ${least} to ${most} ${unit}, but is ${value}` }];
}

function wholeNumber(setting: string, value: number): SettingProblem[] {
	return Number.isInteger(value) ? [] : [{ setting, problem: `must be a whole number, but is ${value}` }];
}
