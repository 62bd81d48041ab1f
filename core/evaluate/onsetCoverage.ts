/**
 * R4.9 asks for every onset of the last hour and a half. This says from when on none can have been missed: since then
 * runs were close to each other, and each judged the same pairs by the same destinations. What was not judged (its tags
 * out of order, the network not listed, the VPN peers not readable) left no samples in memory.
 */
import type { Knowledge } from './snapshot';
import { FLAPPING_LOOK_BACK_MS } from '../health/flapping';
import { remembered } from '../memory/ownEntry';
import { MINUTE_MS, windowStart } from '../health/series';
import type { Settings } from '../settings/settings';
import type { PairReading } from '../tags/pairs';
import { trackerFor } from '../health/trackedIps';
import type { Network } from '../domain/types';

interface Watched {
	readonly network: Pick<Network, 'id'>;
	readonly pair: PairReading;
}

/** A fingerprint of what a run judges, in any order: memory must not grow with the number of healthy networks. */
export function watchOf(
	pairs: readonly Watched[],
	{ peers }: Pick<Knowledge, 'peers'>,
	settings: Settings,
): string {
	const tracker = trackerFor(settings.trackedIps, peers);
	const print = new Fingerprint();
	for (const { network, pair } of pairs) {
		if (pair.kind === 'inconsistent') continue;
		const tracking = tracker(pair.primary, []);
		const ips = tracking.kind === 'tracked' ? tracking.ips : [];
		// No id, group or address has this sign in it.
		print.add(`${network.id}\n${pair.pair}\n${ips.join('\n')}`);
	}
	const { lossThresholdPercent, latencyThresholdMs, trackedIps } = settings;
	const excluded = trackedIps.kind === 'everyExcept' ? trackedIps.excludedIps : [];
	print.add([lossThresholdPercent, latencyThresholdMs, ...excluded].join('\n'));
	return print.text();
}

const FNV_PRIME = 0x01000193;

/** Sums of two hashes (FNV-1a, 32 bit, from two starts): that two sets of pairs share both is as good as impossible. */
class Fingerprint {
	private count = 0;
	private one = 0;
	private other = 0;

	add(text: string): void {
		let one = 0x811c9dc5;
		let other = 0x01000193;
		for (let at = 0; at < text.length; at += 1) {
			const code = text.charCodeAt(at);
			one = Math.imul(one ^ code, FNV_PRIME);
			other = Math.imul(other ^ code, FNV_PRIME);
		}
		this.count += 1;
		this.one = (this.one + one) >>> 0;
		this.other = (this.other + other) >>> 0;
	}

	text(): string {
		return [this.count, this.one, this.other].map((each) => each.toString(36)).join('-');
	}
}

/** Runs so close that no sample fell between their windows. */
function isClose(before: number, now: number, { windowMinutes }: Settings): boolean {
	return now - before <= windowMinutes * MINUTE_MS;
}

function unbrokenMemory(
	{ now, memory }: Pick<Knowledge, 'now' | 'memory'>,
	watch: string,
	settings: Settings,
) {
	if (memory === null || memory.watch !== watch) return null;
	return isClose(memory.evaluatedAt, now, settings) ? memory : null;
}

/** From when on no over sample of any destination can have been missed. */
export function watchedSince(knowledge: Knowledge, watch: string, settings: Settings): number {
	const start = windowStart(knowledge.now, settings.windowMinutes);
	return Math.min(start, unbrokenMemory(knowledge, watch, settings)?.watchedSince ?? start);
}

/** How far back each destination's history is in the remembered rows. */
export function historySince(
	knowledge: Knowledge,
	watch: string,
	settings: Settings,
): Record<string, number> {
	const { now, history } = knowledge;
	const known = Object.entries(unbrokenMemory(knowledge, watch, settings)?.historySince ?? {});
	const complete = [...history].filter(([, { isIncomplete }]) => !isIncomplete);
	const read = complete.map(([ip, { knownSince }]): [string, number] => [ip, knownSince]);
	// Older than the look back it says nothing that `watchedSince` does not say as well.
	const useful = [...known, ...read].filter(([, since]) => now - since < 2 * FLAPPING_LOOK_BACK_MS);
	return Object.fromEntries(useful);
}

/** From when on no over sample of this destination can have been missed: watched, or read as history. */
export function overSamplesKnownSince(
	ip: string,
	knowledge: Knowledge,
	watch: string,
	settings: Settings,
): number {
	const read = unbrokenMemory(knowledge, watch, settings)?.historySince;
	const history = knowledge.history.get(ip);
	return Math.min(
		watchedSince(knowledge, watch, settings),
		remembered(read, ip) ?? Infinity,
		history && !history.isIncomplete ? history.knownSince : Infinity,
	);
}
