import type { INode } from 'n8n-workflow';
import { stubType } from '../support/n8nEngine.cjs';
import type { Finished, StoredWorkflow } from '../support/n8nEngine.cjs';
import {
	ALERT,
	Bench,
	counts,
	EVALUATE,
	evaluateNode,
	FAILED,
	jsonOf,
	primaryLoss,
	startNode,
	SWAP,
	SWAP_NEEDED,
	SWAPPED,
	swapNode,
} from '../support/n8nMeraki.cjs';

/** A message node that waits for ever, as n8n's Slack node does, until it is told to go on; it stands below Swap. */
const MESSAGE = 'Report to Slack';
const messageNode: INode = {
	id: 'message',
	name: MESSAGE,
	type: 'message',
	typeVersion: 1,
	position: [0, 200],
	parameters: {},
};

interface Waiting {
	readonly finished: Promise<Finished>;
	readonly goOn: () => void;
}

let bench: Bench;

/** Start -> Evaluate -> Swap, and a message from Alert and from Failed. */
function workflowWithMessages(): StoredWorkflow {
	const to = (node: string) => [{ node, type: 'main' as const, index: 0 }];
	return bench.store({
		nodes: [startNode(), evaluateNode(), swapNode({ dryRun: false }), messageNode],
		connections: {
			[startNode().name]: { main: [to(EVALUATE)] },
			[EVALUATE]: { main: [[], to(SWAP), to(MESSAGE)] },
			[SWAP]: { main: [[], [], to(MESSAGE)] },
		},
		staticData: {},
	});
}

/** Answers when the run has come to its message. */
async function runThatWaits(workflow: StoredWorkflow): Promise<Waiting> {
	let goOn = (): void => undefined;
	const released = new Promise<void>((resolve) => (goOn = resolve));
	let arrived = (): void => undefined;
	const hasArrived = new Promise<void>((resolve) => (arrived = resolve));
	const message = stubType('message', {
		execute: async () => {
			arrived();
			await released;
			return [[]];
		},
	});
	const finished = bench.run(workflow, { nodeTypes: { message } });
	await Promise.race([hasArrived, finished]);
	return { finished, goOn };
}

async function run(workflow: StoredWorkflow): Promise<Finished> {
	return await bench.run(workflow, { nodeTypes: { message: stubType('message', {}) } });
}

/** Two active roles: told at once, and of no other branch's concern. */
function untidyTags(): void {
	bench.simulator.applyEvent({
		kind: 'editTags',
		network: 'N_2',
		replace: ['london_primary_up', 'paris_backup_up'],
	});
}

/** After a quiet run one that tells of untidy tags, and whose message waits. */
async function toldButWaiting() {
	bench = await Bench.open();
	const workflow = workflowWithMessages();
	await run(workflow);
	untidyTags();
	bench.minutes(1);
	return { workflow, first: await runThatWaits(workflow) };
}

const told = ({ outputs }: Finished) => jsonOf(outputs(EVALUATE)[ALERT]).map(({ title }) => title);

describe('a run that begins while a message of the run before still waits', () => {
	afterEach(async () => await bench.close());

	it('does not tell again what that run has told (R8.5)', async () => {
		const { workflow, first } = await toldButWaiting();
		bench.minutes(1);
		expect(told(await run(workflow))).toEqual([]);
		first.goOn();
		expect(told(await first.finished)).toEqual([expect.stringContaining('Acme')]);
		bench.minutes(1);
		// Even though the run that began first has stored its memory last.
		expect(told(await run(workflow))).toEqual([]);
	});

	it('does not try a refused write before its time (R8.7), nor tell of it', async () => {
		bench = await Bench.open({ events: [primaryLoss({ networks: ['N_1'], atMinutes: -3 })] });
		bench.simulator.addFault({ match: { method: 'PUT' }, effect: { kind: 'status', status: 400 } });
		const workflow = workflowWithMessages();
		const first = await runThatWaits(workflow);
		expect(bench.writes).toHaveLength(1);
		const second = await run(workflow);
		expect(counts(second.outputs(EVALUATE))[SWAP_NEEDED]).toBe(1);
		expect(bench.writes).toHaveLength(1);
		expect(counts(second.outputs(SWAP))[FAILED]).toBe(0);
		first.goOn();
		expect(counts((await first.finished).outputs(SWAP))[FAILED]).toBe(1);
	});

	it('by hand neither learns from it nor changes what it knows', async () => {
		const { workflow, first } = await toldButWaiting();
		const byHand = await bench.run(workflow, {
			mode: 'manual',
			nodeTypes: { message: stubType('message', {}) },
		});
		expect(told(byHand)).toHaveLength(1);
		first.goOn();
		await first.finished;
	});
});

describe('two runs at the same moment', () => {
	afterEach(async () => await bench.close());

	it('write each branch once, whichever comes first (R6)', async () => {
		bench = await Bench.open({ events: [primaryLoss({ networks: ['N_1'], atMinutes: -3 })] });
		// Long enough for the other run to read the branch before this write is in force.
		bench.simulator.addFault({ match: { method: 'PUT' }, effect: { kind: 'slow', delayMs: 1000 } });
		const workflow = workflowWithMessages();
		const runs = await Promise.all([run(workflow), run(workflow)]);
		expect(runs.map(({ outputs }) => counts(outputs(EVALUATE))[SWAP_NEEDED])).toEqual([1, 1]);
		expect(bench.writes).toHaveLength(1);
		expect(runs.map(({ outputs }) => counts(outputs(SWAP))[SWAPPED]).sort()).toEqual([0, 1]);
		expect(runs.map(({ outputs }) => counts(outputs(SWAP))[FAILED])).toEqual([0, 0]);
	});
});
