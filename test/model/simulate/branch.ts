/** What the oracle is told of a site. */
import type { LossRow } from '../../../core/domain/types';
import { MINUTE } from '../input';
import type { Branch } from '../input';
import { appliancesOf } from '../world/sites';
import type { Site } from '../world/sites';
import { KNOWN_BEFORE } from '../world/world';
import type { World } from '../world/world';

export function branchOf(
	site: Site,
	tags: readonly string[],
	rows: readonly LossRow[],
	now: number,
	{ startAt }: World,
): Branch {
	return {
		id: site.id,
		tags,
		rows: site.probes.map((probe) => ({
			...probe.line,
			samples: probe.everything(startAt - KNOWN_BEFORE, now),
		})),
		answeredIps: [...new Set(rows.filter(({ networkId }) => networkId === site.id).map(({ ip }) => ip))],
		looks: () =>
			[60, 24 * 60, 7 * 24 * 60].flatMap((ago) =>
				site.probes.map((probe) => ({
					...probe.line,
					samples: probe.samples(now - (ago + 5) * MINUTE, now - ago * MINUTE, now),
				})),
			),
		appliances: appliancesOf(site, now),
	};
}
