import type { Condition } from './dedup';
import type { Severity } from '../domain/types';

/** Things that concern an organization as a whole and may have to be told (R8.5). */

/** What could not be read; `why` quotes Meraki. */
export interface UnreadablePart {
	readonly what: 'rows' | 'networks' | 'peers' | 'peerParts' | 'statuses' | 'history' | 'tunnels';
	readonly why: string;
}

interface Telling {
	readonly severity: Severity;
	readonly heading: string;
	readonly nextStep: string;
}

const TELLING: Record<UnreadablePart['what'], Telling> = {
	rows: {
		severity: 'warning',
		heading: 'Rows of loss data could not be used',
		nextStep: 'The other networks are evaluated as always. Ask Meraki support if it lasts.',
	},
	networks: {
		severity: 'warning',
		heading: 'Networks could not be read',
		nextStep: 'They are not moved. Look at their tags in the dashboard.',
	},
	peers: {
		severity: 'critical',
		heading: 'VPN peers could not be read, so no branch is protected',
		nextStep: "Let the API key read the organization's VPN settings, or choose Listed IPs under Tracked IPs.",
	},
	peerParts: {
		severity: 'warning',
		heading: 'Parts of the VPN peers could not be read and were skipped',
		nextStep: 'The other peers and tags count as always. Check the peer named in the dashboard.',
	},
	statuses: {
		severity: 'warning',
		heading: 'Uplink statuses could not be read',
		nextStep:
			'Networks on which a decision depends do not move. Let the API key read appliance uplink statuses.',
	},
	history: {
		severity: 'warning',
		heading: 'Older loss data could not be read',
		nextStep: 'Swap backs wait until enough has been seen.',
	},
	tunnels: {
		severity: 'info',
		heading: 'VPN statuses could not be read',
		nextStep:
			'Branches move as always; only whether the tunnel to a backup works is not told. Let the API key read VPN statuses.',
	},
};

/** One condition for each kind of thing that could not be read, with the first of Meraki's sentences. */
export function unreadableConditions(organizationId: string, parts: readonly UnreadablePart[]): Condition[] {
	const first = new Map<UnreadablePart['what'], UnreadablePart>();
	for (const part of parts) if (!first.has(part.what)) first.set(part.what, part);
	return [...first.values()].map(({ what, why }) => ({
		key: JSON.stringify(['unreadable', what]),
		fingerprint: '',
		tellAfterMs: 0,
		comesAndGoes: true,
		...TELLING[what],
		incidentPeer: null,
		row: organizationRow(
			organizationId,
			countedWords(why, parts.filter((part) => part.what === what).length),
		),
	}));
}

function countedWords(why: string, count: number): string {
	return count > 1 ? `${why} And ${count - 1} more.` : why;
}

/** A line of a message about the organization itself. */
export function organizationRow(organizationId: string, explanation: string): Condition['row'] {
	return {
		networkId: '',
		networkName: `Organization ${organizationId}`,
		networkUrl: null,
		from: null,
		to: null,
		explanation,
		lossPercents: [],
		durationMs: null,
		tagsBefore: [],
		tagsAfter: [],
	};
}
