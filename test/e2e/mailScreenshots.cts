/** Renders one message of each kind as a mail client would, at the width of a phone and of a desktop, light and dark. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { renderReport } from '../../core/report/render';
import { SAMPLE_MESSAGES } from '../support/sampleMessages';
import { chromium } from './browser.cjs';
import { provisionTools } from './tools.cjs';

const widths = { phone: 375, desktop: 1024 } as const;
const schemes = ['light', 'dark'] as const;

async function main(folder: string): Promise<void> {
	mkdirSync(folder, { recursive: true });
	const say = (text: string): void => {
		process.stdout.write(`${text}\n`);
	};
	const { playwright } = await provisionTools(say);
	const profile = join(folder, 'profile');
	for (const scheme of schemes) {
		for (const [device, width] of Object.entries(widths)) {
			const context = await playwright.chromium.launchPersistentContext(profile, {
				executablePath: chromium(),
				headless: true,
				viewport: { width, height: 800 },
				colorScheme: scheme,
				args: ['--no-sandbox', '--disable-gpu'],
			});
			const page = context.pages()[0] ?? (await context.newPage());
			for (const [name, make] of Object.entries(SAMPLE_MESSAGES)) {
				const mail = join(folder, `${name}.html`);
				writeFileSync(mail, renderReport(make()).html);
				await page.goto(pathToFileURL(mail).href);
				await page.screenshot({ path: join(folder, `${name}-${device}-${scheme}.png`), fullPage: true });
			}
			await context.close();
			say(`${device}, ${scheme}: ${Object.keys(SAMPLE_MESSAGES).length} messages`);
		}
	}
}

void main(resolve(process.argv[2] ?? 'mail-screenshots'));
