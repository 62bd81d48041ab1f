import { Chart, SHOWN_SECONDS } from './chart.mjs';
import { at, element, setAttribute, Shown } from './elements.mjs';
import type { PeerColors } from './peerColors.mjs';
import type { Branch, Move } from './simulatorApi.mjs';
import { isInTrouble } from './branchMap.mjs';

const NO_PEER = 'no peer';
const IN_TROUBLE = 'in trouble';

interface Count {
	readonly peer: string;
	readonly branches: number;
}

/** How many branches use which peer: now, and over the last hour. */
export class PeersView {
	private readonly chart = new Chart(at('peers-chart'));
	private readonly legend = new Shown(at('peers-legend'));

	constructor(private readonly colors: PeerColors) {}

	show(branches: readonly Branch[], peers: readonly string[], moves: readonly Move[], now: string): void {
		const counts = countsNow(branches, peers);
		this.legend.show(
			[...counts, { peer: IN_TROUBLE, branches: branches.filter(isInTrouble).length }],
			(count) => this.legendEntry(count, peers),
			'',
		);
		const until = Date.parse(now) / 1000;
		const times = moves.map((move) => Date.parse(move.at) / 1000);
		this.chart.show({
			lines: peers.map((peer) => ({ label: peer, color: this.colors.color(peer), isStepped: true })),
			data: [
				[until - SHOWN_SECONDS, ...times, until],
				...peers.map((peer) => history(peer, branchesOn(counts, peer), moves)),
			],
			bands: [],
			until,
			unit: '',
		});
		const spoken = counts.map(({ peer, branches: count }) => `${peer}: ${count}`).join(', ');
		setAttribute(at('peers-chart'), 'aria-label', `Branches by peer over the last hour. Now: ${spoken}`);
	}

	private legendEntry({ peer, branches }: Count, peers: readonly string[]): HTMLElement {
		const color = peers.includes(peer) ? this.colors.className(peer) : '';
		const dot = element('span', `dot ${peer === IN_TROUBLE ? 'trouble' : color}`);
		return element('li', '', dot, `${peer} `, element('b', '', String(branches)));
	}
}

function countsNow(branches: readonly Branch[], peers: readonly string[]): Count[] {
	const nameOf = ({ activePeers }: Branch): string => activePeers[0] ?? NO_PEER;
	return [...peers, NO_PEER].map((peer) => ({
		peer,
		branches: branches.filter((branch) => nameOf(branch) === peer).length,
	}));
}

function branchesOn(counts: readonly Count[], wanted: string): number {
	return counts.find(({ peer }) => peer === wanted)?.branches ?? 0;
}

/** Backwards from now: before a move the branch was where it came from. */
function history(peer: string, now: number, moves: readonly Move[]): number[] {
	const values = [now];
	let count = now;
	for (const { from, to } of [...moves].reverse()) {
		values.unshift(count);
		count += Number(from[0] === peer) - Number(to[0] === peer);
	}
	return [count, ...values];
}
