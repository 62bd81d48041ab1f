/** A random organization for one hour: settings, sites, what befalls them, what admins do, and when runs happen. */
import { Dice } from './dice';
import type { Appliance, Maintenance, Peer, Rules, Zone } from './facts';
import { readTag } from './oracleTags';
import { MINUTE, Probe } from './weather';
import type { Line, Trouble } from './weather';

export const HOUR_MINUTES = 60;
const DNS = '8.8.8.8';
export const PEER_IPS = ['203.0.113.10', '203.0.113.20', '203.0.113.30'] as const;
const PEER_NAMES: readonly string[] = ['london', 'paris_2', 'Rom-Süd'];
const ROLE_WORDS: readonly string[] = ['primary', 'backup', 'backup2'];

/** From one time to another. */
export interface Span {
	readonly from: number;
	readonly to: number;
}

export interface Site {
	readonly id: string;
	readonly serials: readonly string[];
	readonly uplinks: readonly string[];
	readonly isLoadBalanced: boolean;
	readonly firstTags: readonly string[];
	readonly probes: readonly Probe[];
	/** What befalls this site alone. */
	readonly troubles: readonly Trouble[];
	/** Uplinks and appliances that are down, by the status list. */
	readonly down: readonly (Span & { readonly serial: string | null; readonly uplink: string | null })[];
	readonly statusMissing: readonly Span[];
	readonly vanished: readonly Span[];
	readonly reportNoise: number;
}

export interface Edit {
	readonly at: number;
	readonly networkId: string;
	readonly kind: string;
	readonly change: (tags: readonly string[]) => readonly string[];
}

export interface Run {
	readonly at: number;
	/** Made with the memory that the run before it was made with, by a runner that does not know of it. */
	readonly isDouble: boolean;
	readonly hasMemory: boolean;
	/** Neither its items nor its memory outlive it. */
	readonly isKilled: boolean;
	/** Its items never reach Swap. */
	readonly isUnwritten: boolean;
	/** Of two runs at once: this one's memory is overwritten by the other's. */
	readonly isMemoryOverwritten: boolean;
	readonly swapAfter: number;
}

export interface World {
	readonly seed: number;
	readonly startAt: number;
	readonly rules: Rules;
	readonly peers: readonly Peer[];
	readonly peersUnreadable: readonly Span[];
	/** What befalls all sites. */
	readonly troubles: readonly Trouble[];
	readonly sites: readonly Site[];
	readonly edits: readonly Edit[];
	readonly runs: readonly Run[];
	/** How often what was injected, by kind. */
	readonly faults: ReadonlyMap<string, number>;
}

/** How far back Meraki is asked at most: 95 minutes of flapping, and some. */
export const KNOWN_BEFORE = 110 * MINUTE;

export function isIn(spans: readonly Span[], at: number): boolean {
	return spans.some(({ from, to }) => from <= at && at < to);
}

export function makeWorld(seed: number): World {
	return new WorldMaker(seed).make();
}

class WorldMaker {
	private readonly dice: Dice;
	private readonly faults = new Map<string, number>();
	private readonly startAt: number;
	private readonly rules: Rules;
	private readonly peerCount: number;
	private readonly runs: readonly Run[];
	private readonly troubles: Trouble[] = [];
	private readonly edits: Edit[] = [];

	constructor(private readonly seed: number) {
		this.dice = new Dice(seed);
		const { dice } = this;
		// In January, so that no clock changes; at times around midnight.
		const day = Date.UTC(2026, 0, dice.int(6, 20));
		this.startAt = day + (dice.chance(0.3) ? 23.5 * 60 * MINUTE : dice.int(0, 1439) * MINUTE);
		this.peerCount = dice.pick([2, 2, 3]);
		this.rules = this.makeRules();
		this.runs = this.makeRuns();
	}

	make(): World {
		const { dice } = this;
		const count = dice.pick([1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 6, 8, 12, 20]);
		const ids = Array.from({ length: count }, (_each, at) => `N_${at + 1}`);
		this.befallPeers(ids);
		const habits = this.makeHabits();
		const sites = ids.map((id) => this.makeSite(id, habits));
		return {
			seed: this.seed,
			startAt: this.startAt,
			rules: this.rules,
			peers: this.makePeers(),
			peersUnreadable: this.spans('peers not readable', 0.08, 1, 6),
			troubles: this.troubles,
			sites,
			edits: this.edits.sort((one, other) => one.at - other.at),
			runs: this.runs,
			faults: this.faults,
		};
	}

