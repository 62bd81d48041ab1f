import { APPLIANCE } from '../support/examples';
import { answer, errorOf, ok, scripted } from '../support/scripted';

const TOO_LONG = answer(414, '');

describe('statuses of single networks', () => {
	it('are read from the whole list where the address is too long for Meraki', async () => {
		const run = scripted({ replies: [TOO_LONG, ok([APPLIANCE])] });
		const { rows } = await run.client.uplinkStatuses('1', ['N_1', 'N_2']);
		expect(rows).toHaveLength(1);
		expect(run.requests.map(({ url }) => url.includes('networkIds'))).toEqual([true, false]);
	});

	it.each([
		{
			says: 'of single networks, after any other refusal',
			networks: ['N_1'],
			reply: answer(403, {}),
			status: 403,
		},
		{ says: 'of all, whatever is too long there', networks: 'all', reply: TOO_LONG, status: 414 },
	] as const)('are asked for once: $says', async ({ networks, reply, status }) => {
		const run = scripted({ replies: [reply] });
		expect(await errorOf(run.client.uplinkStatuses('1', networks))).toMatchObject({ status });
		expect(run.requests).toHaveLength(1);
	});

	it('that fail by a fault of ours fail by that', async () => {
		const run = scripted({ replies: [] });
		await expect(run.client.uplinkStatuses('1', ['N_1'])).rejects.toThrow('no reply');
		expect(run.requests).toHaveLength(1);
	});
});
