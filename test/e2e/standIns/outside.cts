import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MockttpServer, ProxiedAnswer } from '../toolTypes.cjs';
import type { Tools } from '../tools.cjs';

export interface OutsideRequest {
	readonly host: string;
	readonly method: string;
	readonly path: string;
	readonly authorization: string | undefined;
	readonly body: string;
}

export type OutsideHost = (request: OutsideRequest) => Promise<ProxiedAnswer>;

/**
 * The internet as n8n sees it here: a proxy that ends TLS with a certificate authority of its own and answers for the
 * hosts it is told. Every other host is refused, so nothing leaves this computer.
 */
export class Outside {
	private readonly served: {
		readonly isFor: (request: OutsideRequest) => boolean;
		readonly answer: OutsideHost;
	}[] = [];
	private readonly refused = new Set<string>();

	private constructor(
		private readonly server: MockttpServer,
		/** The file of the authority that every https answer here is signed by. */
		readonly certificate: string,
	) {}

	static async start({ mockttp }: Tools, folder: string): Promise<Outside> {
		const { key, cert } = await mockttp.generateCACertificate({
			subject: { commonName: 'End-to-end test' },
		});
		const certificate = join(folder, 'authority.pem');
		writeFileSync(certificate, cert);
		const server = mockttp.getLocal({ https: { key, cert }, http2: false });
		await server.start();
		const outside = new Outside(server, certificate);
		await server
			.forAnyRequest()
			.always()
			.thenCallback(async ({ url, method, headers, body }) => {
				const { hostname, pathname, search } = new URL(url);
				const text = (await body.getText()) ?? '';
				const { authorization } = headers;
				return await outside.answer({
					host: hostname,
					method,
					path: pathname + search,
					authorization,
					body: text,
				});
			});
		return outside;
	}

	/** For n8n's process. Loopback goes past the proxy: the simulator and the mail server are there. */
	get environment(): Readonly<Record<string, string>> {
		const proxy = `http://127.0.0.1:${this.server.port}`;
		return { HTTPS_PROXY: proxy, HTTP_PROXY: proxy, NODE_EXTRA_CA_CERTS: this.certificate };
	}

	/** Hosts that were asked for and that nobody here answers for. */
	get refusedHosts(): readonly string[] {
		return [...this.refused];
	}

	serve(isFor: (request: OutsideRequest) => boolean, answer: OutsideHost): void {
		this.served.push({ isFor, answer });
	}

	async close(): Promise<void> {
		await this.server.stop();
	}

	private async answer(request: OutsideRequest): Promise<ProxiedAnswer> {
		const server = this.served.find(({ isFor }) => isFor(request));
		if (server) return await server.answer(request);
		this.refused.add(request.host);
		return { statusCode: 599, body: 'refused by the test' };
	}
}
