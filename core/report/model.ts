import type { Severity } from '../domain/types';

/** `readinessCheck` goes out on Alert, and only when it was asked for. */
export type ReportKind = 'report' | 'alert' | 'readinessCheck';

/**
 * What a Report or an Alert says, before it is written for a target. Every string in it may come from
 * outside (network names, peer names, Meraki's answers): renderers escape all of them.
 */
export interface ReportModel {
	readonly kind: ReportKind;
	readonly severity: Severity;
	/** One line: what, how many, where to, why. Becomes the subject of a mail and the text of a Slack message. */
	readonly title: string;
	/** One or two sentences under the title; may be empty. */
	readonly summary: string;
	readonly incidentId: string | null;
	readonly organizationId: string;
	readonly organizationName: string | null;
	readonly isDryRun: boolean;
	/** API clock. */
	readonly reportedAt: number;
	/** The lossPercent at or over which a sample counts as over: bars at or over it are marked. */
	readonly lossThresholdPercent: number;
	/** In the order they are to be read: failures first. */
	readonly sections: readonly ReportSection[];
}

export interface ReportSection {
	/** For example "Moved from London to Paris". The renderer adds the count. */
	readonly heading: string;
	readonly severity: Severity;
	/** What to do next, or an empty string. */
	readonly nextStep: string;
	readonly rows: readonly ReportRow[];
}

export interface ReportRow {
	readonly networkId: string;
	readonly networkName: string;
	/** Only `https:` (and `http:` on loopback) addresses become links. */
	readonly networkUrl: string | null;
	/** Peer left, if any. */
	readonly from: string | null;
	/** Peer reached or meant, if any. */
	readonly to: string | null;
	/** A sentence with the numbers, or Meraki's own words. */
	readonly explanation: string;
	/** Loss on the judged peer, oldest first; `null` is unmeasured. May be empty. */
	readonly lossPercents: readonly (number | null)[];
	/** How long it has been going on; `null` when not known. */
	readonly durationMs: number | null;
	readonly tagsBefore: readonly string[];
	readonly tagsAfter: readonly string[];
}

/** The shape that both Report and Alert items share, so that any branch can take either. */
export interface RenderedReport {
	readonly title: string;
	readonly text: string;
	readonly markdown: string;
	readonly html: string;
	readonly slack: { readonly blocks: readonly SlackBlock[] };
	readonly severity: Severity;
	readonly kind: ReportKind;
	readonly incidentId: string | null;
	readonly organizationId: string;
	readonly networks: readonly RenderedNetwork[];
}

export interface RenderedNetwork {
	readonly networkId: string;
	readonly networkName: string;
	readonly networkUrl: string | null;
	readonly section: string;
	readonly from: string | null;
	readonly to: string | null;
	readonly explanation: string;
}

/** `verbatim` keeps Slack from making links and mentions of plain words; `emoji: false` the same for `:words:`. */
export type SlackText =
	| { readonly type: 'mrkdwn'; readonly text: string; readonly verbatim: true }
	| { readonly type: 'plain_text'; readonly text: string; readonly emoji: false };

export type SlackBlock =
	| { readonly type: 'header'; readonly text: SlackText }
	| { readonly type: 'section'; readonly text: SlackText }
	| { readonly type: 'context'; readonly elements: readonly SlackText[] };
