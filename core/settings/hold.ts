/** R4.2: the hold tag, alone or with an end such as `vpn_failover_hold_until_20261130T0600Z`. */
export type Hold =
	| { readonly kind: 'none' }
	/** `untilAt` is `null` without an end, or where the end cannot be read: such a hold stays until the tag is removed. */
	| { readonly kind: 'held'; readonly tag: string; readonly untilAt: number | null }
	/** The end has passed: nothing is held, and the tag can be removed. */
	| { readonly kind: 'ended'; readonly tag: string; readonly untilAt: number };

/** The strictest hold among the tags of a network: one without an end, else the latest end. */
export function holdOf(tags: readonly string[], holdTag: string, now: number): Hold {
	const holds = tags.flatMap((tag) => readHold(tag, holdTag) ?? []);
	const [latest] = holds.sort((one, other) => (other.untilAt ?? Infinity) - (one.untilAt ?? Infinity));
	if (!latest) return { kind: 'none' };
	const { tag, untilAt } = latest;
	return untilAt === null || untilAt > now ? { kind: 'held', tag, untilAt } : { kind: 'ended', tag, untilAt };
}

/** Whether a tag is the hold tag, with or without an end. */
export function isHoldTag(tag: string, holdTag: string): boolean {
	return readHold(tag, holdTag) !== null;
}

function readHold(tag: string, holdTag: string): { tag: string; untilAt: number | null } | null {
	if (tag === holdTag) return { tag, untilAt: null };
	const prefix = `${holdTag}_until_`;
	return tag.startsWith(prefix) ? { tag, untilAt: endOf(tag.slice(prefix.length)) } : null;
}

/** `20261130T0600Z` as milliseconds since 1970; `null` when it is not such a time. */
function endOf(text: string): number | null {
	const [, year, month, day, hour, minute] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)Z$/.exec(text) ?? [];
	const written = `${year}-${month}-${day}T${hour}:${minute}:00.000Z`;
	const at = Date.parse(written);
	// February 30 would be read as a day in March.
	return Number.isFinite(at) && new Date(at).toISOString() === written ? at : null;
}
