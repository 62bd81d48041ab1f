import { join } from 'node:path';
import { createSimulator, VirtualClock, type Scenario } from '../../../simulator/simulator.cjs';
import type { Bench } from '../bench.cjs';
import { withBrowser } from '../browser.cjs';
import { Claims } from '../check.cjs';
import { apiKey, branchesOnLondon, hostileName, london } from '../scenarios.cjs';
import type { Page } from '../toolTypes.cjs';

type Simulator = ReturnType<typeof createSimulator>;

const minute = 60_000;
const firstNetwork = 'N_7000000001';
/** The page asks once a second. */
const afterPolling = 1600;

/** The page to show a colleague: what it shows, what its buttons do, by mouse and by keyboard, with 3 and 1,000 branches. */
export async function simulatorPage(bench: Bench): Promise<void> {
	const claims = new Claims();
	await withBrowser(bench, (page) =>
		checkSimulatorPage(page, claims, join(bench.clone, 'docs', 'screenshots')),
	);
	claims.end();
}

export async function checkSimulatorPage(page: Page, claims: Claims, folder: string): Promise<void> {
	await withSimulator(branchesOnLondon(3), page, async (simulator) => {
		await checkShown(page, claims);
		await checkButtons(page, claims, simulator);
		await checkMove(page, claims, simulator);
		await checkKeyboard(page, claims);
	});
	await withSimulator(namedFriendly(12), page, async (simulator) => {
		await playOutage(page, simulator);
		await checkColours(page, claims, 'light');
		await page.screenshot({ path: join(folder, 'simulator.png') });
		await checkColours(page, claims, 'dark');
		await page.screenshot({ path: join(folder, 'simulator-dark.png') });
		await page.emulateMedia({ colorScheme: 'light' });
	});
	await withSimulator(namedFriendly(1000), page, async (simulator) => {
		await checkThousand(page, claims, simulator);
		await page.screenshot({ path: join(folder, 'simulator-1000.png') });
	});
}

function namedFriendly(count: number): Scenario {
	return branchesOnLondon(count, { organization: 'Example Retail', firstBranch: 'Leeds' });
}

async function withSimulator(
	scenario: Scenario,
	page: Page,
	work: (simulator: Simulator) => Promise<void>,
): Promise<void> {
	const clock = new VirtualClock({ startAt: Date.parse('2026-01-05T08:00:00Z'), speed: 0 });
	const simulator = createSimulator({ scenario, clock });
	try {
		await page.goto((await simulator.listen()).url);
		await page.locator('button.tile').first().waitFor();
		await page.waitForTimeout(afterPolling);
		await work(simulator);
	} finally {
		await simulator.close();
	}
}

async function checkShown(page: Page, claims: Claims): Promise<void> {
	const names = await page.locator('.tile b').allInnerTexts();
	claims.check('a hostile name is shown as it is', names.includes(hostileName), names);
	const made = await page.locator('#branches img, #branches b b, main script, main [onclick]').count();
	claims.check('a name never becomes markup', made === 0, made);
	const peers = await page.locator('.tile .peer').allInnerTexts();
	claims.check('each branch shows its peer', peers.join() === 'London,London,London', peers);
	const spoken = await page.locator('#loss-chart').getAttribute('aria-label');
	claims.check('the chart tells what it shows', spoken?.includes('London on wan1: now 0 %') ?? false, spoken);
	const canvases = await page.locator('.chart canvas').count();
	claims.check('both charts are drawn', canvases === 2, canvases);
	const origins = await page.evaluate<string[]>(
		`[...new Set(performance.getEntriesByType('resource').map(({ name }) => new URL(name).origin))]`,
	);
	const own = await page.evaluate<string>('location.origin');
	claims.check('everything comes from the simulator', origins.join() === own, origins);
}

async function checkButtons(page: Page, claims: Claims, simulator: Simulator): Promise<void> {
	const press = async (name: string): Promise<void> => {
		await page.locator(`[data-breaker="${name}"]`).click();
		await page.waitForTimeout(afterPolling);
	};
	const broken = async (): Promise<string> => await page.locator('#wrong-what').innerText();
	await press(`peer-${london.publicIp}`);
	simulator.clock.advance(2 * minute);
	await page.waitForTimeout(afterPolling);
	const troubled = await page.locator('.tile.trouble').count();
	claims.check('a broken peer puts its branches in trouble', troubled === 3, troubled);
	claims.check(
		'what is broken is told',
		(await broken()) === `100 % loss to ${london.publicIp}`,
		await broken(),
	);
	await press(`peer-${london.publicIp}`);
	claims.check('the same button mends it', (await broken()) === '', await broken());
	await press('line');
	claims.check(
		'the line of the chosen branch breaks',
		(await broken()).includes(hostileName),
		await broken(),
	);
	await press('api-down');
	const { status } = await fetch(
		`${await page.evaluate<string>('location.origin')}/api/v1/networks/${firstNetwork}`,
		{
			headers: { authorization: `Bearer ${apiKey}` },
		},
	);
	await page.waitForTimeout(afterPolling);
	claims.check('the API breaks', status === 503, status);
	const [lastCall = ''] = await page.locator('#calls li').allInnerTexts();
	claims.check('the last call shows its status', /GET[^]*503/.test(lastCall), lastCall);
	await page.locator('#mend-all').click();
	await page.waitForTimeout(afterPolling);
	claims.check('everything is mended', (await broken()) === '', await broken());
}

