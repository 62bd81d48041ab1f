import { createServer, type Server } from 'node:http';

export interface Visit {
	readonly method: string;
	readonly path: string;
	/** True would mean that a client gave its key away. */
	readonly broughtKey: boolean;
}

/** A host that is not Meraki's: redirects and page links can point to it, and it notes who comes. */
export class Stranger {
	readonly visits: Visit[] = [];
	readonly server: Server;

	constructor() {
		this.server = createServer((request, response) => {
			const { headers } = request;
			const broughtKey = ['authorization', 'x-cisco-meraki-api-key'].some(
				(name) => headers[name] !== undefined,
			);
			this.visits.push({ method: request.method ?? '', path: request.url ?? '', broughtKey });
			response.setHeader('content-type', 'application/json');
			response.end('[]');
		});
	}
}