	private count(kind: string): void {
		this.faults.set(kind, (this.faults.get(kind) ?? 0) + 1);
	}

	/** None, or one to two spans of some minutes within the hour. */
	private spans(kind: string, chance: number, least: number, most: number): Span[] {
		const { dice } = this;
		if (!dice.chance(chance)) return [];
		return Array.from({ length: dice.int(1, 2) }, () => {
			this.count(kind);
			return this.span(0, least, most);
		});
	}

	/** Begins at most `before` minutes ahead of the hour. */
	private span(before: number, least: number, most: number): Span {
		const { dice, startAt } = this;
		const from = startAt + dice.int(-before * 60, 58 * 60) * 1000;
		return { from, to: from + dice.int(least * 60, most * 60) * 1000 };
	}

	private makeRules(): Rules {
		const { dice } = this;
		const lossThreshold = dice.pick([30, 30, 30, 50, 20, 10]);
		const window = dice.pick([5, 5, 5, 4, 3, 3.5]);
		return {
			lossThreshold,
			latencyThreshold: dice.pick([null, null, 150]),
			window,
			failoverSamples: dice.pick([1, 1, 1, 2, 3]),
			recoveryMinutes: dice.pick([5, 5, 5, 1, 2, 3, 8, 12, 30, 60]),
			recoveryThreshold: dice.pick([0, 0, 5, 9]),
			backupMustBe: dice.pick(['notLossy', 'notLossy', 'notLossy', 'measuredClean', 'anything']),
			isSwapBackManual: dice.chance(0.08),
			limitNetworks: dice.pick([10, 10, 0, 1, 2, 5]),
			limitShare: dice.pick([25, 25, 0, 50, 100]),
			aboveLimit: dice.pick(['confirm', 'confirm', 'confirm', 'swapNone', 'noLimit', 'noLimit']),
			swapBacksPerRun: dice.pick([100, 100, 100, 1, 2]),
			holdTag: dice.pick(['vpn_failover_hold', 'vpn_failover_hold', 'Stop.Here']),
			chosenUplinks: dice.pick([null, null, null, null, ['wan1'], ['wan1', 'wan2'], ['wan2']]),
			lossyWhen: dice.pick(['any', 'all']),
			tracked: this.makeTracked(),
			filter: dice.pick([
				{ kind: 'all' },
				{ kind: 'all' },
				{ kind: 'all' },
				{ kind: 'all' },
				{ kind: 'withTag', tag: 'pilot' },
				{ kind: 'listed', ids: ['N_1', 'N_2', 'N_4'] },
			]),
			maintenance: this.makeMaintenance(),
		};
	}

	private makeTracked(): Rules['tracked'] {
		const { dice } = this;
		const kind = dice.pick(['vpnPeers', 'vpnPeers', 'vpnPeers', 'listed', 'everyExcept']);
		if (kind === 'vpnPeers') return { kind };
		if (kind === 'everyExcept')
			return { kind, excluded: dice.chance(0.5) ? [DNS] : [DNS, ...PEER_IPS.slice(1)] };
		const ips = PEER_NAMES.flatMap((name, at): [string, string[]][] => {
			const own = PEER_IPS[at] ?? '';
			if (at > 0 && dice.chance(0.15)) return [];
			return [[name, dice.chance(0.15) ? [own, '203.0.113.99'] : [own]]];
		});
		return { kind, ips: Object.fromEntries(ips) };
	}

