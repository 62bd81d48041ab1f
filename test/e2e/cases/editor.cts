import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from '../bench.cjs';
import { byTestId, withBrowser } from '../browser.cjs';
import { Claims } from '../check.cjs';
import { apiKey, branchesOnLondon, london } from '../scenarios.cjs';
import { Site } from '../site.cjs';
import type { Page } from '../toolTypes.cjs';

const minute = 60_000;
const outputs = ['Summary', 'Swap Needed', 'Alert', 'Report', 'Swapped', 'Failed'] as const;

/** What a user sees: the template on the canvas, both panels, and a run by hand. */
export async function editor(bench: Bench): Promise<void> {
	const site = await Site.open(bench, {
		scenario: branchesOnLondon(6, { organization: 'Example Retail', firstBranch: 'Leeds & Bradford' }),
		dryRun: true,
		published: false,
		speed: 1,
	});
	const folder = join(bench.clone, 'docs', 'screenshots');
	mkdirSync(folder, { recursive: true });
	const shot = async (page: Page, name: string): Promise<void> => {
		await page.screenshot({ path: join(folder, `${name}.png`) });
	};
	const claims = new Claims();
	try {
		site.loseEverythingTo(london.publicIp);
		site.simulator.clock.advance(5 * minute);
		await withBrowser(bench, async (page) => {
			await openWorkflow(page, bench, site);
			const found = await overlaps(page);
			claims.check('no two nodes or notes overlap', found.length === 0, found);
			await checkOutputs(page, claims);
			await shot(page, 'template');
			await openNode(page, 'Evaluate Uplink Loss');
			await chooseOrganization(page, claims);
			await shot(page, 'evaluate-uplink-loss');
			await checkCredential(page, claims, () => shot(page, 'credential'));
			await closeNode(page);
			await executeFrom(page, 'Every 30 Seconds');
			await page.locator(byTestId('canvas-node-status-success')).nth(2).waitFor();
			await page.waitForTimeout(1500);
			await shot(page, 'executed');
			await page.waitForTimeout(5000); // until n8n's own message is gone
			await openNode(page, 'Swap VPN Tags');
			await shot(page, 'swap-vpn-tags');
			await closeNode(page);
		});
		claims.check('a dry run by hand writes nothing', site.writes.length === 0, site.writes.length);
		claims.end();
	} finally {
		await site.close();
	}
}

async function openWorkflow(page: Page, bench: Bench, site: Site): Promise<void> {
	await page.goto(`${bench.server.url}/workflow/${site.workflowId}`);
	await page.locator(byTestId('canvas-node')).first().waitFor();
	await page.waitForTimeout(1500);
	await page.keyboard.press('1'); // fits the whole workflow into the window
	await page.waitForTimeout(1000);
}

async function openNode(page: Page, name: string): Promise<void> {
	await page.locator(`${byTestId('canvas-node')}[data-node-name="${name}"]`).dblclick();
	await page.locator(byTestId('node-parameters')).first().waitFor();
	await page.waitForTimeout(1200);
}

/** By the button that shows beside a trigger: with several triggers, the one at the bottom starts the one used last. */
async function executeFrom(page: Page, trigger: string): Promise<void> {
	await page.locator(`${byTestId('canvas-node')}[data-node-name="${trigger}"]`).hover();
	await page.locator(byTestId(`execute-workflow-button-${trigger}`)).click();
}

async function closeNode(page: Page): Promise<void> {
	await page.keyboard.press('Escape');
	await page.locator(byTestId('node-parameters')).first().waitFor({ state: 'hidden' });
	await page.waitForTimeout(500);
}

async function checkOutputs(page: Page, claims: Claims): Promise<void> {
	const labels = await page.locator(byTestId('canvas-node-output-handle')).allInnerTexts();
	for (const output of outputs) {
		claims.check(`the output "${output}" is labelled`, labels.includes(output), labels);
	}
}

/** As the template asks for it: from the live list, by a part of the name. */
async function chooseOrganization(page: Page, claims: Claims): Promise<void> {
	await page.locator(byTestId('rlc-mode-selector')).first().click();
	await page.getByText('From List').last().click();
	await page.locator(byTestId('rlc-input')).first().click();
	const search = page.locator(byTestId('rlc-search'));
	const items = page.locator(byTestId('rlc-item'));
	await items.first().waitFor();
	await search.first().fill('nobody');
	await page.waitForTimeout(1500);
	claims.check(
		'a search for another name finds nothing',
		(await items.count()) === 0,
		await items.allInnerTexts(),
	);
	await search.first().fill('retail');
	await items.first().waitFor();
	const names = await items.allInnerTexts();
	claims.check('the search finds the organization', names.join() === 'Example Retail', names);
	await items.first().click();
	await page.waitForTimeout(800);
}

/** A wrong key, then the right one again. */
async function checkCredential(page: Page, claims: Claims, shot: () => Promise<void>): Promise<void> {
	await page.locator(byTestId('credential-edit-button')).first().click();
	const dialog = page.locator(byTestId('credential-edit-dialog'));
	await dialog.first().waitFor();
	const success = page.locator(byTestId('credentials-config-container-test-success'));
	await success.waitFor();
	await shot();
	const key = dialog.locator(`${byTestId('parameter-input-apiKey')} input, input[type="password"]`).first();
	const save = page.locator(byTestId('credential-save-button'));
	await key.fill('not-the-key');
	await save.click();
	await success.waitFor({ state: 'hidden' });
	await page.waitForTimeout(1500);
	const words = (await dialog.first().innerText()).replace(/\s+/g, ' ');
	claims.check('a wrong key is refused', /couldn.t connect|unauthorized/i.test(words), words);
	await key.fill(apiKey);
	await save.click();
	await success.waitFor();
	await page.keyboard.press('Escape');
	await dialog.first().waitFor({ state: 'hidden' });
}

interface Box {
	readonly name: string;
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

async function overlaps(page: Page): Promise<readonly string[]> {
	const boxes = [
		...(await boxesOf(page, byTestId('canvas-node'))),
		...(await boxesOf(page, byTestId('sticky'))),
	];
	return boxes.flatMap((one, index) =>
		boxes
			.slice(index + 1)
			.filter((other) => overlap(one, other))
			.map((other) => `${one.name} and ${other.name}`),
	);
}

async function boxesOf(page: Page, selector: string): Promise<readonly Box[]> {
	return await page.locator(selector).evaluateAll((elements) =>
		elements.map((element) => {
			const { x, y, width, height } = element.getBoundingClientRect();
			const name =
				element.getAttribute('data-node-name') ?? `note "${(element.textContent ?? '').trim().slice(0, 20)}"`;
			return { name, x, y, width, height };
		}),
	);
}

function overlap(one: Box, other: Box): boolean {
	return (
		one.x < other.x + other.width &&
		other.x < one.x + one.width &&
		one.y < other.y + other.height &&
		other.y < one.y + one.height
	);
}