async function checkMove(page: Page, claims: Claims, simulator: Simulator): Promise<void> {
	await move(simulator, firstNetwork);
	await page.waitForTimeout(afterPolling);
	const moves = await page.locator('#moves li').allInnerTexts();
	claims.check('a move is told', moves.length === 1 && /London → Paris/.test(moves[0] ?? ''), moves);
	const news = await page.locator('#news').innerText();
	claims.check('a move is read out', news === `${hostileName} moved from London to Paris`, news);
	const legend = await page.locator('#peers-legend li').allInnerTexts();
	claims.check('branches are counted by peer', legend.slice(0, 2).join() === 'London 2,Paris 1', legend);
}

/** As Swap VPN Tags does it. */
async function move(simulator: Simulator, id: string): Promise<void> {
	const tags = simulator.state
		.network(id)
		.tags.map((tag) =>
			tag.replace('london_primary_up', 'london_primary_down').replace('backup_down', 'backup_up'),
		);
	const headers = { authorization: `Bearer ${apiKey}` };
	await simulator.inject({ method: 'PUT', url: `/api/v1/networks/${id}`, headers, payload: { tags } });
}

/** From the first element on, with nothing but keys. */
async function checkKeyboard(page: Page, claims: Claims): Promise<void> {
	const focused = async (): Promise<string> =>
		await page.evaluate<string>(`document.activeElement.id || document.activeElement.className`);
	await page.evaluate<unknown>(`document.activeElement.blur()`);
	const stops: string[] = [];
	for (let presses = 0; presses < 20; presses += 1) {
		await page.keyboard.press('Tab');
		stops.push(await focused());
		if (stops.at(-1)?.startsWith('tile')) break;
	}
	claims.check(
		'all branches are one tab stop, after the buttons',
		stops.at(-1)?.startsWith('tile') ?? false,
		stops,
	);
	const before = await page.locator('#branch-name').innerText();
	await page.keyboard.press('ArrowRight');
	await page.waitForTimeout(afterPolling);
	const after = await page.locator('#branch-name').innerText();
	claims.check('arrow keys choose a branch', before !== after && after.startsWith('Branch'), {
		before,
		after,
	});
	claims.check('focus stays while the page renews', (await focused()).startsWith('tile'), await focused());
	const outline = await page.evaluate<string>(`getComputedStyle(document.activeElement).outlineStyle`);
	claims.check('focus can be seen', outline === 'solid', outline);
}

/** What a colleague is shown: a peer breaks, some branches have moved. */
async function playOutage(page: Page, simulator: Simulator): Promise<void> {
	simulator.applyEvent({ kind: 'loss', lossPercent: 100, latencyMs: null, where: { ip: london.publicIp } });
	simulator.clock.advance(5 * minute);
	const [, ...others] = simulator.state.organizations[0]?.networks ?? [];
	for (const { id } of others.slice(0, 6)) await move(simulator, id);
	await move(simulator, firstNetwork);
	simulator.clock.advance(4 * minute);
	await page.locator('button.tile').first().click();
	await page.waitForTimeout(afterPolling);
}

async function checkColours(page: Page, claims: Claims, colorScheme: 'light' | 'dark'): Promise<void> {
	await page.emulateMedia({ colorScheme });
	await page.waitForTimeout(afterPolling);
	const poor = await page.evaluate<string[]>(`(${poorContrasts.toString()})()`);
	claims.check(`text can be read in ${colorScheme}`, poor.length === 0, poor);
}

/** Runs in the browser. WCAG 2.2, 1.4.3: 4.5 to 1. */
const poorContrasts = new Function(`
	const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
	const rgba = (color) => {
		context.clearRect(0, 0, 1, 1);
		context.fillStyle = color;
		context.fillRect(0, 0, 1, 1);
		return [...context.getImageData(0, 0, 1, 1).data];
	};
	const light = ([r, g, b]) => [r, g, b].map((value) => value / 255)
		.map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
		.reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
	const behind = (element) => {
		for (let at = element; at; at = at.parentElement) {
			const color = rgba(getComputedStyle(at).backgroundColor);
			if (color[3] === 255) return color;
		}
		return [255, 255, 255, 255];
	};
	const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '');
	return [...document.querySelectorAll('body *')]
		.filter((element) => hasText(element) && element.offsetParent !== null && !element.closest(':disabled, option, .visually-hidden'))
		.map((element) => {
			const [one, other] = [light(rgba(getComputedStyle(element).color)), light(behind(element))];
			const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
			return { ratio, text: element.textContent.slice(0, 30) };
		})
		.filter(({ ratio }) => ratio < 4.5)
		.map(({ ratio, text }) => ratio.toFixed(1) + ': ' + text);
`);

async function checkThousand(page: Page, claims: Claims, simulator: Simulator): Promise<void> {
	claims.check('all 1,000 are there', (await page.locator('button.tile').count()) === 1000);
	const stops = await page.locator('button.tile[tabindex="0"]').count();
	claims.check('1,000 branches are one tab stop', stops === 1, stops);
	await playOutage(page, simulator);
	const wave = (await page.locator('#moves li').allInnerTexts())[0] ?? '';
	claims.check('one wave of moves is one entry', /7 branches/.test(wave), wave);
	const visible = async (): Promise<number> => await page.locator('#branches li:not([hidden])').count();
	await page.locator('#trouble-only').click();
	claims.check('those in trouble can be shown alone', (await visible()) === 993, await visible());
	await page.locator('#trouble-only').click();
	await page.locator('#filter').fill('branch 77');
	claims.check('branches are found by a part of their name', (await visible()) === 10, await visible());
	await page.locator('#filter').fill('');
	const wide = await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');
	claims.check('nothing runs out of the window', !wide);
}
