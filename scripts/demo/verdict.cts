import type { Branch, Passage, Story } from './story.cjs';

const minute = 60_000;

/** In virtual time; wider than the product's own bounds, since cycles are up to a minute apart here. */
export const bounds = {
	healthyMs: 3 * minute,
	failoverMs: 8 * minute,
	swapBackMs: 12 * minute,
	messageMs: 3 * minute,
	quietAfterMs: 3 * minute,
} as const;

export type Phase = 'healthy' | 'outage' | 'failedOver' | 'recovery' | 'quiet' | 'over';

/** Where the run stands. A problem ends it wherever it is. */
export function phaseOf(story: Story, now: number): Phase {
	if (problemsAt(story, now).length > 0) return 'over';
	if (story.onsetAt === undefined) return 'healthy';
	const failedOver = latest(story, ({ failedOverAt }) => failedOverAt);
	if (failedOver === undefined) return 'outage';
	if (story.clearAt === undefined) return 'failedOver';
	const swappedBack = latest(story, ({ swappedBackAt }) => swappedBackAt);
	if (swappedBack === undefined) return 'recovery';
	return now - swappedBack < bounds.quietAfterMs ? 'quiet' : 'over';
}

/** Every reason why this run is not as it should be, in plain sentences; none is what one hopes for. */
export function problemsAt(story: Story, now: number): readonly string[] {
	return [...story.problems, ...overdue(story, now)];
}

function overdue(story: Story, now: number): readonly string[] {
	if (story.onsetAt === undefined) return [];
	const failedOver = latest(story, ({ failedOverAt }) => failedOverAt);
	if (failedOver === undefined) {
		return now - story.onsetAt > bounds.failoverMs ? [noFailover(story)] : [];
	}
	const problems: string[] = [];
	const messageDue = failedOver + bounds.messageMs;
	if ((story.lastMessageAt ?? 0) < story.onsetAt && now > messageDue) {
		problems.push(
			'The custom branch sent no message about the failover: nothing arrived at the message page.',
		);
	}
	const swappedBack = latest(story, ({ swappedBackAt }) => swappedBackAt);
	if (story.clearAt !== undefined && swappedBack === undefined && now - story.clearAt > bounds.swapBackMs) {
		problems.push(
			`No swap back: ${bounds.swapBackMs / minute} minutes after the loss ended ${waiting(story, 'swappedBackAt')}.`,
		);
	}
	if (swappedBack !== undefined && now >= swappedBack + bounds.quietAfterMs) {
		const first = Math.min(
			...affected(story).map(({ id }) => story.passages[id]?.swappedBackAt ?? swappedBack),
		);
		if ((story.lastMessageAt ?? 0) < first) problems.push(noMessage('swap back'));
	}
	return problems;
}

function noMessage(about: string): string {
	return `The custom branch sent no message about the ${about}: nothing arrived at the simulator's message page.`;
}

function noFailover(story: Story): string {
	const minutes = bounds.failoverMs / minute;
	if (story.reads === 0)
		return `No failover: the workflow never asked for loss in the ${minutes} minutes since the loss began.`;
	const wrote = Object.values(story.passages).some(({ failoverWrites }) => failoverWrites > 0);
	if (wrote)
		return `No complete failover: ${minutes} minutes after the loss began ${waiting(story, 'failedOverAt')}.`;
	return (
		`No failover: ${minutes} minutes after the loss began Swap VPN Tags had written nothing, although loss was read ` +
		`${story.reads} times. Is it connected to Swap Needed, and is its Dry Run off?`
	);
}

function waiting(story: Story, moment: 'failedOverAt' | 'swappedBackAt'): string {
	const names = affected(story).filter(({ id }) => story.passages[id]?.[moment] === undefined);
	return `${names.map(({ name }) => name).join(', ')} had not moved`;
}

/** When the last of the affected branches got there; nothing while one is missing. */
function latest(story: Story, moment: (passage: Passage) => number | undefined): number | undefined {
	const moments = affected(story).map(({ id }) => {
		const passage = story.passages[id];
		return passage && moment(passage);
	});
	const known = moments.filter((at) => at !== undefined);
	return known.length === moments.length && known.length > 0 ? Math.max(...known) : undefined;
}

function affected(story: Story): readonly Branch[] {
	return story.branches.filter((branch) => branch.affected);
}

/** What a run without problems has shown. */
export function verified(story: Story): string {
	const names = (isAffected: boolean): string =>
		story.branches
			.filter((branch) => branch.affected === isAffected)
			.map(({ name }) => name)
			.join(', ');
	return [
		'Verified: nothing was written while healthy',
		`${names(true)} failed over and swapped back, once each way`,
		`${names(false)} on another peer left alone`,
		'every other tag kept its place',
		"the custom branch's messages arrived",
		'no run in n8n ended in error',
		"every request kept to the API's published contract.",
	].join('; ');
}
/** `+03:12`, or `-00:40` before the loss began. */
export function sinceOnset(at: number, onsetAt: number | undefined): string {
	if (onsetAt === undefined) return '      ';
	const seconds = Math.round(Math.abs(at - onsetAt) / 1000);
	const two = (value: number): string => String(value).padStart(2, '0');
	return `${at < onsetAt ? '-' : '+'}${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}
