/** The settings of the product that say what the oracle's rules say. */
import type { MaintenanceWindow } from '../../../core/settings/maintenanceWindow';
import type { Settings } from '../../../core/settings/settings';
import { DEFAULT_TAG_FORMAT } from '../../../core/tags/tagFormat';
import { MINUTE } from '../input';
import type { Maintenance, Rules } from '../input';

export function settingsOf(rules: Rules): Settings {
	const { tracked, filter } = rules;
	return {
		lossThresholdPercent: rules.lossThreshold,
		latencyThresholdMs: rules.latencyThreshold,
		windowMinutes: rules.window,
		failoverSamples: rules.failoverSamples,
		recoveryMinutes: rules.recoveryMinutes,
		recoveryThresholdPercent: rules.recoveryThreshold,
		backupMustBe: rules.backupMustBe,
		moves: rules.moves,
		swapBackOnlyBetween: rules.swapBackPeriods.map(windowOf),
		maintenance: rules.maintenance.map(windowOf),
		massFailover: {
			sharePercent: rules.limitShare,
			above: rules.aboveLimit,
		},
		swapBacksPerRun: rules.swapBacksPerRun,
		holdTag: rules.holdTag,
		judgedUplinks:
			rules.chosenUplinks === null ? { kind: 'active' } : { kind: 'chosen', uplinks: rules.chosenUplinks },
		lossyWhen: rules.lossyWhen,
		trackedIps:
			tracked.kind === 'listed'
				? { kind: 'listed', ipsByPeer: new Map(Object.entries(tracked.ips)) }
				: tracked.kind === 'everyExcept'
					? { kind: 'everyExcept', excludedIps: tracked.excluded }
					: tracked,
		networks: filter.kind === 'listed' ? { kind: 'listed', networkIds: filter.ids } : filter,
		tagFormat: DEFAULT_TAG_FORMAT,
		repeatIntervalMs: 4 * 60 * MINUTE,
	};
}

function windowOf({ tag, zone, when }: Maintenance): MaintenanceWindow {
	const shared = { networkTag: tag, timeZone: zone };
	if (when.kind === 'once') return { ...shared, kind: 'once', from: when.from, until: when.until };
	const { days, fromMinute, untilMinute } = when;
	return { ...shared, kind: 'weekly', weekdays: days, fromMinute, untilMinute };
}
