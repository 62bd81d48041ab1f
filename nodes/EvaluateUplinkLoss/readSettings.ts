import type { IExecuteFunctions } from 'n8n-workflow';
import { HOUR_MS } from '../../core/domain/time';
import { asFields, asList, asText, field, oneOf } from '../../core/domain/untrusted';
import type { Fields } from '../../core/domain/untrusted';
import { DEFAULT_SETTINGS, settingProblems } from '../../core/settings/settings';
import type { MassFailover, NetworkFilter, Settings, TrackedIpSource } from '../../core/settings/settings';
import { PRESETS } from '../../core/settings/presets';
import type { PresetNumbers } from '../../core/settings/presets';
import { parameterError } from '../shared/nodeErrors';
import { listedName, readId } from '../shared/organization';
import { readTagFormat } from '../shared/tagFormatProperty';
import { readRequestsPerSecond } from '../shared/requestsPerSecond';
import type { RequestsPerSecond } from '../shared/requestsPerSecond';
import { readTexts } from '../shared/readList';
import { readMaintenance } from './readMaintenance';

export interface EvaluateParameters {
	/** `checkUp`, the *Readiness Check*: what would prevent a failover, instead of who should move. */
	readonly operation: 'evaluate' | 'checkUp';
	readonly organizationId: string;
	/** As the list showed it; `null` when the ID was typed or came from the item. */
	readonly organizationName: string | null;
	readonly settings: Settings;
	readonly includeUnchanged: boolean;
	readonly requestsPerSecond: RequestsPerSecond;
}

/** The parameters for one item. Throws `NodeOperationError` for a wrong one, always: nothing is bent. */
export function readParameters(context: IExecuteFunctions, itemIndex: number): EvaluateParameters {
	const get = (name: string, fallback?: unknown): unknown =>
		context.getNodeParameter(name, itemIndex, fallback);
	const options = asFields(get('options', {}));
	const organization = readId(
		context.getNodeParameter('organizationId', itemIndex, '', { extractValue: true }),
	);
	if (organization.kind === 'refused') {
		throw parameterError(context.getNode(), 'The organization is missing', organization.why, itemIndex);
	}
	const settings: Settings = {
		...readPreset(context, itemIndex, get),
		windowMinutes: readNumber(field(options, 'windowMinutes') ?? DEFAULT_SETTINGS.windowMinutes),
		backupMustBe: readChoice(context, itemIndex, 'Backup Must Be', field(options, 'backupMustBe'), [
			'notLossy',
			'measuredClean',
			'anything',
		]),
		moves: readChoice(context, itemIndex, 'Moves', get('moves', null), ['all', 'failoversOnly', 'none']),
		swapBackOnlyBetween: readMaintenance(field(options, 'swapBackOnlyBetween'), context.getTimezone()),
		maintenance: readMaintenance(get('maintenance', {}), context.getTimezone()),
		massFailover: readMassFailover(context, itemIndex, options),
		swapBacksPerRun: readNumber(field(options, 'swapBacksPerRun') ?? DEFAULT_SETTINGS.swapBacksPerRun),
		holdTag: asText(field(options, 'holdTag')) ?? DEFAULT_SETTINGS.holdTag,
		judgedUplinks: readUplinks(field(options, 'judgedUplinks')),
		lossyWhen: readChoice(context, itemIndex, 'Judged Lossy When', field(options, 'lossyWhen'), [
			'any',
			'all',
		]),
		trackedIps: readTrackedIps(context, itemIndex, get),
		networks: readNetworks(context, itemIndex, get),
		tagFormat: readTagFormat(get('tagFormat', {})),
		repeatIntervalMs:
			readNumber(field(options, 'repeatHours') ?? DEFAULT_SETTINGS.repeatIntervalMs / HOUR_MS) * HOUR_MS,
	};
	const [problem] = settingProblems(settings);
	if (problem) {
		const message = `${problem.setting} ${problem.problem}`;
		throw parameterError(
			context.getNode(),
			message,
			'Correct the parameter, then run again. Nothing was read or moved.',
			itemIndex,
		);
	}
	return {
		operation: readChoice(context, itemIndex, 'Operation', get('operation', null), ['evaluate', 'checkUp']),
		organizationId: organization.id,
		organizationName: listedName(get('organizationId')),
		settings,
		includeUnchanged: field(options, 'includeUnchanged') === true,
		requestsPerSecond: readRequestsPerSecond(context, itemIndex, field(options, 'requestsPerSecond')),
	};
}

