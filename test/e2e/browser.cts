import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from './bench.cjs';
import type { BrowserContext, Page } from './toolTypes.cjs';

const size = { width: 1360, height: 850 } as const;

/** Debian's Chromium, with a profile of its own, signed in to n8n as a user does it. */
export async function withBrowser(bench: Bench, work: (page: Page) => Promise<void>): Promise<void> {
	const context = await launched(bench);
	try {
		const page = context.pages()[0] ?? (await context.newPage());
		page.setDefaultTimeout(30_000);
		await signIn(page, bench);
		await work(page);
	} catch (error) {
		await context.pages()[0]?.screenshot({ path: join(bench.folder, 'browser-at-the-fault.png') });
		throw error;
	} finally {
		await context.close();
	}
}

export function byTestId(id: string): string {
	return `[data-test-id="${id}"]`;
}

async function launched({ tools, folder }: Bench): Promise<BrowserContext> {
	return await tools.playwright.chromium.launchPersistentContext(join(folder, `browser-${Date.now()}`), {
		executablePath: chromium(),
		headless: true,
		viewport: size,
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
		],
	});
}

export function chromium(): string {
	const named = process.env['CHROMIUM'];
	const names = named === undefined ? ['chromium', 'chromium-browser', 'google-chrome'] : [named];
	for (const name of names) {
		const { stdout } = spawnSync('sh', ['-c', 'command -v "$0"', name], { encoding: 'utf8' });
		const path = stdout.trim();
		if (path !== '' && existsSync(path)) return path;
	}
	throw new Error(
		'No Chromium was found. Debian or Ubuntu: apt-get install chromium; elsewhere set CHROMIUM.',
	);
}

async function signIn(page: Page, { server, owner }: Bench): Promise<void> {
	await page.goto(`${server.url}/signin`);
	const inputs = page.locator(`${byTestId('auth-form')} input`);
	await inputs.first().waitFor();
	await inputs.nth(0).fill(owner.email);
	await inputs.nth(1).fill(owner.password);
	await page.locator(byTestId('form-submit-button')).click();
	await page.locator(byTestId('auth-form')).waitFor({ state: 'hidden' });
}
