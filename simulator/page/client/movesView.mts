import { at, clockTime, element, setText, Shown } from './elements.mjs';
import type { Move } from './simulatorApi.mjs';

const SAME_WAVE_MS = 60_000;
const MOST_WAVES = 40;
const MOST_NAMES = 3;

interface Wave {
	readonly at: string;
	readonly from: string;
	readonly to: string;
	readonly names: readonly string[];
}

/** Newest first; branches that took the same way within a minute are one entry. */
export class MovesView {
	private readonly list = new Shown(at('moves'));
	private told: string | undefined;

	show(moves: readonly Move[]): void {
		const waves = wavesOf(moves);
		this.list.show(
			waves.slice(0, MOST_WAVES),
			waveEntry,
			'None yet. Break a peer, and let the workflow run.',
		);
		const newest = waves[0] === undefined ? '' : sentence(waves[0]);
		// What stood there when the page was opened is no news.
		if (this.told !== undefined && newest !== this.told) setText(at('news'), newest);
		this.told = newest;
	}
}

function wavesOf(moves: readonly Move[]): Wave[] {
	const waves: { at: string; from: string; to: string; names: string[] }[] = [];
	for (const move of moves) {
		const from = move.from.join(' and ') || 'no peer';
		const to = move.to.join(' and ') || 'no peer';
		const last = waves.findLast((wave) => wave.from === from && wave.to === to);
		if (last !== undefined && Date.parse(move.at) - Date.parse(last.at) < SAME_WAVE_MS) {
			last.names.push(move.networkName);
		} else {
			waves.push({ at: move.at, from, to, names: [move.networkName] });
		}
	}
	return waves.reverse();
}

function waveEntry(wave: Wave): HTMLElement {
	const names = wave.names.slice(0, MOST_NAMES).join(', ');
	const others = wave.names.length - MOST_NAMES;
	const who = others > 0 ? `${names} and ${others} more` : names;
	return element(
		'li',
		'',
		element('time', 'quiet', clockTime(wave.at)),
		element('b', '', `${wave.from} → ${wave.to}`),
		element('span', 'count', wave.names.length === 1 ? '' : `${wave.names.length} branches`),
		element('span', 'quiet', who),
	);
}

function sentence({ names, from, to }: Wave): string {
	return `${names.length === 1 ? (names[0] ?? '') : `${names.length} branches`} moved from ${from} to ${to}`;
}
