import { DetailView } from './branchDetail.mjs';
import { BranchMap } from './branchMap.mjs';
import { Breakers } from './breakers.mjs';
import { CallsView } from './callsView.mjs';
import { ClockView } from './clockView.mjs';
import { at, setClass, setText } from './elements.mjs';
import { MovesView } from './movesView.mjs';
import { PeerColors } from './peerColors.mjs';
import { PeersView } from './peersView.mjs';
import {
	read,
	type Branch,
	type BranchDetail,
	type LoggedCall,
	type Message,
	type Move,
	type Peer,
	type State,
} from './simulatorApi.mjs';

const POLL_MS = 1000;

const colors = new PeerColors();
const map = new BranchMap(colors, () => void refresh());
const detail = new DetailView(colors);
const peersView = new PeersView(colors);
const movesView = new MovesView();
const callsView = new CallsView();
const clockView = new ClockView(() => void refresh());
const breakers = new Breakers(() => void refresh());

async function refresh(): Promise<void> {
	try {
		const [state, branches, moves, calls, messages] = await Promise.all([
			read<State>('state?limit=0'),
			read<Branch[]>('branches'),
			read<Move[]>('moves?newest=3000'),
			read<LoggedCall[]>('requests?newest=14'),
			read<Message[]>('messages?newest=6'),
		]);
		const peers = distinctPeers(state);
		for (const { name } of peers) colors.className(name);
		clockView.show(state);
		map.show(branches, state.organizations);
		peersView.show(
			branches,
			peers.map(({ name }) => name),
			moves,
			state.clock.now,
		);
		movesView.show(moves);
		callsView.show(calls, messages);
		const chosen = branches.find(({ id }) => id === map.choice);
		breakers.show(state, peers, branches, chosen);
		if (chosen !== undefined) {
			const branch = await read<BranchDetail>(`networks/${encodeURIComponent(chosen.id)}`);
			const { peers: own = [] } = state.organizations.find(({ id }) => id === chosen.organizationId) ?? {};
			detail.show(branch, own, moves, state.clock.now);
		}
		setText(at('connection'), 'live');
		setClass(at('connection'), 'good');
	} catch {
		setText(at('connection'), 'the simulator does not answer');
		setClass(at('connection'), 'bad');
	}
}

/** Organizations often share their peers; what breaks one breaks it for all. */
function distinctPeers({ organizations }: State): Peer[] {
	const byName = new Map<string, Peer>();
	for (const peer of organizations.flatMap(({ peers }) => peers)) {
		if (!byName.has(peer.name)) byName.set(peer.name, peer);
	}
	return [...byName.values()];
}

async function poll(): Promise<void> {
	if (!document.hidden) await refresh();
	setTimeout(() => void poll(), POLL_MS);
}

void poll();
