import { DemoDashboard } from '../../../scripts/demo/dashboard.cjs';
import { publishDemoWorkflow } from '../../../scripts/demo/workflow.cjs';
import { failedExecutions } from '../../../scripts/n8n/failedExecutions.cjs';
import { playOutage } from '../../../scripts/demo/playOutage.cjs';
import type { Bench } from '../bench.cjs';
import { Claims } from '../check.cjs';

/** What `npm start -- --once` shows: one outage by schedule, with a branch of the user's own on Report. */
export async function wholeChain({ clone, rest, server }: Bench): Promise<void> {
	const dashboard = await DemoDashboard.open();
	try {
		const workflowId = await publishDemoWorkflow({ clone, dashboard, rest, everySeconds: 2 });
		const { problems } = await playOutage({
			dashboard,
			speed: 24,
			say: () => undefined,
			whyHopeless: () => (server.hasEnded ? `n8n has ended. ${server.logTail()}` : undefined),
		});
		await rest.unpublish(workflowId);
		const claims = new Claims();
		for (const problem of [
			...problems,
			...(await failedExecutions(rest, workflowId)),
			...dashboard.contractViolations(),
		]) {
			claims.check(problem, false);
		}
		claims.end();
	} finally {
		await dashboard.close();
	}
}
