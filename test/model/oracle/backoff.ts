/** R2.5: how long the primary must be clean. */
import { MINUTE } from '../input';
import type { Case } from './case';

export function recoveryMinutes({ branch, pair, situation }: Case): number {
	const { memory, now, rules } = situation;
	const setting = rules.recoveryMinutes;
	if (memory === null) return atMostAnHour(setting * 3, setting);
	const known = memory.byNetwork[branch.id];
	const recent = (known?.failoversAt ?? []).filter((at) => now - at < 360 * MINUTE).length;
	// The failover that led to the active peer is not an earlier one.
	const { held } = known ?? { held: null };
	const isOwn = held?.how === 'asked' && held.role === pair.active.role && held.peer === pair.active.peer;
	return atMostAnHour(setting * 3 ** (isOwn ? Math.max(0, recent - 1) : recent), setting);
}

function atMostAnHour(minutes: number, setting: number): number {
	return Math.max(Math.min(minutes, 60), setting);
}
