import { at, element, setAttribute, setClass, setText } from './elements.mjs';
import { post, remove, type Condition, type Peer, type State } from './simulatorApi.mjs';

/** At or over it a peer counts as broken here; a whole outage is 100. */
const BROKEN_PERCENT = 30;

interface Breaker {
	readonly key: string;
	readonly name: string;
	/** What would end it; empty while all is well. */
	readonly causes: readonly string[];
	readonly breakIt: () => Promise<void>;
}

interface Named {
	readonly id: string;
	readonly name: string;
}

/** Buttons that break a peer, the line of the chosen branch, or the API, and mend them again. */
export class Breakers {
	private readonly buttons = new Map<string, HTMLButtonElement>();
	private readonly target = at('breakers');

	constructor(private readonly afterwards: () => void) {
		at('mend-all').addEventListener('click', () => void this.mendAll());
	}

	private state: State | undefined;

	show(state: State, peers: readonly Peer[], branches: readonly Named[], chosen: Named | undefined): void {
		this.state = state;
		const breakers = [
			...peers.flatMap((peer) => peerBreaker(peer, state.conditions)),
			...(chosen === undefined ? [] : [lineBreaker(chosen, state.conditions)]),
			apiBreaker('down', 'the API (503)', 503, state),
			apiBreaker('busy', 'the API (429)', 429, state),
		];
		const keys = breakers.map(({ key }) => key);
		if (keys.join() !== [...this.buttons.keys()].join()) this.build(keys);
		for (const breaker of breakers) this.paint(breaker);
		const count = state.conditions.length + state.faults.length;
		setText(at('wrong'), count === 0 ? 'Nothing is broken.' : `${count} broken:`);
		setText(
			at('wrong-what'),
			[
				...state.conditions.map((condition) => said(condition, branches)),
				...state.faults.map(({ id }) => id),
			].join('; '),
		);
		at('mend-all').toggleAttribute('disabled', count === 0);
	}

	private build(keys: readonly string[]): void {
		const kept = new Map(this.buttons);
		this.buttons.clear();
		for (const key of keys) {
			const button = kept.get(key) ?? element('button');
			button.type = 'button';
			this.buttons.set(key, button);
		}
		this.target.replaceChildren(...this.buttons.values());
	}

	private paint({ key, name, causes, breakIt }: Breaker): void {
		const button = this.buttons.get(key);
		if (button === undefined) return;
		const isBroken = causes.length > 0;
		setText(button, `${isBroken ? 'Mend' : 'Break'} ${name}`);
		setClass(button, isBroken ? 'broken' : '');
		setAttribute(button, 'data-breaker', key);
		button.onclick = () => void this.perform(() => (isBroken ? ended(causes) : breakIt()));
	}

	private async mendAll(): Promise<void> {
		const conditions = (this.state?.conditions ?? []).map(({ id }) => eventPath(id));
		const faults = (this.state?.faults ?? []).map(({ id }) => faultPath(id));
		await this.perform(() => ended([...conditions, ...faults]));
	}

	private async perform(action: () => Promise<void>): Promise<void> {
		try {
			await action();
			this.afterwards();
		} catch (error) {
			setText(at('news'), error instanceof Error ? error.message : String(error));
		}
	}
}

function peerBreaker({ name, publicIp }: Peer, conditions: readonly Condition[]): Breaker[] {
	if (publicIp === undefined) return [];
	const causes = conditions.filter(
		({ kind, where, lossPercent }) =>
			kind === 'loss' &&
			where?.ip === publicIp &&
			where.networks === undefined &&
			(lossPercent ?? 0) >= BROKEN_PERCENT,
	);
	return [
		{
			key: `peer-${publicIp}`,
			name: `peer ${name}`,
			causes: causes.map(({ id }) => eventPath(id)),
			breakIt: () => post('events', { ...totalLoss, where: { ip: publicIp } }),
		},
	];
}

function lineBreaker({ id, name }: Named, conditions: readonly Condition[]): Breaker {
	const causes = conditions.filter(
		({ kind, where }) => kind === 'loss' && where?.ip === undefined && where?.networks?.join() === id,
	);
	return {
		key: 'line',
		name: `the line of ${name}`,
		causes: causes.map((condition) => eventPath(condition.id)),
		breakIt: () => post('events', { ...totalLoss, where: { networks: [id] } }),
	};
}

function apiBreaker(id: string, name: string, status: number, { faults }: State): Breaker {
	const key = `api-${id}`;
	const causes = faults.filter((fault) => fault.id === key).map((fault) => faultPath(fault.id));
	return {
		key,
		name,
		causes,
		breakIt: () => post('faults', { id: key, effect: { kind: 'status', status } }),
	};
}

const totalLoss = { kind: 'loss', lossPercent: 100, latencyMs: null };

async function ended(paths: readonly string[]): Promise<void> {
	await Promise.all(paths.map((path) => remove(path)));
}

function eventPath(id: string): string {
	return `events/${encodeURIComponent(id)}`;
}

function faultPath(id: string): string {
	return `faults/${encodeURIComponent(id)}`;
}

function said({ kind, lossPercent, where = {} }: Condition, branches: readonly Named[]): string {
	const what = lossPercent === undefined ? kind : `${lossPercent} % loss`;
	const whither = where.ip === undefined ? '' : ` to ${where.ip}`;
	const names = where.networks?.map((known) => branches.find(({ id }) => id === known)?.name ?? known);
	const whose = names === undefined ? '' : ` of ${names.join(', ')}`;
	return `${what}${whither}${whose}`;
}
