/** Virtual epoch milliseconds; samples lie after `from` and not after `until`. */
export interface LossWindow {
	readonly from: number;
	readonly until: number;
}

export interface WindowQuery {
	readonly t0?: string;
	readonly t1?: string;
	readonly timespan?: number;
}

// getOrganizationDevicesUplinksLossAndLatency, parameters t0, t1 and timespan.
const LAG_MS = 2 * 60_000;
const LONGEST_SPAN_MS = 5 * 60_000;
const LOOKBACK_MS = 60 * 24 * 60 * 60_000;

/** The window a call asks for, or the sentence that refuses it. */
export function lossWindow(query: WindowQuery, now: number): LossWindow | string {
	const latest = now - LAG_MS;
	if (query.timespan !== undefined) {
		if (query.t0 !== undefined || query.t1 !== undefined) {
			return "'timespan' can not be combined with 't0' or 't1'";
		}
		return { from: latest - query.timespan * 1000, until: latest };
	}
	const t0 = query.t0 === undefined ? undefined : epochMs(query.t0);
	const t1 = query.t1 === undefined ? undefined : epochMs(query.t1);
	if (Number.isNaN(t0)) return "'t0' must be a valid date";
	if (Number.isNaN(t1)) return "'t1' must be a valid date";
	const until = t1 ?? (t0 === undefined ? latest : Math.min(latest, t0 + LONGEST_SPAN_MS));
	return checked({ from: t0 ?? until - LONGEST_SPAN_MS, until }, now);
}

function checked(window: LossWindow, now: number): LossWindow | string {
	if (window.until > now - LAG_MS) return "'t1' must be at least 2 minutes in the past";
	if (window.from >= window.until) return "'t0' must be before 't1'";
	if (window.until - window.from > LONGEST_SPAN_MS) return 'The timespan must be at most 300 seconds';
	if (window.from < now - LOOKBACK_MS) return "'t0' must be within the last 60 days";
	return window;
}

/** ISO 8601 or seconds since 1970, the two spellings Meraki's time parameters accept. */
function epochMs(text: string): number {
	return /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}