	private makeMaintenance(): Maintenance[] {
		const { dice } = this;
		if (!dice.chance(0.25)) return [];
		return Array.from({ length: dice.int(1, 2) }, () => {
			this.count('maintenance window');
			const [zone, ahead] = dice.pick<[Zone, number]>([
				['UTC', 0],
				['Asia/Kolkata', 330],
				['America/New_York', -300],
			]);
			const tag = dice.chance(0.3) ? 'mw' : null;
			const { from, to } = this.span(15, 2, 25);
			const local = (at: number) => new Date(at + ahead * MINUTE);
			const text = (at: number) => local(at).toISOString().slice(0, 16);
			const minute = (at: number) => local(at).getUTCHours() * 60 + local(at).getUTCMinutes();
			if (dice.chance(0.5)) return { tag, zone, when: { kind: 'once', from: text(from), until: text(to) } };
			const days = [local(from).getUTCDay(), ...dice.some([0, 3, 5], 0.3)];
			return { tag, zone, when: { kind: 'weekly', days, fromMinute: minute(from), untilMinute: minute(to) } };
		});
	}

	private makePeers(): Peer[] {
		const { dice } = this;
		const upTag = (at: number) => `${PEER_NAMES[at] ?? ''}_${ROLE_WORDS[at] ?? ''}_up`;
		return PEER_IPS.slice(0, this.peerCount).flatMap((own, at): Peer[] => {
			const peer = { ip: own, tags: ['some', upTag(at)] };
			if (!dice.chance(0.08)) return [peer];
			const fault = dice.pick(['noPeer', 'hostName', 'all', 'twice', 'otherTag']);
			this.count(`VPN peer: ${fault}`);
			switch (fault) {
				case 'noPeer':
					return [];
				case 'hostName':
					return [{ ...peer, ip: null }];
				case 'all':
					return [{ ...peer, tags: [...peer.tags, 'all'] }];
				case 'twice':
					return [peer, { ip: '203.0.113.77', tags: [upTag(at)] }];
				case 'otherTag':
					return [{ ...peer, tags: [upTag(at).replace('up', 'UP')] }];
			}
		});
	}

	/** What all sites have to live with: outages of peers, and of what lies between. */
	private befallPeers(ids: readonly string[]): void {
		const { dice } = this;
		const ips = [...PEER_IPS.slice(0, this.peerCount), DNS];
		const befall = (ip: string, span: Span, what: string) => {
			this.count(what);
			const networkIds = dice.chance(0.6) ? null : dice.some(ids, 0.6);
			const isLatency = dice.chance(0.15);
			this.troubles.push({
				...span,
				ip,
				networkIds,
				serial: null,
				uplink: dice.chance(0.1) ? 'wan1' : null,
				brings: isLatency ? 'latency' : 'loss',
				amount: isLatency ? dice.pick([100, 300]) : dice.pick([100, 100, 100, 80, 50, 35, 29, 20, 8, 2]),
			});
		};
		for (let left = dice.int(0, 4); left > 0; left -= 1)
			befall(
				dice.pick(['203.0.113.10', '203.0.113.10', ips[1] ?? '', ips[2] ?? DNS]),
				this.span(40, 1, 25),
				'outage of a peer',
			);
		if (dice.chance(0.35)) {
			const ip = dice.pick(['203.0.113.10', '203.0.113.10', '203.0.113.20']);
			const every = dice.int(4, 40);
			for (let at = -95 + dice.int(0, every); at < 58; at += every + dice.int(-2, 2)) {
				const from = this.startAt + at * MINUTE + dice.int(0, 59) * 1000;
				befall(ip, { from, to: from + dice.int(20, 360) * 1000 }, 'outage of a peer');
			}
		}
	}

	private makeHabits() {
		const { dice } = this;
		return {
			background: dice.pick([0, 0, 0.01, 0.05, 0.3]),
			late: dice.pick([0, 0.03, 0.2]),
			jitter: dice.pick([0, 0, 900]),
			tracksBackups: dice.chance(0.75),
			tracksDns: dice.chance(0.6),
			hasOneClock: dice.chance(0.7),
			troubled: dice.pick([0.1, 0.3, 0.6]),
			twins: dice.pick([0, 0, 0, 0.2]),
		};
	}

