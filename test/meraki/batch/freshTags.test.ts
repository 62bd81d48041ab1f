import { AUTOMATIC_REQUESTS_PER_SECOND } from '../../../meraki/http/budget';
import type { HttpRequest } from '../../../meraki/http/transport';
import { chooseStrategy } from '../../../meraki/swap/chooseStrategy';
import { batchDashboard, ids, jobsFor, on, ORGANIZATION_ID } from '../support/batchDashboard';
import { countOf } from '../support/batchRuns';
import { scripted } from '../support/scripted';

const BRANCHES = 1000;
/** What is promised: what somebody set longer than this before a write was sent is kept by it. */
const KEPT_AFTER_MS = 2000;

/** While 1,000 branches are moved, somebody else sets one more tag on each of them, at a time of its own. */
async function moveWhileTagsAreSet(requestsPerSecond: number) {
	const branches = ids(BRANCHES);
	const dashboard = batchDashboard(on(branches));
	const due = new Map(branches.map((id, n) => [id, (n * 7919) % 9000]));
	const setDueTags = (nowMs: number) => {
		for (const [id, atMs] of due) {
			const tags = dashboard.tags.get(id) ?? [];
			if (atMs <= nowMs && !tags.includes(`set_at_${atMs}`)) {
				dashboard.tags.set(id, [...tags, `set_at_${atMs}`]);
				due.delete(id);
			}
		}
	};
	const run = scripted({
		replies: (request) => {
			setDueTags(run.time.elapsedMs());
			return dashboard.reply(request);
		},
		latencyMs: ({ method }: HttpRequest) => (method === 'POST' ? 900 : 400),
		client: { requestsPerSecond },
	});
	const setAt = new Map(due);
	const results = await chooseStrategy(run.client, ORGANIZATION_ID).write(jobsFor(branches));
	const sentAt = new Map(
		run.requests.flatMap(({ method, body, atMs }) =>
			method === 'POST' ? networksIn(body).map((id): [string, number] => [id, atMs]) : [],
		),
	);
	const setEarlier = branches.filter((id) => (setAt.get(id) ?? 0) <= (sentAt.get(id) ?? 0) - KEPT_AFTER_MS);
	const lost = setEarlier.filter((id) => !dashboard.tags.get(id)?.includes(`set_at_${setAt.get(id) ?? ''}`));
	return {
		kinds: countOf(results.map(({ outcome }) => outcome.kind)),
		calls: run.requests.length,
		usage: run.client.usage(),
		setEarlier: setEarlier.length,
		lost,
	};
}

function networksIn(body: unknown): string[] {
	const { actions } = body as { readonly actions: ReadonlyArray<{ readonly resource: string }> };
	return actions.map(({ resource }) => resource.replace('/networks/', ''));
}

describe('R6: 1,000 branches are moved while somebody else sets tags on them', () => {
	it.each([AUTOMATIC_REQUESTS_PER_SECOND.movingBranches, 5, 1])(
		'at %d requests a second: no tag is lost that was set more than 2 s before the write',
		async (requestsPerSecond) => {
			const { kinds, setEarlier, lost } = await moveWhileTagsAreSet(requestsPerSecond);
			expect(kinds).toEqual({ done: BRANCHES });
			expect(setEarlier).toBeGreaterThan(300);
			expect(lost).toEqual([]);
		},
	);

	it('in at most 60 calls, none of them too many for Meraki', async () => {
		const { calls, usage } = await moveWhileTagsAreSet(AUTOMATIC_REQUESTS_PER_SECOND.movingBranches);
		expect(calls).toBeLessThanOrEqual(60);
		expect(usage.rateLimited).toBe(0);
	});
});
