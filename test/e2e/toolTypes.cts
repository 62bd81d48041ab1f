/** As much of each tool as is used here: they are installed outside of this project, so their own types are not at hand. */

export interface ProxiedRequest {
	readonly url: string;
	readonly method: string;
	readonly headers: Readonly<Record<string, string | undefined>>;
	readonly body: { getText(): Promise<string | undefined> };
}

export type ProxiedAnswer =
	| 'close'
	| {
			readonly statusCode: number;
			readonly headers?: Readonly<Record<string, string>>;
			readonly body?: string;
			/** Instead of `body`, for what is no text. */
			readonly rawBody?: Buffer;
	  };

export interface MockttpServer {
	readonly port: number;
	start(): Promise<void>;
	stop(): Promise<void>;
	forAnyRequest(): {
		always(): { thenCallback(answer: (request: ProxiedRequest) => Promise<ProxiedAnswer>): Promise<unknown> };
	};
}

export interface Mockttp {
	generateCACertificate(options: {
		subject: { commonName: string };
	}): Promise<{ readonly key: string; readonly cert: string }>;
	getLocal(options: { https: { key: string; cert: string }; http2: boolean }): MockttpServer;
}

export interface SmtpListener {
	readonly server: { address(): { port: number } | string | null };
	listen(port: number, host: string, ready: () => void): void;
	close(done: () => void): void;
}

export interface SmtpServer {
	readonly SMTPServer: new (options: {
		authOptional: boolean;
		disabledCommands: string[];
		onAuth(
			auth: { username?: string },
			session: unknown,
			done: (error: Error | null, user: { user: string }) => void,
		): void;
		onData(stream: NodeJS.ReadableStream, session: unknown, done: (error?: Error | null) => void): void;
	}) => SmtpListener;
}

export interface ParsedMail {
	readonly subject?: string;
	readonly from?: { readonly text: string };
	readonly to?: { readonly text: string };
	readonly text?: string;
	readonly html?: string | false;
}

export interface Mailparser {
	simpleParser(stream: NodeJS.ReadableStream): Promise<ParsedMail>;
}

export interface Locator {
	first(): Locator;
	last(): Locator;
	nth(index: number): Locator;
	locator(selector: string): Locator;
	getByText(text: string | RegExp): Locator;
	count(): Promise<number>;
	click(options?: { force?: boolean; button?: 'left' | 'right' }): Promise<void>;
	dblclick(): Promise<void>;
	fill(text: string): Promise<void>;
	hover(): Promise<void>;
	innerText(): Promise<string>;
	allInnerTexts(): Promise<string[]>;
	getAttribute(name: string): Promise<string | null>;
	isVisible(): Promise<boolean>;
	waitFor(options?: { state?: 'visible' | 'hidden' | 'attached'; timeout?: number }): Promise<void>;
	scrollIntoViewIfNeeded(): Promise<void>;
	evaluateAll<T>(read: (elements: Element[]) => T): Promise<T>;
	boundingBox(): Promise<{ x: number; y: number; width: number; height: number } | null>;
	screenshot(options: { path: string }): Promise<unknown>;
}

/** Only what the reading functions, which run inside the browser, touch. */
export interface Element {
	readonly textContent: string | null;
	readonly complete?: boolean;
	readonly naturalWidth?: number;
	readonly value?: string;
	getAttribute(name: string): string | null;
	getBoundingClientRect(): { x: number; y: number; width: number; height: number };
}

export interface Page {
	readonly keyboard: { press(key: string): Promise<void>; type(text: string): Promise<void> };
	readonly mouse: {
		move(x: number, y: number): Promise<void>;
		wheel(deltaX: number, deltaY: number): Promise<void>;
	};
	goto(url: string): Promise<unknown>;
	locator(selector: string): Locator;
	getByText(text: string | RegExp): Locator;
	screenshot(options: { path: string; fullPage?: boolean }): Promise<unknown>;
	waitForTimeout(ms: number): Promise<void>;
	waitForEvent(event: 'filechooser'): Promise<{ setFiles(path: string): Promise<void> }>;
	setDefaultTimeout(ms: number): void;
	emulateMedia(options: { colorScheme: 'light' | 'dark' }): Promise<void>;
	setViewportSize(size: { width: number; height: number }): Promise<void>;
	evaluate<T>(script: string): Promise<T>;
}

export interface BrowserContext {
	pages(): Page[];
	newPage(): Promise<Page>;
	addCookies(cookies: { name: string; value: string; url: string }[]): Promise<void>;
	close(): Promise<void>;
}

export interface Playwright {
	readonly chromium: {
		launchPersistentContext(
			folder: string,
			options: {
				executablePath: string;
				headless: boolean;
				viewport: { width: number; height: number };
				colorScheme?: 'light' | 'dark';
				args: string[];
			},
		): Promise<BrowserContext>;
	};
}