	private makeSite(id: string, habits: ReturnType<WorldMaker['makeHabits']>): Site {
		const { dice } = this;
		const serials = dice.chance(0.8) ? [`${id}-A`] : [`${id}-A`, `${id}-B`];
		const uplinks = dice.chance(0.6) ? ['wan1'] : ['wan1', 'wan2'];
		const own = this.befallSite(id, serials, uplinks, habits.troubled);
		const troubles = [...this.troubles, ...own.troubles];
		const ips = [
			...PEER_IPS.slice(0, this.peerCount).filter(
				(_ip, at) => dice.chance(0.97) && (at === 0 || habits.tracksBackups || dice.chance(0.1)),
			),
			...(habits.tracksDns ? [DNS] : []),
			...dice.some(['203.0.113.99'], 0.15),
		];
		const filtered = dice.some(ips, 0.05);
		for (const ip of filtered) this.count(`never answers: ${ip === DNS ? 'reference' : 'peer'}`);
		const clock = dice.int(0, 59_999);
		const reporting = serials.filter((_serial, at) => at === 0 || dice.chance(0.6));
		const lines = reporting.flatMap((serial) =>
			uplinks.flatMap((uplink) =>
				ips
					.filter(() => !dice.chance(0.02))
					.map(
						(ip): Line => ({
							networkId: id,
							serial,
							uplink,
							ip,
							seed: dice.int(0, 0x7fffffff),
							offset: habits.hasOneClock ? clock : dice.int(0, 59_999),
							jitter: habits.jitter,
							background: habits.background,
							latency: dice.pick([20, 20, 60, 140, 170]),
							isFiltered: filtered.includes(ip),
							late: habits.late,
							hasTwin: habits.twins > 0 && dice.chance(habits.twins),
						}),
					),
			),
		);
		const firstTags = this.makeTags();
		this.makeEdits(id, habits.troubled);
		return {
			id,
			serials,
			uplinks,
			isLoadBalanced: dice.chance(0.3),
			firstTags,
			probes: lines.map(
				(line) => new Probe(line, troubles, (at, changesAt) => this.isReadAgain(at, changesAt)),
			),
			troubles: own.troubles,
			down: own.down,
			statusMissing: this.spans('statuses not readable', 0.06, 1, 10),
			vanished: this.spans('network not listed', 0.04, 1, 8),
			reportNoise: dice.int(0, 0x7fffffff),
		};
	}

	/** Two runs or more see the sample both changed and still within their window. */
	private isReadAgain(at: number, changesAt: number): boolean {
		const { window } = this.rules;
		const reads = this.runs.filter(
			(run) => run.at >= changesAt && at > run.at - (2 + window) * MINUTE && !run.isKilled,
		);
		return reads.length >= 2 || changesAt < this.startAt;
	}

	private befallSite(id: string, serials: readonly string[], uplinks: readonly string[], troubled: number) {
		const { dice } = this;
		const troubles: Trouble[] = [];
		const down: { from: number; to: number; serial: string | null; uplink: string | null }[] = [];
		const befall = (span: Span, changes: Partial<Trouble>) => {
			const all = { networkIds: [id], serial: null, uplink: null, ip: null, amount: 100 };
			troubles.push({ ...all, brings: 'loss', ...span, ...changes });
		};
		const maybe = (kind: string, act: () => void) => {
			if (!dice.chance(troubled * 0.5)) return;
			this.count(kind);
			act();
		};
		const uplink = () => dice.anyOf(uplinks) ?? null;
		const serial = () => dice.anyOf(serials) ?? null;
		maybe('outage of a line', () => {
			const isLatency = dice.chance(0.2);
			const amount = isLatency ? 300 : dice.pick([100, 60, 40, 10]);
			befall(this.span(30, 1, 15), { uplink: uplink(), brings: isLatency ? 'latency' : 'loss', amount });
		});
		maybe('outage of a branch', () => {
			const span = this.span(30, 1, 12);
			befall(span, { brings: dice.pick(['gaps', 'nulls', 'loss']) });
			if (dice.chance(0.7)) down.push({ ...span, serial: null, uplink: null });
		});
		maybe('outage of one way', () => {
			const ip = dice.anyOf(PEER_IPS) ?? null;
			befall(this.span(30, 1, 20), { ip, amount: dice.pick([100, 70, 45, 15]) });
		});
		maybe('nulls', () =>
			befall(this.span(40, 1, 12), { ip: dice.anyOf([...PEER_IPS, null]) ?? null, brings: 'nulls' }),
		);
		maybe('missing minutes', () =>
			befall(this.span(40, 1, 4), { ip: dice.anyOf([...PEER_IPS, null]) ?? null, brings: 'gaps' }),
		);
		maybe('uplink down', () => {
			const span = { ...this.span(20, 2, 25), serial: serial(), uplink: uplink() };
			down.push(span);
			befall(span, { ...span, brings: dice.pick(['gaps', 'loss']) });
		});
		maybe('appliance down', () => {
			const span = { ...this.span(20, 2, 25), serial: serial() };
			down.push({ ...span, uplink: null });
			if (dice.chance(0.6)) befall(span, { serial: span.serial, brings: 'gaps' });
		});
		return { troubles, down };
	}

