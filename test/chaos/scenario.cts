/** A random world of the model as a scenario of the simulator and as parameters of Evaluate Uplink Loss. */
import type { INodeParameters } from 'n8n-workflow';
import type { ScenarioEvent } from '../../simulator/simulator.cjs';
import { KEY } from '../support/n8nMeraki.cjs';
import { MINUTE } from '../model/input';
import type { Rules } from '../model/input';
import type { Trouble } from '../model/probes';
import { PEER_IPS } from '../model/world/peers';
import type { Site } from '../model/world/sites';
import type { World } from '../model/world/world';

/** Long enough for every look at earlier days (R4.7). */
const EVER_MINUTES = -8 * 24 * 60;

/** Outages of the primary peer at all sites, in minutes: what makes the nodes write, whatever else befalls them. */
const HUB_OUTAGES = [
	[5, 14],
	[33, 41],
] as const;

export function scenarioOf(world: World): object {
	return {
		keys: [{ name: 'full', key: KEY }],
		rateLimits: { enabled: false },
		organizations: [
			{
				id: '1',
				name: 'Acme',
				peers: world.peers.map(({ ip, tags }, at) => ({
					name: `hub ${at}`,
					...(ip === null ? { publicHostname: 'hub.example.com' } : { publicIp: ip }),
					networkTags: tags,
				})),
				networks: world.sites.map(networkOf),
			},
		],
		events: [...world.troubles, ...world.sites.flatMap(({ troubles }) => troubles)]
			.filter(({ networkIds }) => networkIds?.length !== 0)
			.map((trouble) => troubleEvent(trouble, world))
			.concat(world.sites.flatMap((site) => [...silences(site), ...downs(site, world)]))
			.concat(HUB_OUTAGES.map(([atMinutes, untilMinutes]) => hubOutage(atMinutes, untilMinutes))),
	};
}

function hubOutage(atMinutes: number, untilMinutes: number): ScenarioEvent {
	return { kind: 'loss', atMinutes, untilMinutes, where: { ip: PEER_IPS[0] }, lossPercent: 100 };
}

function networkOf({ id, firstTags, serials, uplinks, probes }: Site): object {
	return {
		id,
		// Names are written into every message; one is as hostile as names can be.
		name: id === 'N_1' ? '<!channel> {{ $json }} <b>Leeds</b>' : `Branch ${id}`,
		tags: firstTags,
		destinations: [...new Set(probes.map(({ line }) => line.ip))],
		appliances: serials.map((serial, at) => ({
			serial,
			role: at === 0 ? 'primary' : 'spare',
			uplinks: uplinks.map((uplink) => ({ interface: uplink })),
		})),
	};
}

function troubleEvent(trouble: Trouble, world: World): ScenarioEvent {
	const { networkIds, serial, uplink, ip, brings, amount } = trouble;
	const where = {
		...(networkIds === null ? {} : { networks: networkIds }),
		...(serial === null ? {} : { serial }),
		...(uplink === null ? {} : { uplink: uplink as 'wan1' }),
		...(ip === null ? {} : { ip }),
	};
	const span = { where, ...spanOf(trouble, world) };
	switch (brings) {
		case 'loss':
			return { kind: 'loss', ...span, lossPercent: amount };
		case 'latency':
			return { kind: 'loss', ...span, lossPercent: 0, latencyMs: amount };
		case 'nulls':
			return { kind: 'noData', ...span, form: 'nullLoss' };
		case 'gaps':
			return { kind: 'noData', ...span, form: 'emptySeries' };
	}
}

function spanOf({ from, to }: { readonly from: number; readonly to: number }, { startAt }: World) {
	return { atMinutes: (from - startAt) / MINUTE, untilMinutes: (to - startAt) / MINUTE };
}

/** Destinations that never answer. */
function silences({ id, probes }: Site): ScenarioEvent[] {
	const ips = new Set(probes.filter(({ line }) => line.isFiltered).map(({ line }) => line.ip));
	return [...ips].map((ip) => ({
		kind: 'loss',
		atMinutes: EVER_MINUTES,
		where: { networks: [id], ip },
		lossPercent: 100,
	}));
}

function downs({ id, down }: Site, world: World): ScenarioEvent[] {
	return down.map(({ serial, uplink, ...span }) => ({
		kind: 'uplinkStatus',
		...spanOf(span, world),
		where: {
			networks: [id],
			...(serial === null ? {} : { serial }),
			...(uplink === null ? {} : { uplink: uplink as 'wan1' }),
		},
		status: 'failed',
	}));
}

/** Maintenance apart, which the model plays. */
export function parametersOf(rules: Rules): INodeParameters {
	const { tracked, filter } = rules;
	return {
		preset: 'custom',
		lossThresholdPercent: rules.lossThreshold,
		failoverSamples: rules.failoverSamples,
		latencyThresholdMs: rules.latencyThreshold ?? 0,
		recoveryMinutes: rules.recoveryMinutes,
		recoveryThresholdPercent: rules.recoveryThreshold,
		moves: rules.moves,
		trackedIps: tracked.kind,
		...(tracked.kind === 'everyExcept' ? { excludedIps: tracked.excluded.join(', ') } : {}),
		...(tracked.kind === 'listed'
			? {
					listedIps: {
						peers: Object.entries(tracked.ips).map(([peer, ips]) => ({ peer, ips: ips.join(', ') })),
					},
				}
			: {}),
		networks: filter.kind,
		...(filter.kind === 'withTag' ? { networkTag: filter.tag } : {}),
		...(filter.kind === 'listed' ? { networkIds: filter.ids.join(', ') } : {}),
		options: {
			windowMinutes: rules.window,
			backupMustBe: rules.backupMustBe,
			limitSharePercent: rules.limitShare,
			aboveLimit: { confirm: 'confirm', stop: 'swapNone', off: 'noLimit' }[rules.aboveLimit],
			...(rules.swapBackPeriods.length > 0 ? { swapBackOnlyBetween: periodsOf(rules) } : {}),
			swapBacksPerRun: rules.swapBacksPerRun,
			holdTag: rules.holdTag,
			judgedUplinks: [...(rules.chosenUplinks ?? [])],
			lossyWhen: rules.lossyWhen,
		},
	};
}

function periodsOf({ swapBackPeriods }: Rules): INodeParameters {
	const clock = (minute: number) =>
		`${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
	return {
		weekly: swapBackPeriods.flatMap(({ when }) =>
			when.kind === 'once'
				? []
				: [{ weekdays: [...when.days], from: clock(when.fromMinute), until: clock(when.untilMinute) }],
		),
	};
}
