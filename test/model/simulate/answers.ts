/** What Meraki answers of a world. */
import { LOOKS_BACK_MS } from '../../../core/evaluate/snapshot';
import type { Lookback, History } from '../../../core/evaluate/snapshot';
import { windowStart } from '../../../core/health/series';
import type { ApplianceStatus, LossRow } from '../../../core/domain/types';
import { MINUTE } from '../input';
import { appliancesOf } from '../world/sites';
import type { World } from '../world/world';

export class Answers {
	constructor(private readonly world: World) {}

	rows(after: number, until: number, now: number, ip?: string): LossRow[] {
		return this.world.sites.flatMap(({ probes }) =>
			probes
				.filter(({ line }) => ip === undefined || line.ip === ip)
				.flatMap((probe) => {
					const { networkId, serial, uplink, ip: destination, hasTwin } = probe.line;
					const samples = probe.samples(after, until, now).map(({ at, loss, latency }) => ({
						sampledAt: at,
						lossPercent: loss,
						latencyMs: latency,
					}));
					const told = { networkId, serial, uplink, ip: destination, samples };
					const nulls = samples.map((each) => ({ ...each, lossPercent: null, latencyMs: null }));
					return hasTwin ? [told, { ...told, samples: nulls }] : [told];
				}),
		);
	}

	statusesOf(id: string, now: number): ApplianceStatus[] | 'notReadable' {
		const site = this.world.sites.find((each) => each.id === id);
		const appliances = site ? appliancesOf(site, now) : null;
		if (!site || !appliances) return 'notReadable';
		return appliances.map(({ serial, role, reportedAt, activeUplinks }) => ({
			networkId: id,
			serial,
			role,
			lastReportedAt: reportedAt,
			uplinks: [...site.uplinks]
				.sort((one, other) => activeUplinks.indexOf(other) - activeUplinks.indexOf(one))
				.map((uplink) => ({ uplink, status: activeUplinks.includes(uplink) ? 'active' : 'failed' })),
		}));
	}

	/** In pieces of five minutes, the most that one read may ask for. */
	history(ip: string, since: number, now: number): History {
		const until = windowStart(now, this.world.rules.window) + MINUTE;
		const rows: LossRow[] = [];
		for (let from = since; from < until; from += 5 * MINUTE)
			rows.push(...this.rows(from, Math.min(from + 5 * MINUTE, until), now, ip));
		return { rows, knownSince: since };
	}

	lookback(ip: string, now: number): Lookback {
		const rows = LOOKS_BACK_MS.flatMap((backMs) =>
			this.rows(now - backMs - 5 * MINUTE, now - backMs, now, ip),
		);
		return { rows, isIncomplete: false };
	}
}