	private spelled(activeAt: number): string[] {
		return PEER_NAMES.slice(0, this.peerCount).map(
			(name, at) => `${name}_${ROLE_WORDS[at] ?? ''}_${at === activeAt ? 'up' : 'down'}`,
		);
	}

	private makeTags(): string[] {
		const { dice } = this;
		const tags = dice.some(FOREIGN, 0.2);
		if (this.rules.filter.kind === 'withTag' && dice.chance(0.8)) tags.push('pilot');
		if (dice.chance(0.4)) tags.push('mw');
		if (dice.chance(0.04)) tags.push(this.rules.holdTag);
		const ours = this.spelled(dice.pick([0, 0, 0, 1, this.peerCount - 1]));
		for (const tag of dice.chance(0.15) ? [...ours, ...ours] : ours) {
			tags.splice(dice.int(0, tags.length), 0, tag);
		}
		return dice.chance(0.03) ? breakPair(tags, dice) : tags;
	}

	/** What other admins do to a network's tags within the hour. */
	private makeEdits(networkId: string, troubled: number): void {
		const { dice } = this;
		const edit = (at: number, kind: string, change: Edit['change']) => {
			this.count(kind);
			this.edits.push({ at, networkId, kind, change });
		};
		const some = (chance: number, act: (at: number) => void) => {
			if (dice.chance(chance)) act(this.span(0, 0, 0).from);
		};
		const { holdTag } = this.rules;
		some(0.12, (at) => {
			edit(at, 'hold set', (tags) => [...tags, holdTag]);
			edit(at + dice.int(1, 15) * MINUTE, 'hold taken off', (tags) => tags.filter((tag) => tag !== holdTag));
		});
		for (let left = dice.int(0, 2); left > 0; left -= 1) {
			some(troubled * 0.4, (at) => {
				const activeAt = dice.int(0, this.peerCount - 1);
				edit(at, 'moved by hand', (tags) => activate(tags, activeAt));
			});
		}
		some(troubled * 0.25, (at) => {
			const own = dice.int(1, 0x7fffffff);
			edit(at, 'tags put out of order', (tags) => breakPair(tags, new Dice(own)));
			const ours = this.spelled(dice.pick([0, 1]));
			edit(at + dice.int(1, 14) * MINUTE, 'tags put in order', (tags) => [
				...tags.filter((tag) => !isNearlyOurs(tag)),
				...ours,
			]);
		});
		some(0.2, (at) => {
			const foreign = dice.anyOf(FOREIGN) ?? '';
			const isAdded = dice.chance(0.6);
			edit(at, 'foreign tag edited', (tags) =>
				isAdded ? [foreign, ...tags] : tags.filter((tag) => tag !== foreign),
			);
		});
	}