/** An expression may give a number as text; anything else is not a number, and the settings say so. */
function readNumber(value: unknown): number {
	if (typeof value === 'number') return value;
	return typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
}

function readLatency(value: unknown): number | null {
	const latencyMs = readNumber(value ?? 0);
	return latencyMs === 0 ? null : latencyMs;
}

function readUplinks(value: unknown): Settings['judgedUplinks'] {
	const uplinks = (asList(value) ?? []).filter((uplink): uplink is string => typeof uplink === 'string');
	return uplinks.length === 0 ? { kind: 'active' } : { kind: 'chosen', uplinks };
}

/** The first choice is the default. */
function readChoice<T extends string>(
	context: IExecuteFunctions,
	itemIndex: number,
	setting: string,
	value: unknown,
	choices: readonly [T, ...T[]],
): T {
	if (value === undefined || value === null) return choices[0];
	const choice = oneOf(value, choices);
	if (choice !== undefined) return choice;
	const description = `Choose one of ${choices.join(', ')}.`;
	throw parameterError(context.getNode(), `${setting} is not one of its choices`, description, itemIndex);
}

/** The names under which n8n keeps the choices of *Mass Failover*. */
const MASS_FAILOVER_CHOICES = { confirm: 'confirm', swapNone: 'stop', noLimit: 'off' } as const;

function readMassFailover(
	context: IExecuteFunctions,
	itemIndex: number,
	options: Fields | undefined,
): MassFailover {
	const { sharePercent } = DEFAULT_SETTINGS.massFailover;
	const choice = readChoice(context, itemIndex, 'Mass Failover', field(options, 'aboveLimit'), [
		'confirm',
		'swapNone',
		'noLimit',
	]);
	return {
		sharePercent: readNumber(field(options, 'limitSharePercent') ?? sharePercent),
		above: MASS_FAILOVER_CHOICES[choice],
	};
}

function readPreset(context: IExecuteFunctions, itemIndex: number, get: Get): PresetNumbers {
	const preset = readChoice(context, itemIndex, 'Preset', get('preset', null), [
		'balanced',
		'ciscoSample',
		'calm',
		'custom',
	]);
	if (preset !== 'custom') return PRESETS[preset];
	const { balanced } = PRESETS;
	return {
		lossThresholdPercent: readNumber(get('lossThresholdPercent', balanced.lossThresholdPercent)),
		failoverSamples: readNumber(get('failoverSamples', balanced.failoverSamples)),
		recoveryThresholdPercent: readNumber(get('recoveryThresholdPercent', balanced.recoveryThresholdPercent)),
		recoveryMinutes: readNumber(get('recoveryMinutes', balanced.recoveryMinutes)),
		latencyThresholdMs: readLatency(get('latencyThresholdMs', 0)),
	};
}

type Get = (name: string, fallback?: unknown) => unknown;

function readTrackedIps(context: IExecuteFunctions, itemIndex: number, get: Get): TrackedIpSource {
	const kind = readChoice(context, itemIndex, 'Tracked IPs', get('trackedIps', null), [
		'vpnPeers',
		'listed',
		'everyExcept',
	]);
	switch (kind) {
		case 'vpnPeers':
			return { kind };
		case 'everyExcept':
			return { kind, excludedIps: readTexts(get('excludedIps', '')) };
		case 'listed': {
			const peers = asList(field(asFields(get('listedIps', {})), 'peers')) ?? [];
			const entries = peers.map((peer) => {
				const fields = asFields(peer);
				return [asText(field(fields, 'peer'))?.trim() ?? '', readTexts(field(fields, 'ips'))] as const;
			});
			return { kind, ipsByPeer: new Map(entries.filter(([peer, ips]) => peer !== '' && ips.length > 0)) };
		}
	}
}

function readNetworks(context: IExecuteFunctions, itemIndex: number, get: Get): NetworkFilter {
	const kind = readChoice(context, itemIndex, 'Networks', get('networks', null), [
		'all',
		'withTag',
		'listed',
	]);
	switch (kind) {
		case 'all':
			return { kind };
		case 'withTag':
			return { kind, tag: asText(get('networkTag', ''))?.trim() ?? '' };
		case 'listed':
			return { kind, networkIds: readTexts(get('networkIds', '')) };
	}
}
