import { at, element, setAttribute, setClass, setText } from './elements.mjs';
import type { PeerColors } from './peerColors.mjs';
import type { Branch, Organization } from './simulatorApi.mjs';

/** Above this many a branch is a square with its peer's first letter; its name shows beside it when chosen. */
const MOST_CARDS = 60;

interface Tile {
	readonly button: HTMLButtonElement;
	readonly name: HTMLElement;
	readonly peer: HTMLElement;
	readonly mark: HTMLElement;
}

/** All branches, each in a place of its own. Arrow keys walk through them, so that a thousand are one tab stop. */
export class BranchMap {
	private readonly tiles = new Map<string, Tile>();
	private readonly target = at('branches');
	private readonly filter = at('filter') as HTMLInputElement;
	private readonly troubleOnly = at('trouble-only') as HTMLInputElement;
	private branches: readonly Branch[] = [];
	private layout = '';
	private chosen: string | undefined;

	constructor(
		private readonly colors: PeerColors,
		private readonly onChoice: (id: string) => void,
	) {
		this.target.addEventListener('keydown', (event) => this.walk(event));
		for (const control of [this.filter, this.troubleOnly]) {
			control.addEventListener('input', () => this.hideOthers());
		}
	}

	get choice(): string | undefined {
		return this.chosen;
	}

	show(branches: readonly Branch[], organizations: readonly Organization[]): void {
		this.branches = branches;
		const layout = branches.map(({ id }) => id).join();
		if (layout !== this.layout) this.build(branches, organizations);
		this.layout = layout;
		const first = branches.find(isInTrouble) ?? branches.find(hasPeer) ?? branches[0];
		if (this.chosen === undefined && first !== undefined) this.choose(first.id);
		for (const branch of branches) this.paint(branch);
		this.hideOthers();
	}

	private build(branches: readonly Branch[], organizations: readonly Organization[]): void {
		this.tiles.clear();
		const isDense = branches.length > MOST_CARDS;
		const groups = organizations.map(({ id, name }) => {
			const list = element('ul', isDense ? 'tiles dense' : 'tiles');
			const members = branches.filter(({ organizationId }) => organizationId === id);
			list.append(...members.map((branch) => element('li', '', this.tile(branch).button)));
			return element('div', '', element('h3', '', name), list);
		});
		this.target.replaceChildren(...groups);
	}

	private tile({ id }: Branch): Tile {
		const [name, peer, mark] = [element('b'), element('span', 'peer'), element('span', 'mark')];
		const button = element('button', 'tile', name, peer, mark);
		button.type = 'button';
		button.tabIndex = -1;
		button.dataset['network'] = id;
		button.addEventListener('click', () => this.choose(id));
		const made = { button, name, peer, mark };
		this.tiles.set(id, made);
		return made;
	}

	private choose(id: string): void {
		const before = this.tiles.get(this.chosen ?? '');
		if (before !== undefined) {
			before.button.tabIndex = -1;
			setAttribute(before.button, 'aria-pressed', 'false');
		}
		this.chosen = id;
		const now = this.tiles.get(id);
		if (now !== undefined) {
			now.button.tabIndex = 0;
			setAttribute(now.button, 'aria-pressed', 'true');
		}
		this.onChoice(id);
	}

	private paint(branch: Branch): void {
		const tile = this.tiles.get(branch.id);
		if (tile === undefined) return;
		const peer = branch.activePeers.join(' and ') || 'no peer';
		const isChosen = branch.id === this.chosen;
		setText(tile.name, branch.name);
		setText(tile.peer, peer);
		setText(tile.mark, markOf(branch));
		const mood = isInTrouble(branch) ? 'trouble' : 'calm';
		const color =
			branch.activePeers[0] === undefined ? 'peer-none' : this.colors.className(branch.activePeers[0]);
		setClass(tile.button, `tile ${color} ${mood}`);
		setAttribute(tile.button, 'data-letter', (branch.activePeers[0] ?? '–').slice(0, 1).toUpperCase());
		setAttribute(tile.button, 'aria-pressed', String(isChosen));
		setAttribute(tile.button, 'aria-label', `${branch.name}: ${peer}, ${spokenLoss(branch)}`);
		setAttribute(tile.button, 'title', `${branch.name}: ${peer}, ${spokenLoss(branch)}`);
	}

	private hideOthers(): void {
		const text = this.filter.value.trim().toLowerCase();
		let shown = 0;
		for (const branch of this.branches) {
			const isShown =
				branch.name.toLowerCase().includes(text) && (!this.troubleOnly.checked || isInTrouble(branch));
			const place = this.tiles.get(branch.id)?.button.parentElement;
			if (place) place.hidden = !isShown;
			if (isShown) shown += 1;
		}
		const all = this.branches.length;
		setText(at('shown'), shown === all ? `${all}` : `${shown} of ${all}`);
	}

	private walk(event: KeyboardEvent): void {
		const visible = [...this.target.querySelectorAll('button')].filter(
			(button) => button.parentElement?.hidden === false,
		);
		const here = visible.indexOf(document.activeElement as HTMLButtonElement);
		if (here < 0) return;
		const next = visible[Math.min(visible.length - 1, Math.max(0, here + step(event.key, visible, here)))];
		if (next === undefined || next === visible[here]) return;
		event.preventDefault();
		next.focus();
		this.choose(next.dataset['network'] ?? '');
	}
}

function step(key: string, visible: readonly HTMLElement[], here: number): number {
	switch (key) {
		case 'ArrowRight':
			return 1;
		case 'ArrowLeft':
			return -1;
		case 'ArrowDown':
			return columns(visible);
		case 'ArrowUp':
			return -columns(visible);
		case 'Home':
			return -here;
		case 'End':
			return visible.length;
		default:
			return 0;
	}
}

function columns(visible: readonly HTMLElement[]): number {
	const top = visible[0]?.getBoundingClientRect().top;
	return Math.max(1, visible.filter((button) => button.getBoundingClientRect().top === top).length);
}

function hasPeer({ activePeers }: Branch): boolean {
	return activePeers.length > 0;
}

export function isInTrouble({ activePeers, isOnline, lossPercent }: Branch): boolean {
	return !isOnline || activePeers.length > 1 || (lossPercent ?? 0) > 0;
}

function markOf(branch: Branch): string {
	if (!branch.isOnline) return 'offline';
	if (branch.activePeers.length === 0) return '';
	return branch.lossPercent === null ? 'no data' : `${branch.lossPercent} %`;
}

function spokenLoss({ isOnline, lossPercent }: Branch): string {
	if (!isOnline) return 'offline';
	return lossPercent === null ? 'no loss data' : `loss ${lossPercent} %`;
}
