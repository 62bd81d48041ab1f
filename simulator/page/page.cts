import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { loopbackOnly } from '../control/loopbackOnly.cjs';

/** The page a person looks at while a demonstration runs. It asks the control API; nothing is rendered here. */
export function registerPage(app: FastifyInstance): void {
	const html = readFileSync(join(__dirname, 'page.html'), 'utf8');
	app.get('/', { onRequest: loopbackOnly }, (_request, reply) => {
		return reply
			.type('text/html; charset=utf-8')
			.header(
				'content-security-policy',
				"default-src 'self'; style-src 'unsafe-inline'; script-src 'unsafe-inline'",
			)
			.send(html);
	});
}
