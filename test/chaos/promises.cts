/** What must hold after each cycle of chaos, looked up in the simulator's own state and request log. */
import type { IDataObject } from 'n8n-workflow';
import type { LoggedRequest } from '../../simulator/simulator.cjs';
import { readPair } from '../model/oracle/tags';
import { brokenPromises } from '../model/invariants';

/** One network in one write, by a PUT of its own or in an action batch. */
export interface Write {
	readonly networkId: string;
	readonly asked: readonly string[];
	readonly before: readonly string[];
	readonly after: readonly string[];
}

export function writesOf(requests: readonly LoggedRequest[]): Write[] {
	return requests.flatMap(({ networkId, tagsAsked, tagsBefore, tagsAfter, actions }) =>
		[{ networkId, tagsAsked, tagsBefore, tagsAfter }, ...actions].flatMap((each) => {
			if (each.networkId === null || each.tagsAsked === null || each.tagsBefore === null) return [];
			const { tagsBefore: before } = each;
			return [{ networkId: each.networkId, asked: each.tagsAsked, before, after: each.tagsAfter ?? before }];
		}),
	);
}

export interface Cycle {
	readonly writes: readonly Write[];
	/** All that Evaluate handed to Swap. */
	readonly decided: readonly IDataObject[];
	readonly swapped: readonly IDataObject[];
	/** Everything that Swap handed out. */
	readonly told: string;
	readonly tags: (networkId: string) => readonly string[];
	/** Where reads lag or others edit: earlier tags that a read may have shown. */
	readonly mayHaveRead: (networkId: string) => readonly (readonly string[])[];
}

export function brokenBy(cycle: Cycle): string[] {
	return [...cycle.writes.flatMap((write) => brokenByWrite(write, cycle)), ...reportedInVain(cycle)];
}

function brokenByWrite(write: Write, { writes, decided, told, mayHaveRead }: Cycle): string[] {
	const { networkId, asked, before, after } = write;
	// Two runs at once: each may have read what stood before the other's write.
	const others = writes.filter((each) => each.networkId === networkId).map((each) => each.before);
	const broken = [before, ...others, ...mayHaveRead(networkId)].map((read) => brokenPromises(read, asked));
	const say = (what: string) => `${networkId}: ${what}`;
	const wanted = decided.filter((item) => item['networkId'] === networkId).map(wantedPeer);
	return [
		...(broken.some((each) => each.length === 0) ? [] : (broken[0] ?? []).map(say)),
		...(wanted.includes(activePeer(asked)) ? [] : [say(`written, but not decided: ${asked.join()}`)]),
		...(after.join() === before.join() || told.includes(`"${networkId}"`)
			? []
			: [say('written, but not told')]),
	];
}

function reportedInVain({ swapped, writes, tags }: Cycle): string[] {
	return swapped
		.filter(({ status }) => status === 'done')
		.filter(({ networkId, to }) => {
			const own = writes.filter((write) => write.networkId === networkId).map(({ after }) => after);
			return ![...own, tags(String(networkId))].some((shown) => activePeer(shown) === to);
		})
		.map(({ networkId, to }) => `${String(networkId)}: told as done, but ${String(to)} was never active`);
}

function activePeer(tags: readonly string[]): string | undefined {
	return readPair(tags)?.active.peer;
}

function wantedPeer({ want }: IDataObject): unknown {
	return (want as IDataObject)['peer'];
}
