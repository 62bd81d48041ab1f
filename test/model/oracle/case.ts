/** R1.3: which rows of a branch are judged, and for which peer. */
import { MINUTE } from '../input';
import type { Appliance, Branch, Row, Rules, Situation } from '../input';
import type { Member, Pair } from './tags';

/** A branch whose tags are in order. */
export interface Case {
	readonly branch: Branch;
	readonly pair: Pair;
	readonly situation: Situation;
	/** The judged rows (R1.3), of every destination. */
	readonly rows: readonly Row[];
}

export function judgedRows({ rows, appliances }: Branch, { chosenUplinks }: Rules): readonly Row[] {
	const appliance = applianceInUse(appliances ?? []);
	if (!appliance) return [];
	const uplinks = chosenUplinks ?? [lowestUplink(appliance.activeUplinks)];
	return rows.filter((row) => row.serial === appliance.serial && uplinks.includes(row.uplink));
}

export function applianceInUse(appliances: readonly Appliance[]): Appliance | undefined {
	const active = appliances.filter(({ activeUplinks }) => activeUplinks.length > 0);
	if (active.length < 2) return active[0];
	const later = active.find((one) =>
		active.every((other) => one === other || one.reportedAt - other.reportedAt >= 5 * MINUTE),
	);
	return later ?? active.find(({ role }) => role === 'primary');
}

function lowestUplink(uplinks: readonly string[]): string {
	return ['wan1', 'wan2', 'wan3', 'cellular'].find((uplink) => uplinks.includes(uplink)) ?? '';
}

/** A row is judged only for the peer whose tracked IP it is. */
export function trackedIps(member: Member, { branch, situation }: Case): readonly string[] {
	const { tracked } = situation.rules;
	switch (tracked.kind) {
		case 'vpnPeers': {
			const [peer, ...others] = peersListing(member, situation);
			if (!peer || others.length > 0 || peer.tags.includes('all') || peer.ip === null) return [];
			return [peer.ip];
		}
		case 'listed':
			return tracked.ips[member.peer] ?? [];
		case 'everyExcept':
			return member.role === 0 ? branch.answeredIps.filter((ip) => !tracked.excluded.includes(ip)) : [];
	}
}

export function peersListing(member: Member, { peers }: Situation) {
	return (peers ?? []).filter(({ tags }) => tags.includes(member.upTag));
}

export function rowsOf(member: Member, each: Case): Row[] {
	const ips = trackedIps(member, each);
	return each.rows.filter(({ ip }) => ips.includes(ip));
}
