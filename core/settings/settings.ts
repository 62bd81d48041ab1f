import { isTimeZone } from './maintenanceWindow';
import type { MaintenanceWindow } from './maintenanceWindow';
import { compileTagFormat, DEFAULT_TAG_FORMAT, tagFormatProblems } from '../tags/tagFormat';
import type { TagFormat } from '../tags/tagFormat';

/** Everything an operator can set about the decision. Brackets in `rules` are the defaults here. */
export interface Settings {
	/** A sample at or over it is over (R2.2). 0 < value <= 100. */
	readonly lossThresholdPercent: number;
	/** A sample at or over it is over; `null` is off (R2.2). */
	readonly latencyThresholdMs: number | null;
	/** W of R2.1, 3 to 5. */
	readonly windowMinutes: number;
	/** F of R2.2: this many samples of the window must be over. */
	readonly failoverSamples: number;
	/** R of R2.4, 1 to 60. */
	readonly recoveryMinutes: number;
	/** A measured sample above it prevents recovery (R2.4). At most the loss threshold. */
	readonly recoveryThresholdPercent: number;
	readonly backupMustBe: BackupMustBe;
	readonly swapBack: 'automatic' | 'manual';
	/** R4.3. */
	readonly maintenance: readonly MaintenanceWindow[];
	readonly failoverLimit: FailoverLimit;
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
	/** Told again after this long while it lasts (R8.1). */
	readonly repeatIntervalMs: number;
}

/**
 * R5.1: exceeded when more than this many networks *and* more than this share of the managed ones would be off
 * primary after the run.
 */
export interface FailoverLimit {
	readonly networks: number;
	readonly sharePercent: number;
	readonly above: 'confirm' | 'swapNone' | 'noLimit';
}

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

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export const DEFAULT_SETTINGS: Settings = {
	lossThresholdPercent: 30,
	latencyThresholdMs: null,
	windowMinutes: 5,
	failoverSamples: 1,
	recoveryMinutes: 5,
	recoveryThresholdPercent: 0,
	backupMustBe: 'notLossy',
	swapBack: 'automatic',
	maintenance: [],
	failoverLimit: { networks: 10, sharePercent: 25, above: 'confirm' },
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
		...within('Failover Limit', settings.failoverLimit.networks, 0, 100_000, 'networks'),
		...within('Failover Limit Share', settings.failoverLimit.sharePercent, 0, 100, 'percent'),
		...within('Swap Backs per Run', settings.swapBacksPerRun, 1, 10_000, 'networks'),
		...maintenanceProblems(settings),
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

function maintenanceProblems({ maintenance }: Settings): SettingProblem[] {
	const setting = 'Maintenance Windows';
	return maintenance.flatMap((window) => {
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
