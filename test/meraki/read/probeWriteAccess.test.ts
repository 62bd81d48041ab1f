import type { HttpRequest } from '../../../meraki/http/transport';
import { testWriteAccess } from '../../../meraki/read/probeWriteAccess';
import { answer, BASE_URL, noAnswer, type Reply, scripted } from '../support/scripted';

const URL = `${BASE_URL}/organizations/1/actionBatches`;
const NETWORK = { organizationId: '1', id: 'N_1', tags: ['b', 'london_primary_up', 'b'] };
const STORED = answer(201, { id: '7/8', confirmed: false, status: {}, actions: [] });

type Replies = ReadonlyArray<Reply | ((request: HttpRequest) => Reply)>;

async function asked(...replies: Replies) {
	const run = scripted({ replies });
	const access = await testWriteAccess(run.client, NETWORK);
	return { access, requests: run.requests };
}

describe('whether the key may write', () => {
	it('is asked by a batch that nothing carries out and that would change nothing, and it is deleted', async () => {
		const { access, requests } = await asked(STORED, answer(204, ''));
		expect(access).toEqual({ kind: 'allowed' });
		expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
			`POST ${URL}`,
			`DELETE ${URL}/7%2F8`,
		]);
		expect(requests[0]?.body).toMatchObject({
			confirmed: false,
			actions: [{ resource: '/networks/N_1', operation: 'update', body: { tags: NETWORK.tags } }],
		});
		expect(requests[1]?.body).toBeUndefined();
	});

	it.each([
		['refused', answer(403, { errors: ['No right'] })],
		['not found', answer(404, {})],
		['not answered', noAnswer('ECONNRESET')],
	])('is known, though the deletion was %s: Meraki forgets it after a week', async (_what, reply) => {
		expect((await asked(STORED, reply)).access).toEqual({ kind: 'allowed' });
	});

	it.each([
		{ says: 'may not', reply: answer(403, { errors: ['No right'] }), kind: 'refused' },
		{ says: 'sees nothing there', reply: answer(404, {}), kind: 'refused' },
		{ says: 'not a request', reply: answer(400, { errors: ['Unsupported operation'] }), kind: 'unknown' },
		{ says: 'not this key', reply: answer(401, {}), kind: 'unknown' },
		{ says: 'too many requests', reply: answer(429, {}), kind: 'unknown' },
		{ says: 'a fault', reply: answer(500, {}), kind: 'unknown' },
		{ says: 'nothing', reply: noAnswer('ECONNRESET'), kind: 'unknown' },
	])('where Meraki says $says: $kind, with its words, and nothing to delete', async ({ reply, kind }) => {
		const { access, requests } = await asked(reply);
		expect(access).toEqual({ kind, why: expect.stringContaining('POST /organizations/1/actionBatches') });
		expect(requests).toHaveLength(1);
	});

	it('says what Meraki says', async () => {
		const { access } = await asked(answer(403, { errors: ['No right'] }));
		expect(access).toMatchObject({ why: expect.stringContaining('No right') });
	});

	it('a fault of ours is no answer of Meraki', async () => {
		const broken = () => {
			throw new TypeError('ours');
		};
		await expect(asked(broken)).rejects.toThrow('ours');
		await expect(asked(STORED, broken)).rejects.toThrow('ours');
	});
});
