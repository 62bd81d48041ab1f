/**
 * The rules once more, in their order and in the plainest words that decide: slow, without memory of samples,
 * without reads on demand. It imports nothing of the product; where the two differ, one of them is wrong.
 *
 * Where the rules are silent it follows the product:
 *   R2.4  slots are counted back from the newest measured sample; samples behind it are unmeasured slots
 *   R2.4, R4.7  of two samples equally near, the earlier counts
 *   R3.4, R4.7  what is compared is of the window, so that memory makes no difference
 *   R3.4  a backup whose up tag no VPN peer lists, or several do, or one for all networks, is no candidate
 *   R4.6, R4.7  an escape stopped by them is a swap back where primary has recovered
 *   R4.9  what was asked for counts as ours for ten minutes, should the write land late
 *   R4.9  where it is not known which appliance is in use, only loss on each of them ends a move by hand
 *   R4.9  memory older than five minutes is as good as fresh: it cannot say who moved a branch
 *   R5.1  a network whose tags are not in order is managed, and not off primary
 */
import type {
	Answer,
	Appliance,
	BackupMemory,
	Branch,
	Maintenance,
	Move,
	Row,
	Rules,
	Sample,
	Situation,
	Zone,
} from './facts';
import { membersOf, readPair } from './oracleTags';
import type { Member, Pair } from './oracleTags';

const MINUTE = 60_000;

type Measured = Sample & { readonly loss: number };

/** A branch whose tags are in order. */
interface Case {
	readonly branch: Branch;
	readonly pair: Pair;
	readonly situation: Situation;
	/** The judged rows (R1.3), of every destination. */
	readonly rows: readonly Row[];
}

export function answer(situation: Situation): Answer {
	const managed = situation.branches.filter(
		(branch) => takesPart(branch, situation.rules) && membersOf(branch.tags).length > 0,
	);
	const cases = managed.flatMap((branch) => {
		const pair = readPair(branch.tags); // R4.1
		return pair ? [{ branch, pair, situation, rows: judgedRows(branch, situation.rules) }] : [];
	});
	const wanted = cases.map((each) => ({ each, move: decide(each) }));
	const moves = limit(wanted, managed.length, situation.rules);
	return { moves, memory: remember(cases, moves, situation) };
}

function takesPart({ id, tags }: Branch, { filter }: Rules): boolean {
	if (filter.kind === 'all') return true;
	return filter.kind === 'withTag' ? tags.includes(filter.tag) : filter.ids.includes(id);
}

// R1.3

function judgedRows({ rows, appliances }: Branch, { chosenUplinks }: Rules): readonly Row[] {
	const appliance = applianceInUse(appliances ?? []);
	if (!appliance) return [];
	const uplinks = chosenUplinks ?? [lowestUplink(appliance.activeUplinks)];
	return rows.filter((row) => row.serial === appliance.serial && uplinks.includes(row.uplink));
}

