import { byTestId } from './browser.cjs';
import type { Claims } from './check.cjs';
import type { Locator, Page } from './toolTypes.cjs';

/** What a new user has at hand: where n8n is, and what to fill in. */
export interface NewUser {
	readonly n8nUrl: string;
	readonly templateFile: string;
	readonly apiKey: string;
	readonly merakiUrl: string;
	readonly organization: string;
}

export interface Clicked {
	readonly step: string;
	readonly seconds: number;
}

/** README, *Installation* (the workflow) and *First dry run in five minutes*, by mouse and keyboard alone. */
export async function clickFirstSteps(
	page: Page,
	user: NewUser,
	claims: Claims,
): Promise<readonly Clicked[]> {
	const clicked: Clicked[] = [];
	const step = async (name: string, work: () => Promise<void>): Promise<void> => {
		const startedAt = Date.now();
		await work();
		clicked.push({ step: name, seconds: (Date.now() - startedAt) / 1000 });
	};
	await step('Workflow: Import > From file', () => importWorkflow(page, user));
	await step('1. Credential: made and tested in Evaluate Uplink Loss', () => makeCredential(page, user));
	await step('1. Credential: the same one in Readiness Check and Swap VPN Tags', () =>
		checkChosen(page, claims),
	);
	await step('2. Organization: from the list', () => chooseOrganization(page, user));
	await step('3. Readiness Check: from Readiness Check by Hand, Alert read', () =>
		readinessCheck(page, claims),
	);
	await step('3. Dry run: from Every 30 Seconds, Report read', () => dryRun(page, claims));
	await step('5. Switch on: published, Dry Run still on', () => publish(page));
	return clicked;
}

async function importWorkflow(page: Page, { n8nUrl, templateFile }: NewUser): Promise<void> {
	await page.goto(`${n8nUrl}/workflow/new`);
	await page.locator(byTestId('workflow-menu')).first().click();
	await page
		.getByText(/^Import$/)
		.last()
		.hover();
	const chooser = page.waitForEvent('filechooser');
	await page
		.getByText(/^From file$/)
		.last()
		.click();
	await (await chooser).setFiles(templateFile);
	await nodeOnCanvas(page, 'Evaluate Uplink Loss').waitFor();
	await page.waitForTimeout(1000);
	await page.keyboard.press('1'); // fits the whole workflow into the window
	await page.waitForTimeout(1000);
}

async function makeCredential(page: Page, { apiKey, merakiUrl }: NewUser): Promise<void> {
	await openNode(page, 'Evaluate Uplink Loss');
	await page.locator(byTestId('node-credentials-empty-state')).first().click();
	const dialog = page.locator(byTestId('credential-edit-dialog')).first();
	await dialog.waitFor();
	await dialog
		.locator(`${byTestId('parameter-input-apiKey')} input`)
		.first()
		.fill(apiKey);
	await dialog.locator(byTestId('parameter-input-region')).first().click();
	await page
		.getByText(/^Custom URL$/)
		.last()
		.click();
	await dialog
		.locator(`${byTestId('parameter-input-customUrl')} input`)
		.first()
		.fill(merakiUrl);
	await page.locator(byTestId('credential-save-button')).click();
	// It is tested as it is saved; only one that failed stays open.
	await dialog.waitFor({ state: 'hidden' });
	await closeNode(page);
}

/** n8n has given the new credential to the nodes that had none: there is nothing left to choose. */
async function checkChosen(page: Page, claims: Claims): Promise<void> {
	for (const name of ['Readiness Check', 'Swap VPN Tags']) {
		await openNode(page, name);
		const chosen = await page
			.locator(`${byTestId('node-credentials-select')} input`)
			.evaluateAll((inputs) => inputs.map((input) => input.value));
		claims.check(`${name} has the credential`, chosen.join() === 'Meraki Dashboard account', chosen);
		await closeNode(page);
	}
}

async function chooseOrganization(page: Page, { organization }: NewUser): Promise<void> {
	await openNode(page, 'Evaluate Uplink Loss');
	await page.locator(byTestId('rlc-input')).first().click();
	const item = page.locator(byTestId('rlc-item')).getByText(organization);
	await item.first().click();
	await page.waitForTimeout(800);
	await closeNode(page);
}

async function readinessCheck(page: Page, claims: Claims): Promise<void> {
	await executeFrom(page, 'Readiness Check by Hand');
	await succeeded(page, 'Readiness Check');
	const text = await outputOf(page, 'Readiness Check', 'Alert');
	claims.check('the readiness check reports', /networks? would fail over|would fail over/.test(text), text);
}

async function dryRun(page: Page, claims: Claims): Promise<void> {
	await executeFrom(page, 'Every 30 Seconds');
	await succeeded(page, 'Swap VPN Tags');
	const summary = await outputOf(page, 'Evaluate Uplink Loss', 'Summary');
	claims.check('Summary counts the networks', summary.includes('managedNetworks'), summary);
	const report = await outputOf(page, 'Swap VPN Tags', 'Report');
	claims.check('Report says what would be', /would be|Dry run/i.test(report), report);
}

async function publish(page: Page): Promise<void> {
	await page.locator(byTestId('workflow-open-publish-modal-button')).click();
	await page.locator(byTestId('workflow-publish-button')).click();
	await page.locator(byTestId('workflow-publish-button')).waitFor({ state: 'hidden' });
}

/** As a reader does it: open the node, and the tab of the output. */
async function outputOf(page: Page, node: string, output: string): Promise<string> {
	await openNode(page, node);
	await page.getByText(`${output} Branch`).last().click({ force: true });
	await page.waitForTimeout(1000);
	const text = await page.locator('body').innerText();
	await closeNode(page);
	return text;
}

async function succeeded(page: Page, name: string): Promise<void> {
	await nodeOnCanvas(page, name).locator(byTestId('canvas-node-status-success')).first().waitFor();
	await page.waitForTimeout(1500);
}

async function executeFrom(page: Page, trigger: string): Promise<void> {
	await nodeOnCanvas(page, trigger).hover();
	await page.locator(byTestId(`execute-workflow-button-${trigger}`)).click();
}

async function openNode(page: Page, name: string): Promise<void> {
	await nodeOnCanvas(page, name).dblclick();
	await page.locator(byTestId('node-parameters')).first().waitFor();
	await page.waitForTimeout(1000);
}

async function closeNode(page: Page): Promise<void> {
	await page.keyboard.press('Escape');
	await page.locator(byTestId('node-parameters')).first().waitFor({ state: 'hidden' });
	await page.waitForTimeout(500);
}

function nodeOnCanvas(page: Page, name: string): Locator {
	return page.locator(`${byTestId('canvas-node')}[data-node-name="${name}"]`);
}
