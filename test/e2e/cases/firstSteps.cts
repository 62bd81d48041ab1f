import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from '../../../scripts/n8n/terminal.cjs';
import { counted, table } from '../../figures/table.cjs';
import { createSimulator, VirtualClock } from '../../../simulator/simulator.cjs';
import type { Bench } from '../bench.cjs';
import { withBrowser } from '../browser.cjs';
import { Claims } from '../check.cjs';
import { clickFirstSteps, type Clicked } from '../firstSteps.cjs';
import { apiKey, branchesOnLondon, london } from '../scenarios.cjs';

const credentialType = 'merakiDashboardApi';

/** A new user follows README; and how long each step took is printed. */
export async function firstSteps(bench: Bench): Promise<void> {
	const organization = 'Example Retail';
	const scenario = branchesOnLondon(6, { organization, firstBranch: 'Leeds' });
	const clock = new VirtualClock({ startAt: Date.now(), speed: 1 });
	const simulator = createSimulator({ scenario, clock });
	const { url: merakiUrl } = await simulator.listen();
	const lossId = simulator.applyEvent({
		kind: 'loss',
		lossPercent: 100,
		latencyMs: null,
		where: { ip: london.publicIp },
	});
	clock.advance(5 * 60_000);
	const claims = new Claims();
	const templateFile = join(bench.clone, 'workflows', 'meraki-vpn-failover.json');
	const user = { n8nUrl: bench.server.url, templateFile, apiKey, merakiUrl, organization };
	try {
		await forgetCredentials(bench);
		await withBrowser(bench, async (page) => {
			const clicked = await clickFirstSteps(page, user, claims);
			const seen = simulator.requests.length;
			const runs = await comes(() => simulator.requests.length > seen);
			claims.check('what was published runs by its schedule', runs);
			const workflowId = (await page.evaluate<string>('location.pathname')).split('/').pop() ?? '';
			await bench.rest.unpublish(workflowId);
			claims.check(
				'a dry run writes nothing',
				simulator.requests.every(({ method }) => method !== 'PUT'),
			);
			report(clicked, bench);
		});
		claims.end();
	} finally {
		simulator.endEvent(lossId);
		await simulator.close();
	}
}

/** A new user has none; n8n would choose the first one that it knows. */
async function forgetCredentials({ rest }: Bench): Promise<void> {
	const all = await rest.get<readonly { id: string; type: string }[]>('/credentials');
	for (const { id, type } of all)
		if (type === credentialType) await rest.call('DELETE', `/credentials/${id}`);
}

async function comes(isSo: () => boolean): Promise<boolean> {
	for (let seconds = 0; seconds < 60 && !isSo(); seconds += 1) await sleep(1000);
	return isSo();
}

function report(clicked: readonly Clicked[], { installation }: Bench): void {
	const total = clicked.reduce((sum, { seconds }) => sum + seconds, 0);
	const rows = [...clicked, { step: 'Together', seconds: total }].map(({ step, seconds }) => [
		step,
		(seconds / 60).toFixed(1),
	]);
	say(`Clicked in n8n ${installation.version} ${counted()}.\n\n${table(['Step', 'Minutes'], rows)}`);
}