	private makeRuns(): Run[] {
		const { dice, startAt } = this;
		const memory = dice.pick<'kept' | 'lost' | 'none'>(['kept', 'kept', 'kept', 'lost', 'lost', 'none']);
		const gaps = dice.chance(0.25) ? [this.span(0, 2, 12)] : [];
		if (memory === 'none') this.count('no memory at all');
		if (gaps.length > 0) this.count('runs lost for minutes');
		const seldom = dice.pick([0, 0.02, 0.06]);
		const happens = (kind: string, chance: number) => {
			const does = dice.chance(chance);
			if (does) this.count(kind);
			return does;
		};
		const runs: Run[] = [];
		for (let minute = 0; minute < HOUR_MINUTES; minute += 1) {
			const at = startAt + minute * MINUTE + dice.int(0, 20) * 1000;
			if (isIn(gaps, at) || happens('run lost', seldom)) continue;
			const isLate = happens('swap late', seldom);
			const first: Run = {
				at,
				isDouble: false,
				hasMemory: memory !== 'none' && !(memory === 'lost' && happens('memory lost', 0.05)),
				isKilled: happens('run killed', seldom / 2),
				isUnwritten: happens('items not written', seldom / 2),
				isMemoryOverwritten: false,
				swapAfter: isLate ? dice.int(20, 300) * 1000 : dice.int(1, 8) * 1000,
			};
			const isDoubled = happens('run doubled', seldom);
			runs.push(first);
			if (!isDoubled) continue;
			runs.push({
				...first,
				at: at + dice.int(0, 20) * 1000,
				isDouble: true,
				isKilled: false,
				isMemoryOverwritten: dice.chance(0.5),
				swapAfter: dice.int(1, 8) * 1000,
			});
		}
		return runs;
	}
}

/** Tags that are not ours, however much some look like it. */
const FOREIGN: readonly string[] = [
	'site-uk',
	'Store.12',
	'primary_up',
	'_primary_up',
	'paris_2_backup1_up',
	'paris_2_backup100_down',
	'london_primary_up ',
	'london_primary_up_',
	'up',
	'down',
	'',
	' ',
	'vpn_failover_hold_',
	'<b>&amp;"\'`$&$1{{ $json }}',
	'<!channel> *x* _y_ [z](http://x)',
	'Zürich 🏔️ \u202eabc',
	'__proto__',
	'constructor',
	'a\u0000b\tc',
	`${'x'.repeat(244)}_primary_up`,
	'dup',
	'dup',
	'dup',
];

/** Half a pair, none or two active, two that differ in case, the same role twice. */
function breakPair(tags: readonly string[], dice: Dice): string[] {
	const one = dice.anyOf(tags.filter((tag) => readTag(tag) !== null));
	if (one === undefined) return [...tags];
	const at = dice.int(0, tags.length);
	const withTag = (tag: string) => [...tags.slice(0, at), tag, ...tags.slice(at)];
	switch (dice.pick(['half', 'flip', 'twin', 'sameRole'])) {
		case 'half':
			return tags.filter((tag) => tag !== one);
		case 'flip':
			return tags.map((tag) => (tag === one ? flipped(tag) : tag));
		case 'twin':
			return withTag(dice.pick([one.toUpperCase(), flipped(one).toUpperCase()]));
		case 'sameRole':
			return withTag(`oslo_${dice.pick(['primary', 'backup'])}_down`);
	}
}

function flipped(tag: string): string {
	return tag.endsWith('_up') ? tag.replace(/_up$/, '_down') : tag.replace(/_down$/, '_up');
}

function activate(tags: readonly string[], activeAt: number): string[] {
	return tags.map((tag) => {
		const member = readTag(tag);
		if (!member) return tag;
		return member.role === activeAt ? member.upTag : member.downTag;
	});
}

function isNearlyOurs(tag: string): boolean {
	return readTag(tag) !== null || readTag(tag.toLowerCase()) !== null;
}

/** What the status list shows of a site now. */
export function appliancesOf(site: Site, now: number): Appliance[] | null {
	if (isIn(site.statusMissing, now)) return null;
	return site.serials.map((serial, at) => {
		const up = site.uplinks.filter(
			(uplink) =>
				!site.down.some(
					(each) =>
						each.from <= now &&
						now < each.to &&
						(each.serial ?? serial) === serial &&
						(each.uplink ?? uplink) === uplink,
				),
		);
		const isSilent = site.serials.length > 1 && up.length < site.uplinks.length;
		return {
			serial,
			role: at === 0 ? 'primary' : 'spare',
			reportedAt: now - (isSilent ? 5 * MINUTE : 0) - (site.reportNoise % (1 + at * 97)) * 1000,
			activeUplinks: site.isLoadBalanced ? [...up].reverse() : up.slice(0, 1),
		};
	});
}
