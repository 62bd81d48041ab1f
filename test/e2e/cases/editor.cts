import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from '../bench.cjs';
import { byTestId, withBrowser } from '../browser.cjs';
import { expect } from '../check.cjs';
import { branchesOnLondon, london } from '../scenarios.cjs';
import { Site } from '../site.cjs';
import type { Page } from '../toolTypes.cjs';

const minute = 60_000;

/** What a user sees: the template on the canvas, both panels, a run by hand, and the simulator's page. */
export async function editor(bench: Bench): Promise<void> {
	const scenario = branchesOnLondon(12);
	const site = await Site.open(bench, { scenario, dryRun: true, published: false, speed: 1 });
	const shots = join(bench.clone, 'docs', 'screenshots');
	mkdirSync(shots, { recursive: true });
	const shot = async (page: Page, name: string): Promise<void> => {
		await page.screenshot({ path: join(shots, `${name}.png`) });
	};
	try {
		site.loseEverythingTo(london.publicIp);
		site.simulator.clock.advance(5 * minute);
		await withBrowser(bench, async (page) => {
			await openWorkflow(page, bench, site);
			expect('no two nodes or notes overlap', (await overlaps(page)).length === 0, await overlaps(page));
			await expectOutputs(page);
			await shot(page, 'template');
			await page.locator(byTestId('execute-workflow-button')).first().click();
			await page.locator(byTestId('canvas-node-status-success')).nth(2).waitFor();
			await page.waitForTimeout(800);
			await shot(page, 'executed');
			await openNode(page, 'Evaluate Uplink Loss');
			await shot(page, 'evaluate');
			await closeNode(page);
			await openNode(page, 'Swap VPN Tags');
			await shot(page, 'swap');
			await closeNode(page);
			await page.goto(site.url);
			await page.waitForTimeout(1500);
			await shot(page, 'simulator');
		});
	} finally {
		await site.close();
	}
}

async function openWorkflow(page: Page, bench: Bench, site: Site): Promise<void> {
	await page.goto(`${bench.server.url}/workflow/${site.workflowId}`);
	await page.locator(byTestId('canvas-node')).first().waitFor();
	await page.waitForTimeout(1500);
	await page.keyboard.press('1'); // zoom to fit
	await page.waitForTimeout(800);
}

async function openNode(page: Page, name: string): Promise<void> {
	await page.locator(`${byTestId('canvas-node')}[data-node-name="${name}"]`).dblclick();
	await page.locator(byTestId('node-parameters')).first().waitFor();
	await page.waitForTimeout(1200);
}

async function closeNode(page: Page): Promise<void> {
	await page.keyboard.press('Escape');
	await page.waitForTimeout(500);
}

async function expectOutputs(page: Page): Promise<void> {
	const labels = await page.locator(byTestId('canvas-node-output-handle')).allInnerTexts();
	for (const label of ['Summary', 'Swap Needed', 'Attention', 'Report', 'Swapped', 'Failed']) {
		expect(
			`the output "${label}" is labelled`,
			labels.some((text) => text.trim() === label),
			labels,
		);
	}
}

interface Box {
	readonly name: string;
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

async function overlaps(page: Page): Promise<readonly string[]> {
	const boxes: readonly Box[] = await page.locator(byTestId('canvas-node')).evaluateAll((elements) =>
		elements.map((element) => {
			const { x, y, width, height } = element.getBoundingClientRect();
			return { name: element.getAttribute('data-node-name') ?? '', x, y, width, height };
		}),
	);
	return boxes.flatMap((one, index) =>
		boxes
			.slice(index + 1)
			.filter((other) => overlap(one, other))
			.map((other) => `${one.name} and ${other.name}`),
	);
}

function overlap(one: Box, other: Box): boolean {
	const slack = 1;
	return (
		one.x + slack < other.x + other.width &&
		other.x + slack < one.x + one.width &&
		one.y + slack < other.y + other.height &&
		other.y + slack < one.y + one.height
	);
}
