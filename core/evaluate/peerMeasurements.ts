import type { PeerReading, PeerReadings } from '../decide/situation';
import { peerHealth } from '../health/peerHealth';
import type { Branch } from './branch';
import type { OrganizationSnapshot } from './snapshot';
import { windowStart } from '../health/series';
import type { Series } from '../health/series';
import type { Settings } from '../settings/settings';
import type { VpnTag } from '../tags/tagFormat';

/** What the branch measures of the peers of its pair on these rows (R1.3, R2). */
export function peerMeasurements(
	{ pair, rows, tracker }: Pick<Branch, 'pair' | 'rows' | 'tracker'>,
	countedRows: readonly Series[],
	snapshot: OrganizationSnapshot,
	settings: Settings,
): PeerReadings {
	const read = (member: VpnTag): PeerReading => {
		const tracking = tracker(member, rows);
		const ips = tracking.kind === 'tracked' ? tracking.ips : [];
		const measured = countedRows.filter((row) => ips.includes(row.ip));
		const knownSince = readSince(ips, snapshot, settings);
		return {
			member,
			tracking,
			rows: measured,
			health: peerHealth(measured, settings, snapshot.now, knownSince),
		};
	};
	const primary = read(pair.primary);
	const backups = pair.backups.map(read);
	const active = backups.find((peer) => peer.member === pair.active) ?? primary;
	return { primary, backups, active };
}

/** From when on every sample of all these destinations was read (R2.4). */
function readSince(
	ips: readonly string[],
	{ history, now }: OrganizationSnapshot,
	settings: Settings,
): number {
	const start = windowStart(now, settings.windowMinutes);
	let since = -Infinity;
	for (const ip of ips) since = Math.max(since, Math.min(start, history.get(ip)?.knownSince ?? start));
	return since;
}