function applianceInUse(appliances: readonly Appliance[]): Appliance | undefined {
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
function trackedIps(member: Member, { branch, situation }: Case): readonly string[] {
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

function peersListing(member: Member, { peers }: Situation) {
	return (peers ?? []).filter(({ tags }) => tags.includes(member.upTag));
}

function rowsOf(member: Member, each: Case): Row[] {
	const ips = trackedIps(member, each);
	return each.rows.filter(({ ip }) => ips.includes(ip));
}

// R1.2, R4.3: what a sample says

function isMeasured(sample: Sample): sample is Measured {
	return sample.loss !== null;
}

function isOverLoss({ loss }: Measured, rules: Rules): boolean {
	return loss >= rules.lossThreshold;
}

function isOverLatency({ latency }: Sample, { latencyThreshold }: Rules): boolean {
	return latencyThreshold !== null && latency !== null && latency >= latencyThreshold;
}

function exceeds(sample: Measured, rules: Rules): boolean {
	return isOverLoss(sample, rules) || isOverLatency(sample, rules);
}

function isOver(sample: Measured, { branch, situation }: Case): boolean {
	return exceeds(sample, situation.rules) && !isExcused(sample.at, branch, situation);
}

function isExcused(at: number, branch: Branch, { rules, now }: Situation): boolean {
	return windowsOf(branch, rules).some(
		(window) => !isInside(window, now) && (isInside(window, at) || isInside(window, at - MINUTE)),
	);
}

function windowsOf({ tags }: Branch, { maintenance }: Rules): Maintenance[] {
	return maintenance.filter(({ tag }) => tag === null || tags.includes(tag));
}

/** In January. */
const MINUTES_AHEAD: Readonly<Record<Zone, number>> = {
	UTC: 0,
	'Asia/Kolkata': 330,
	'America/New_York': -300,
};

function isInside({ zone, when }: Maintenance, at: number): boolean {
	const local = new Date(at + MINUTES_AHEAD[zone] * MINUTE);
	if (when.kind === 'once') {
		const text = local.toISOString().slice(0, 16);
		return when.from <= text && text < when.until;
	}
	const minute = local.getUTCHours() * 60 + local.getUTCMinutes();
	const today = when.days.includes(local.getUTCDay());
	const yesterday = when.days.includes((local.getUTCDay() + 6) % 7);
	if (when.fromMinute < when.untilMinute)
		return today && minute >= when.fromMinute && minute < when.untilMinute;
	return (today && minute >= when.fromMinute) || (yesterday && minute < when.untilMinute);
}

// R2

interface Health {
	readonly hasData: boolean;
	readonly isLossy: boolean;
	readonly isFailing: boolean;
	readonly isRecovered: boolean;
}

const NO_DATA: Health = { hasData: false, isLossy: false, isFailing: false, isRecovered: false };

function healthOf(member: Member, each: Case): Health {
	const rows = rowsOf(member, each).filter((row) => measuredInWindow(row, each.situation).length > 0);
	const healths = rows.map((row) => rowHealth(row, each));
	if (!healths.some(({ hasData }) => hasData)) return NO_DATA;
	const isAny = each.situation.rules.lossyWhen === 'any';
	const bad = (is: (health: Health) => boolean) => (isAny ? healths.some(is) : healths.every(is));
	const good = (is: (health: Health) => boolean) => (isAny ? healths.every(is) : healths.some(is));
	return {
		hasData: true,
		isLossy: bad(({ isLossy }) => isLossy),
		isFailing: bad(({ isFailing }) => isFailing),
		isRecovered: good(({ isRecovered }) => isRecovered),
	};
}

/** R2.1. */
function measuredInWindow({ samples }: Row, { now, rules }: Situation): Measured[] {
	return samples.filter(({ at }) => at > now - 2 * MINUTE - rules.window * MINUTE).filter(isMeasured);
}

function rowHealth(row: Row, each: Case): Health {
	const { now, rules } = each.situation;
	const measured = measuredInWindow(row, each.situation);
	const newest = measured[measured.length - 1];
	if (!newest || measured.length < 3 || newest.at < now - 5 * MINUTE) return NO_DATA;
	const isLossy = measured.filter((sample) => isOver(sample, each)).length >= rules.failoverSamples; // R2.2
	const isFailing = isLossy && measured.slice(-2).some((sample) => isOver(sample, each)); // R2.3
	return { hasData: true, isLossy, isFailing, isRecovered: !isLossy && hasRecovered(row, newest, each) };
}

/** R2.4. */
function hasRecovered({ samples }: Row, newest: Measured, { situation }: Case): boolean {
	const { now, rules } = situation;
	if (newest.at < now - 4 * MINUTE) return false;
	const slots = Array.from({ length: rules.recoveryMinutes }, (_each, back) =>
		nearest(samples, newest.at - back * MINUTE, 30_000),
	);
	const isBad = (sample: Sample) =>
		isMeasured(sample) && (sample.loss > rules.recoveryThreshold || isOverLatency(sample, rules));
	if (slots.some((sample) => sample && isBad(sample))) return false;
	const isGap = slots.map((sample) => !sample || !isMeasured(sample));
	if (isGap[isGap.length - 1] === true) return false;
	const withNewer = [...samples.filter(({ at }) => at > newest.at).map(() => true), ...isGap];
	return withNewer.every((_gap, at) => withNewer.slice(at, at + 5).filter((gap) => gap).length <= 1);
}

function nearest<T extends Sample>(samples: readonly T[], to: number, within: number): T | undefined {
	const near = samples.filter(({ at }) => at >= to - within && at <= to + within);
	const distance = Math.min(...near.map(({ at }) => Math.abs(at - to)));
	return near.find(({ at }) => Math.abs(at - to) === distance);
}

// R3 and R4

function decide(each: Case): Move | null {
	const { branch, pair, situation } = each;
	const { rules, now } = situation;
	if (branch.tags.includes(rules.holdTag)) return null; // R4.2
	if (windowsOf(branch, rules).some((window) => isInside(window, now))) return null; // R4.3
	if (!branch.appliances || !applianceInUse(branch.appliances)) return null; // R1.3, R4.4
	const active = healthOf(pair.active, each); // R4.5: without data nothing fails
	if (pair.active === pair.primary) return active.isFailing ? failover(each) : null;
	if (!active.isFailing) return swapBack(each);
	return isDoubtful('escape', each) ? swapBack(each) : escape(each);
}

/** R3.1. */
function failover(each: Case): Move | null {
	if (isDoubtful('failover', each)) return null;
	const { backupMustBe } = each.situation.rules;
	const to = otherBackups(each).find((backup) => {
		if (backupMustBe === 'anything') return true;
		if (backupMustBe === 'measuredClean') return isMeasuredClean(backup, each);
		return isNotLossy(backup, each) || isClearlyBetter(backup, each);
	});
	return move('failover', to, each);
}

/** R3.2. */
function escape(each: Case): Move | null {
	const { pair, situation } = each;
	if (isMeasuredClean(pair.primary, each)) return move('escape', pair.primary, each);
	const mustBeMeasured = situation.rules.backupMustBe === 'measuredClean';
	const to = otherBackups(each).find((backup) =>
		mustBeMeasured ? isMeasuredClean(backup, each) : isNotLossy(backup, each),
	);
	return move('escape', to, each);
}

/** R3.3, R4.9. */
function swapBack(each: Case): Move | null {
	const { pair, situation } = each;
	if (!healthOf(pair.primary, each).isRecovered) return null;
	if (situation.rules.isSwapBackManual || isFlapping(each) || isHandMove(each)) return null;
	return move('swapBack', pair.primary, each);
}

/** R4.8: without anywhere to go there is no move. */
function move(action: Move['action'], to: Member | undefined, { pair }: Case): Move | null {
	const from = { role: pair.active.role, peer: pair.active.peer };
	return to ? { action, from, to: { role: to.role, peer: to.peer } } : null;
}

// R3.4

function otherBackups(each: Case): Member[] {
	return each.pair.backups.filter((backup) => backup !== each.pair.active && canTakeBranch(backup, each));
}

function canTakeBranch(backup: Member, { situation }: Case): boolean {
	if (situation.rules.tracked.kind !== 'vpnPeers' || situation.peers === null) return true;
	const listing = peersListing(backup, situation);
	return listing.length === 1 && !listing.some(({ tags }) => tags.includes('all'));
}

function isMeasuredClean(member: Member, each: Case): boolean {
	const health = healthOf(member, each);
	return health.hasData && !health.isLossy;
}

/** Not lossy, or unmeasured; a backup never seen healthy counts as unmeasured (R4.6). */
function isNotLossy(backup: Member, each: Case): boolean {
	return !healthOf(backup, each).isLossy || !isArmed(trackedIps(backup, each), each);
}

function isClearlyBetter(backup: Member, each: Case): boolean {
	const { pair, situation } = each;
	const rowsInWindow = (member: Member) =>
		rowsOf(member, each).filter((row) => measuredInWindow(row, situation).length > 0);
	const theirs = rowsInWindow(backup);
	const ours = rowsInWindow(pair.active);
	return theirs.every((row) => {
		const measured = measuredInWindow(row, situation);
		const newest = measured[measured.length - 1];
		return newest && !isOver(newest, each) && ours.every((other) => isTwentyBelow(row, other, situation));
	});
}

function isTwentyBelow(one: Row, other: Row, situation: Situation): boolean {
	const [ours, theirs] = [one, other].map((row) => measuredInWindow(row, situation).slice(-3));
	if (!ours || !theirs || ours.length < 3 || theirs.length < 3) return false;
	const mean = (samples: readonly Measured[]) => samples.reduce((sum, { loss }) => sum + loss, 0) / 3;
	return mean(theirs) - mean(ours) >= 20;
}

// R4.6 and R4.7: is the loss really the active peer's?

function isDoubtful(action: 'failover' | 'escape', each: Case): boolean {
	return !isArmed(trackedIps(each.pair.active, each), each) || isLineFault(action, each);
}

/** Whether the branch ever measured one of the destinations healthy. */
function isArmed(ips: readonly string[], { branch, situation }: Case): boolean {
	const showsHealth = (rows: readonly Row[]) =>
		rows.some(
			({ ip, samples }) =>
				ips.includes(ip) && samples.some((each) => isMeasured(each) && !exceeds(each, situation.rules)),
		);
	return showsHealth(branch.rows) || showsHealth(branch.looks());
}

function isLineFault(action: 'failover' | 'escape', each: Case): boolean {
	const { branch, pair, situation } = each;
	const own = [
		...trackedIps(pair.active, each),
		...(action === 'escape' ? trackedIps(pair.primary, each) : []),
	];
	const references = branch.rows.filter(({ ip }) => !own.includes(ip) && isArmed([ip], each));
	const overMinutes = rowsOf(pair.active, each).flatMap((row) =>
		measuredInWindow(row, situation)
			.filter((sample) => isOver(sample, each))
			.map((sample) => ({ sample, row })),
	);
	return overMinutes.every(({ sample, row }) => {
		const beside = references
			.filter(({ serial, uplink }) => serial === row.serial && uplink === row.uplink)
			.flatMap((reference) => nearest(measuredInWindow(reference, situation), sample.at, 90_000) ?? []);
		return beside.length > 0 && beside.every((reference) => isMatchedBy(reference, sample, situation.rules));
	});
}

function isMatchedBy(reference: Measured, over: Measured, rules: Rules): boolean {
	if (isOverLoss(over, rules) && reference.loss < over.loss / 2) return false;
	return !isOverLatency(over, rules) || isOverLatency(reference, rules);
}

// R4.9

function isFlapping(each: Case): boolean {
	const { now } = each.situation;
	const over = rowsOf(each.pair.primary, each)
		.flatMap(({ samples }) => samples.filter(isMeasured).filter((sample) => isOver(sample, each)))
		.map(({ at }) => at);
	if (!over.some((at) => at > now - 30 * MINUTE)) return false;
	const onsets = over.filter(
		(at) => at > now - 90 * MINUTE && !over.some((before) => before < at && before >= at - 5 * MINUTE),
	);
	return onsets.some((one) => onsets.some((other) => other > one && other - one <= 60 * MINUTE));
}

function isHandMove(each: Case): boolean {
	const { branch, pair, situation } = each;
	const { memory, now } = situation;
	if (memory === null || now - memory.at > 5 * MINUTE || isPrimaryLossy(each)) return false;
	const known = memory.byNetwork[branch.id];
	const isOurs = known?.role === pair.active.role && known.peer === pair.active.peer;
	return !isOurs || known.how === 'byHand';
}

/** Where no appliance is known to be in use: lossy whichever it is. */
function isPrimaryLossy(each: Case): boolean {
	const { branch, pair, situation } = each;
	if (applianceInUse(branch.appliances ?? [])) return healthOf(pair.primary, each).isLossy;
	const uplinks = situation.rules.chosenUplinks;
	const groups = new Set(
		branch.rows
			.filter(({ uplink }) => uplinks?.includes(uplink) ?? true)
			.map(({ serial, uplink }) => `${serial} ${uplinks ? '' : uplink}`),
	);
	const isOf = (group: string) => (row: Row) =>
		uplinks
			? group === `${row.serial} ` && uplinks.includes(row.uplink)
			: group === `${row.serial} ${row.uplink}`;
	const possible = [...groups].map((group) => ({ ...each, rows: branch.rows.filter(isOf(group)) }));
	return possible.length > 0 && possible.every((one) => healthOf(pair.primary, one).isLossy);
}

function remember(
	cases: readonly Case[],
	moves: ReadonlyMap<string, Move>,
	{ memory, now }: Situation,
): BackupMemory {
	const after = new Map(Object.entries(memory?.byNetwork ?? {}));
	for (const each of cases) {
		const { id } = each.branch;
		const { active } = each.pair;
		const known = after.get(id);
		const asked = moves.get(id)?.to;
		if (asked && asked.role > 0) {
			after.set(id, { ...asked, how: 'asked', askedAt: now });
		} else if (active.role > 0) {
			const isKnown = known?.role === active.role && known.peer === active.peer;
			const how = isKnown && known.how === 'asked' ? 'asked' : isHandMove(each) ? 'byHand' : 'held';
			after.set(id, { role: active.role, peer: active.peer, how, askedAt: now });
		} else if (known && (known.how !== 'asked' || now - known.askedAt >= 10 * MINUTE)) {
			after.delete(id);
		}
	}
	return { at: now, byNetwork: Object.fromEntries(after) };
}

// R5

interface Wanted {
	readonly each: Case;
	readonly move: Move | null;
}

function limit(wanted: readonly Wanted[], managed: number, rules: Rules): ReadonlyMap<string, Move> {
	const moves = new Map<string, Move>();
	let swapBacks = 0;
	for (const { each, move: wish } of wanted) {
		if (wish?.action === 'swapBack' && (swapBacks += 1) > rules.swapBacksPerRun) continue; // R5.2
		if (wish) moves.set(each.branch.id, wish);
	}
	// R5.1: escapes do not change the count.
	const offPrimary = wanted.filter(({ each }) => {
		const made = moves.get(each.branch.id);
		return made && made.action !== 'escape' ? made.to.role > 0 : each.pair.active.role > 0;
	}).length;
	const isExceeded =
		rules.aboveLimit !== 'noLimit' &&
		offPrimary > rules.limitNetworks &&
		offPrimary / managed > rules.limitShare / 100;
	if (!isExceeded) return moves;
	return new Map(
		[...moves].filter(([id, { action }]) => {
			const each = wanted.find(({ each: { branch } }) => branch.id === id)?.each;
			return action !== 'failover' || (each !== undefined && isConfirmed(each));
		}),
	);
}

function isConfirmed(each: Case): boolean {
	const { rules } = each.situation;
	if (rules.aboveLimit === 'swapNone') return false;
	const counts = rowsOf(each.pair.primary, each)
		.map((row) => measuredInWindow(row, each.situation))
		.filter((measured) => measured.length > 0)
		.map((measured) => measured.filter((sample) => isOver(sample, each)).length);
	const over = rules.lossyWhen === 'any' ? Math.max(...counts) : Math.min(...counts);
	return over >= Math.max(3, rules.failoverSamples);
}
