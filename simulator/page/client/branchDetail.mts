import { Chart, SHOWN_SECONDS, type Band, type Line } from './chart.mjs';
import { at, element, setAttribute, setText, Shown } from './elements.mjs';
import { colorOf, type PeerColors } from './peerColors.mjs';
import type { BranchDetail, LossRow, Move, Peer } from './simulatorApi.mjs';

/** One branch: its peer, its tags, and the loss to each of its tracked IPs over the last hour. */
export class DetailView {
	private readonly chart = new Chart(at('loss-chart'));
	private readonly tags = new Shown(at('branch-tags'));

	constructor(private readonly colors: PeerColors) {}

	show(branch: BranchDetail, peers: readonly Peer[], moves: readonly Move[], now: string): void {
		setText(at('branch-name'), branch.name);
		const active = branch.activePeers.join(' and ') || 'no peer';
		setText(at('branch-peer'), branch.isOnline ? active : `${active}, offline`);
		this.showTags(branch, peers);
		const rows = branch.history.filter(({ timeSeries }) => timeSeries.length > 0);
		const until = Date.parse(now) / 1000;
		this.chart.show({
			lines: rows.map((row) => this.line(row, rows, peers)),
			data: aligned(rows, until),
			bands: this.bands(branch, moves, until),
			until,
			highest: 100,
			unit: ' %',
		});
		setAttribute(at('loss-chart'), 'aria-label', spoken(rows, peers));
	}

	private showTags({ tags }: BranchDetail, peers: readonly Peer[]): void {
		const listed = new Set(peers.flatMap(({ networkTags }) => networkTags));
		const shown = (tags ?? []).map((tag) => ({ tag, isListed: listed.has(tag) }));
		this.tags.show(
			shown,
			({ tag, isListed }) => element('li', isListed ? 'tag listed' : 'tag', tag),
			'No tags',
		);
	}

	private line(row: LossRow, rows: readonly LossRow[], peers: readonly Peer[]): Line {
		const peer = peers.find(({ publicIp }) => publicIp === row.ip);
		const isFirstUplink = rows.find(({ ip }) => ip === row.ip) === row;
		return {
			label: nameOf(row, peers),
			color: peer === undefined ? colorOf('--quiet') : this.colors.color(peer.name),
			...(isFirstUplink ? {} : { dash: [5, 4] }),
		};
	}

	/** Behind the lines: which peer the branch used. Told from its moves, backwards from now. */
	private bands({ id, activePeers }: BranchDetail, moves: readonly Move[], now: number): Band[] {
		const bands: Band[] = [];
		let until = now;
		let peer = activePeers[0];
		for (const move of moves.filter(({ networkId }) => networkId === id).reverse()) {
			const from = Date.parse(move.at) / 1000;
			if (peer !== undefined) bands.push({ from, until, color: this.colors.color(peer) });
			until = from;
			peer = move.from[0];
		}
		if (peer !== undefined) bands.push({ from: now - SHOWN_SECONDS, until, color: this.colors.color(peer) });
		return bands;
	}
}

function aligned(rows: readonly LossRow[], now: number): uPlot.AlignedData {
	if (rows.length === 0) return [[now]];
	const tables = rows.map(
		({ timeSeries }): uPlot.AlignedData => [
			timeSeries.map(({ ts }) => Date.parse(ts) / 1000),
			timeSeries.map(({ lossPercent }) => lossPercent),
		],
	);
	return uPlot.join(tables);
}

function nameOf({ ip, uplink }: LossRow, peers: readonly Peer[]): string {
	const peer = peers.find(({ publicIp }) => publicIp === ip);
	return `${peer?.name ?? ip} on ${uplink}`;
}

/** For those who do not see the chart. */
function spoken(rows: readonly LossRow[], peers: readonly Peer[]): string {
	const parts = rows.map((row) => {
		const losses = row.timeSeries.flatMap(({ lossPercent }) => lossPercent ?? []);
		const newest = row.timeSeries[row.timeSeries.length - 1]?.lossPercent;
		const now = newest === null || newest === undefined ? 'no data' : `${newest} %`;
		return `${nameOf(row, peers)}: now ${now}, at most ${Math.max(0, ...losses)} % in the last hour`;
	});
	return `Loss over the last hour. ${parts.join('. ') || 'Nothing was measured.'}`;
}
