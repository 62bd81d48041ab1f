import type { PairOutcome, JudgedPair } from '../decide/outcome';
import { MINUTE_MS } from '../domain/time';
import type { Incident } from '../memory/memory';
import { lastOutage } from '../health/outage';
import type { Settings } from '../settings/settings';

/** Outages of peers, so that one outage of one peer shares one `incidentId` (R8.1). */
export interface Incidents {
	/** By peer. */
	readonly open: ReadonlyMap<string, Incident>;
	/** Peers whose outage people have heard of before this run. */
	readonly continued: ReadonlySet<string>;
}

/** An outage that nobody saw for this long is over: the next one is a new incident. */
const FORGOTTEN_AFTER_MS = 15 * MINUTE_MS;
/** Without memory, runs that start within this time of each other give the outage the same id. */
const UNREMEMBERED_STEP_MS = 10 * MINUTE_MS;

/** The peer whose outage an outcome belongs to, or `null` where there is none. */
export function incidentPeer(outcome: PairOutcome): string | null {
	if (outcome.kind === 'inconsistent') return null;
	const { verdict, pair } = outcome;
	if (verdict.kind === 'stay') return pair.active.role.kind === 'backup' ? pair.primary.peer : null;
	return verdict.action === 'swapBack' ? pair.primary.peer : pair.active.peer;
}

/** Carries the open incidents on and opens those that this run finds. */
export function followIncidents(
	organizationId: string,
	outcomes: readonly PairOutcome[],
	before: Readonly<Record<string, Incident>>,
	settings: Settings,
	now: number,
): Incidents {
	const known = new Map(
		Object.entries(before).filter(([, incident]) => now - incident.seenAt < FORGOTTEN_AFTER_MS),
	);
	const open = new Map(known);
	for (const outcome of outcomes) {
		const peer = incidentPeer(outcome);
		if (peer === null || outcome.kind === 'inconsistent') continue;
		const startedAt = Math.min(onset(outcome, settings, now), open.get(peer)?.startedAt ?? now);
		const id = known.get(peer)?.id ?? incidentId(organizationId, peer, startedAt);
		open.set(peer, { id, startedAt, seenAt: now });
	}
	return { open, continued: new Set(known.keys()) };
}

function incidentId(organizationId: string, peer: string, startedAt: number): string {
	const from = new Date(startedAt - (startedAt % UNREMEMBERED_STEP_MS))
		.toISOString()
		.slice(0, 16)
		.replace(/[-:]/g, '');
	return `${organizationId}-${peer}-${from}Z`;
}

/** When the loss on the active peer began, as far as the samples reach; now, where they show none. */
export function onset({ peers }: JudgedPair, settings: Settings, now: number): number {
	return lastOutage(peers.active.rows, settings)?.startedAt ?? now;
}
