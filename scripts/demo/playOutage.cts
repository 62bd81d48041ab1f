import { setTimeout as sleep } from 'node:timers/promises';
import type { DemoDashboard } from './dashboard.cjs';
import { demoBranches } from './scenario.cjs';
import type { Say } from '../n8n/loggedCommand.cjs';
import { follow, newStory, type Line, type Story } from './story.cjs';
import { bounds, phaseOf, problemsAt, sinceOnset } from './verdict.cjs';

const minute = 60_000;
/** The outage goes on for a while after the failover, to see that the branches stay where they are. */
const outageMs = 6 * minute;
const lookEveryMs = 100;

export interface PlayOptions {
	readonly dashboard: DemoDashboard;
	readonly speed: number;
	readonly say: Say;
	/** A sentence when nothing more can come, for example because n8n has ended. */
	readonly whyHopeless: () => string | undefined;
	/** Real time the published workflow may take to its first call. */
	readonly firstReadWithinMs?: number;
}

export interface Played {
	readonly story: Story;
	readonly problems: readonly string[];
}

/** Lets the peer fail and recover, tells what is seen, and ends after a quiet time or at the first problem. */
export async function playOutage(options: PlayOptions): Promise<Played> {
	const { dashboard, say } = options;
	const giveUpAt = Date.now() + (options.firstReadWithinMs ?? 90_000);
	let story = newStory(demoBranches);
	dashboard.setSpeed(options.speed);
	for (;;) {
		await sleep(lookEveryMs);
		const before = story.lines.length;
		story = dashboard.observations().reduce(follow, story);
		for (const line of story.lines.slice(before)) say(printed(line, story.onsetAt));
		const hopeless = options.whyHopeless() ?? silence(story, Date.now() > giveUpAt);
		if (hopeless) return { story, problems: [...story.problems, hopeless] };
		if (phaseOf(story, dashboard.now) === 'over')
			return { story, problems: problemsAt(story, dashboard.now) };
		act(story, dashboard);
	}
}

function act(story: Story, dashboard: DemoDashboard): void {
	const { now } = dashboard;
	const phase = phaseOf(story, now);
	if (phase === 'healthy' && story.firstReadAt !== undefined && now - story.firstReadAt >= bounds.healthyMs) {
		dashboard.breakPeer();
	}
	if (phase === 'failedOver' && story.onsetAt !== undefined && now - story.onsetAt >= outageMs) {
		dashboard.mendPeer();
	}
}

function silence(story: Story, isLate: boolean): string | undefined {
	if (!isLate || story.firstReadAt !== undefined) return undefined;
	return 'The published workflow never asked the dashboard for loss. Is its schedule on, and does its credential work?';
}

function printed({ at, text }: Line, onsetAt: number | undefined): string {
	const clock = new Date(at).toISOString().slice(11, 19);
	const [first = '', ...others] = text.split('\n');
	const head = `  ${clock}  ${sinceOnset(at, onsetAt).padStart(6)}  `;
	return [`${head}${first}`, ...others.map((line) => `${' '.repeat(head.length)}${line}`)].join('\n');
}
