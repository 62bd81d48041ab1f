/** What befalls peers, lines and sites. */
import { MINUTE } from '../input';
import type { Trouble } from '../probes';
import type { HourDice, Span } from './hourDice';
import { DNS, PEER_IPS } from './peers';

/** An uplink or an appliance that is down; `null` is all of them. */
export type Down = Span & { readonly serial: string | null; readonly uplink: string | null };

/** What all sites have to live with: outages of peers, and of what lies between. */
export function befallPeers(dice: HourDice, peerCount: number, ids: readonly string[]): Trouble[] {
	const troubles: Trouble[] = [];
	const ips = [...PEER_IPS.slice(0, peerCount), DNS];
	const befall = (ip: string, span: Span, what: string) => {
		dice.count(what);
		const networkIds = dice.chance(0.6) ? null : dice.some(ids, 0.6);
		const isLatency = dice.chance(0.15);
		troubles.push({
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
			dice.span(40, 1, 25),
			'outage of a peer',
		);
	if (dice.chance(0.35)) {
		const ip = dice.pick(['203.0.113.10', '203.0.113.10', '203.0.113.20']);
		const every = dice.int(4, 40);
		for (let at = -95 + dice.int(0, every); at < 58; at += every + dice.int(-2, 2)) {
			const from = dice.startAt + at * MINUTE + dice.int(0, 59) * 1000;
			befall(ip, { from, to: from + dice.int(20, 360) * 1000 }, 'outage of a peer');
		}
	}
	return troubles;
}

/** What befalls one site alone. */
export function befallSite(
	dice: HourDice,
	id: string,
	serials: readonly string[],
	uplinks: readonly string[],
	troubled: number,
): SiteOutages {
	const outages = new SiteOutages(dice, id, serials, uplinks, troubled);
	outages.befallWays();
	outages.befallAnswers();
	outages.befallAppliances();
	return outages;
}

class SiteOutages {
	readonly troubles: Trouble[] = [];
	/** Uplinks and appliances that are down, by the status list. */
	readonly down: Down[] = [];

	constructor(
		private readonly dice: HourDice,
		private readonly id: string,
		private readonly serials: readonly string[],
		private readonly uplinks: readonly string[],
		private readonly troubled: number,
	) {}

	befallWays(): void {
		const { dice } = this;
		this.maybe('outage of a line', () => {
			const isLatency = dice.chance(0.2);
			const amount = isLatency ? 300 : dice.pick([100, 60, 40, 10]);
			const span = dice.span(30, 1, 15);
			this.befall(span, { uplink: this.uplink(), brings: isLatency ? 'latency' : 'loss', amount });
		});
		this.maybe('outage of a branch', () => {
			const span = dice.span(30, 1, 12);
			this.befall(span, { brings: dice.pick(['gaps', 'nulls', 'loss']) });
			if (dice.chance(0.7)) this.down.push({ ...span, serial: null, uplink: null });
		});
		this.maybe('outage of one way', () => {
			const ip = dice.anyOf(PEER_IPS) ?? null;
			this.befall(dice.span(30, 1, 20), { ip, amount: dice.pick([100, 70, 45, 15]) });
		});
	}

	befallAnswers(): void {
		const { dice } = this;
		this.maybe('nulls', () =>
			this.befall(dice.span(40, 1, 12), { ip: dice.anyOf([...PEER_IPS, null]) ?? null, brings: 'nulls' }),
		);
		this.maybe('missing minutes', () =>
			this.befall(dice.span(40, 1, 4), { ip: dice.anyOf([...PEER_IPS, null]) ?? null, brings: 'gaps' }),
		);
	}

	befallAppliances(): void {
		const { dice } = this;
		this.maybe('uplink down', () => {
			const span = { ...dice.span(20, 2, 25), serial: this.serial(), uplink: this.uplink() };
			this.down.push(span);
			this.befall(span, { ...span, brings: dice.pick(['gaps', 'loss']) });
		});
		this.maybe('appliance down', () => {
			const span = { ...dice.span(20, 2, 25), serial: this.serial() };
			this.down.push({ ...span, uplink: null });
			if (dice.chance(0.6)) this.befall(span, { serial: span.serial, brings: 'gaps' });
		});
	}

	private befall(span: Span, changes: Partial<Trouble>): void {
		const all = { networkIds: [this.id], serial: null, uplink: null, ip: null, amount: 100 };
		this.troubles.push({ ...all, brings: 'loss', ...span, ...changes });
	}

	private maybe(kind: string, act: () => void): void {
		if (this.dice.happens(kind, this.troubled * 0.5)) act();
	}

	private uplink(): string | null {
		return this.dice.anyOf(this.uplinks) ?? null;
	}

	private serial(): string | null {
		return this.dice.anyOf(this.serials) ?? null;
	}
}
