import type { HttpRequest } from '../../../meraki/http/transport';
import { NETWORK } from './examples';
import { answer, ok, type Reply } from './scripted';

/** The networks of a small dashboard, and a place to make its next answers go wrong. */
export function dashboard(networks: Readonly<Record<string, readonly string[]>>) {
	const tags = new Map(Object.entries(networks));
	const faults: Array<(request: HttpRequest, land: () => Reply) => Reply | undefined> = [];
	const reply = (request: HttpRequest): Reply => {
		const id = decodeURIComponent(request.url.split('/').at(-1) ?? '');
		const land = (): Reply => {
			const current = tags.get(id);
			if (current === undefined) return answer(404, { errors: ['Not found'] });
			if (request.method === 'GET') return ok({ ...NETWORK, id, tags: current });
			const { tags: written } = request.body as { readonly tags: readonly string[] };
			tags.set(id, written);
			return ok({ ...NETWORK, id, tags: written });
		};
		return faults.shift()?.(request, land) ?? land();
	};
	return { tags, faults, reply };
}
