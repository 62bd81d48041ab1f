import { lookAt, tagReading } from '../../../meraki/write/tagLists';
import { ids, on, ORGANIZATION_ID } from '../support/batchDashboard';
import { dashboard } from '../support/dashboard';
import { NETWORK } from '../support/examples';
import { answer, noAnswer, ok, type Reply, scripted } from '../support/scripted';

describe('R6 the newest list of networks', () => {
	const reading = () => {
		const run = scripted({ replies: () => ok([NETWORK]), client: { requestsPerSecond: Infinity } });
		return { ...run, reading: tagReading(run.client, ORGANIZATION_ID) };
	};

	it.each([
		{ says: 'is read once for two seconds', afterMs: 1999, calls: 1 },
		{ says: 'is read again later', afterMs: 2000, calls: 2 },
	])('$says', async ({ afterMs, calls }) => {
		const { reading: tags, requests, time } = reading();
		expect([...(await tags.fresh()).networks.keys()]).toEqual([NETWORK.id]);
		await time.sleep(afterMs);
		const { readAtMs } = await tags.fresh();
		expect(readAtMs).toBe(calls === 1 ? 0 : afterMs);
		expect(requests).toHaveLength(calls);
	});

	it('is shared by all who ask at the same time, and read again once something has happened', async () => {
		const { reading: tags, requests, time } = reading();
		await Promise.all([tags.fresh(), tags.fresh()]);
		expect(requests).toHaveLength(1);
		await time.sleep(2000);
		await Promise.all([tags.fresh(), tags.fresh()]);
		expect(requests).toHaveLength(2);
		tags.forget();
		await tags.fresh();
		expect(requests).toHaveLength(3);
	});
});

describe('R7 a look at networks that were written', () => {
	const lookedAt = async (
		count: number,
		broken: Readonly<Record<string, Reply>> = {},
		missing: string[] = [],
	) => {
		const there = dashboard(on(ids(count).filter((id) => !missing.includes(id))));
		const list = () => ok([...there.tags].map(([id, tags]) => ({ ...NETWORK, id, tags })));
		const run = scripted({
			replies: (request) => {
				const { pathname } = new URL(request.url);
				if (pathname.endsWith('/networks')) return broken['list'] ?? list();
				return broken[pathname.split('/').at(-1) ?? ''] ?? there.reply(request);
			},
		});
		const { networks, gone } = await lookAt(run.client, ORGANIZATION_ID, ids(count));
		return { shown: [...networks.keys()], gone, calls: run.requests.length };
	};

	it.each([
		{ count: 4, calls: 4 },
		{ count: 5, calls: 1 },
	])('costs $calls calls for $count', async ({ count, calls }) => {
		const look = await lookedAt(count);
		expect(look.calls).toBe(calls);
		expect([...look.shown].sort()).toEqual(ids(count));
		expect(look.gone.size).toBe(0);
	});

	it('finds one gone that Meraki does not find, and knows nothing of one that it does not tell', async () => {
		const broken = { N_2: answer(403, {}), N_3: noAnswer('ECONNRESET') };
		const { shown, gone } = await lookedAt(4, broken, ['N_1']);
		expect(shown).toEqual(['N_4']);
		expect([...gone.keys()]).toEqual(['N_1']);
		expect(gone.get('N_1')).toMatchObject({ kind: 'notFound', merakiErrors: ['Not found'] });
	});

	it('in the list finds those gone that are not in it', async () => {
		const { shown, gone } = await lookedAt(6, {}, ['N_2', 'N_5']);
		expect(shown).toEqual(['N_1', 'N_3', 'N_4', 'N_6']);
		expect([...gone.keys()]).toEqual(['N_2', 'N_5']);
		const path = `/organizations/${ORGANIZATION_ID}/networks`;
		expect(gone.get('N_5')).toMatchObject({
			kind: 'notFound',
			method: 'GET',
			path,
			message: `The network is no longer in the list of the organization's networks (GET ${path}). Check what this key may see.`,
		});
	});

	it('in a list with a row that cannot be read finds nobody gone', async () => {
		const { shown, gone } = await lookedAt(5, {
			list: ok([
				{ ...NETWORK, id: 'N_1' },
				{ ...NETWORK, tags: [1] },
			]),
		});
		expect(shown).toEqual(['N_1']);
		expect(gone.size).toBe(0);
	});
});
