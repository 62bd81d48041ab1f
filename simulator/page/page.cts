import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { loopbackOnly } from '../control/loopbackOnly.cjs';

/** Nothing from elsewhere, nothing inline: names shown here are hostile. */
const CONTENT_SECURITY_POLICY =
	"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const CLIENT = join(__dirname, 'client');

interface Served {
	readonly type: 'text/html' | 'text/css' | 'text/javascript';
	readonly path: string;
}

const files: Readonly<Record<string, Served>> = {
	'/': { type: 'text/html', path: join(__dirname, 'page.html') },
	'/page/page.css': { type: 'text/css', path: join(__dirname, 'page.css') },
	'/page/uPlot.css': { type: 'text/css', path: chartFile('uPlot.min.css') },
	'/page/uPlot.js': { type: 'text/javascript', path: chartFile('uPlot.iife.min.js') },
};

/** The page a person looks at while a demonstration runs. It asks the control API; nothing is rendered here. */
export function registerPage(app: FastifyInstance): void {
	for (const [url, { type, path }] of Object.entries(files)) {
		app.get(url, { onRequest: loopbackOnly }, (_request, reply) =>
			sent(reply, type, readFileSync(path, 'utf8')),
		);
	}
	for (const name of clientModules()) {
		app.get(`/page/client/${name}.mjs`, { onRequest: loopbackOnly }, (_request, reply) =>
			sent(reply, 'text/javascript', transpiled(join(CLIENT, `${name}.mts`))),
		);
	}
}

function clientModules(): string[] {
	return readdirSync(CLIENT)
		.filter((file) => file.endsWith('.mts'))
		.map((file) => basename(file, '.mts'));
}

/** A browser reads no types. They are taken out when asked for, so that there is no second build. */
function transpiled(path: string): string {
	// Loaded only when somebody looks at the page: it is big, and most simulators live in tests.
	const typescript = createRequire(__filename)('typescript') as typeof import('typescript');
	const { outputText } = typescript.transpileModule(readFileSync(path, 'utf8'), {
		compilerOptions: {
			target: typescript.ScriptTarget.ES2022,
			module: typescript.ModuleKind.ES2022,
			verbatimModuleSyntax: true,
		},
	});
	return outputText;
}

function sent(reply: FastifyReply, type: Served['type'], text: string): FastifyReply {
	return reply
		.type(`${type}; charset=utf-8`)
		.header('content-security-policy', CONTENT_SECURITY_POLICY)
		.header('x-content-type-options', 'nosniff')
		.header('cache-control', 'no-cache')
		.send(text);
}

function chartFile(name: string): string {
	return join(__dirname, '..', '..', 'node_modules', 'uplot', 'dist', name);
}
