import { lookUpTunnels } from '../../../meraki/read/readTunnels';
import { VPN_STATUS } from '../support/examples';
import { answer, ok, scripted } from '../support/scripted';

const ids = (count: number) => Array.from({ length: count }, (_, n) => `N_${n}`);

describe('R8.5 the VPN statuses are read in as few calls as possible', () => {
	it.each([
		{ says: 'none for none', asked: 0, thereAre: 10_000, calls: 0, byId: 0 },
		{ says: 'by id for a few', asked: 1, thereAre: 1, calls: 1, byId: 1 },
		{ says: 'by id for 50', asked: 50, thereAre: 10_000, calls: 1, byId: 1 },
		{ says: 'by id for 60 of many', asked: 60, thereAre: 10_000, calls: 2, byId: 2 },
		{ says: 'the list for all of 300', asked: 300, thereAre: 300, calls: 1, byId: 0 },
		{ says: 'the list for most of 1,000', asked: 600, thereAre: 1000, calls: 4, byId: 0 },
	])('$says', async ({ asked, thereAre, calls, byId }) => {
		const pages = byId === 0 ? calls : 1;
		const run = scripted({
			replies: ({ url }) => {
				const page = Number(new URL(url).searchParams.get('page') ?? 1);
				const next = { link: `<https://api.meraki.com/api/v1/next?page=${page + 1}>; rel=next` };
				return ok([VPN_STATUS], page < pages ? next : {});
			},
		});
		const look = await lookUpTunnels(run.client, '1', ids(asked), thereAre);
		expect(run.requests).toHaveLength(calls);
		expect(run.requests.filter(({ url }) => url.includes('networkIds'))).toHaveLength(byId);
		const networkIds = look?.kind === 'read' ? look.statuses.map(({ networkId }) => networkId) : undefined;
		expect(networkIds).toEqual(asked === 0 ? undefined : Array(calls).fill(VPN_STATUS.networkId));
	});

	it('a refusal is told in the words of Meraki', async () => {
		const run = scripted({ replies: () => answer(403, { errors: ['no VPN for you'] }) });
		expect(await lookUpTunnels(run.client, '1', ids(1), 1)).toMatchObject({
			kind: 'failed',
			why: expect.stringContaining('no VPN for you'),
		});
	});
});
