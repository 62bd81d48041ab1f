import { TokenBucket } from '../../simulator/api/rateLimit.cjs';
import {
	ask,
	networkWith,
	organizationWith,
	putTags,
	scenarioWith,
	simulatorOf,
	START,
	tagsOf,
} from './dashboards.cjs';

const OF = '/organizations/1';
const withUnknowns = (unknowns: object, more: object = {}) =>
	simulatorOf(scenarioWith({ unknowns, ...more }));
const batch = (tags: readonly string[]) => ({
	confirmed: true,
	synchronous: true,
	actions: [{ resource: '/networks/N_1', operation: 'update', body: { tags } }],
});

describe('what Meraki documents nowhere', () => {
	it('a request without a proper user agent may be refused', async () => {
		const simulator = withUnknowns({ userAgent: 'required' });
		for (const [agent, status] of [
			['AppName/1.0 VendorName', 200],
			['axios/1.7.2', 403],
			['App-Name/1.0 Vendor Name', 403],
		] as const) {
			const reply = await ask(simulator, OF, { headers: { 'user-agent': agent } });
			expect([agent, reply.status]).toEqual([agent, status]);
		}
		expect(simulator.violations.all).toEqual([]);
	});

	it('an address may be too long', async () => {
		const simulator = withUnknowns({ longestUrl: 60 });
		expect((await ask(simulator, `${OF}/networks`)).status).toBe(200);
		expect((await ask(simulator, `${OF}/networks?tags[]=${'x'.repeat(60)}`)).status).toBe(414);
	});

	it('a tag may be refused for its length or characters, alone and in a batch', async () => {
		const simulator = withUnknowns({ tagRule: { longest: 10, pattern: '^[a-z_]+$' } });
		expect((await putTags(simulator, ['ok_tag'])).status).toBe(200);
		for (const tag of ['a:b', 'x'.repeat(11)]) {
			expect(await putTags(simulator, [tag])).toMatchObject({
				status: 400,
				body: { errors: [expect.stringContaining(tag)] },
			});
			const reply = await ask(simulator, `${OF}/actionBatches`, { method: 'POST', body: batch([tag]) });
			expect(reply.body).toMatchObject({ status: { failed: true } });
		}
		expect(tagsOf(simulator)).toEqual(['ok_tag']);
	});

	it('a network bound to a template may be forbidden', async () => {
		const networks = [networkWith({ isBoundToConfigTemplate: true })];
		const organizations = [organizationWith({ networks, templateBoundTags: 'forbidden' })];
		const simulator = simulatorOf(scenarioWith({ organizations }));
		expect((await putTags(simulator, ['a'])).status).toBe(403);
	});

	it.each([
		['exact', []],
		['ignored', ['london']],
	])('a peer may match tags whatever their case: %s', (peerTagCase, expected) => {
		const simulator = withUnknowns({ peerTagCase });
		const peers = simulator.state.organization('1')?.peersFor(['LONDON_primary_UP']);
		expect(peers?.map(({ name }) => name)).toEqual(expected);
	});

	it('VPN statuses may show other words and other peers', async () => {
		const simulator = withUnknowns({ tunnelDownWord: 'dormant', unmatchedPeers: 'shown' });
		const { body } = await ask(simulator, `${OF}/appliance/vpn/statuses`);
		expect(body).toMatchObject([
			{
				thirdPartyVpnPeers: [
					{ name: 'london', reachability: 'reachable' },
					{ name: 'paris', reachability: 'dormant' },
				],
			},
		]);
	});

	it('statuses may be minutes old', async () => {
		const simulator = withUnknowns(
			{ statusLagMinutes: 5 },
			{ events: [{ kind: 'applianceOffline', atMinutes: 1 }] },
		);
		const status = async () => {
			const uplinks = (await ask(simulator, `${OF}/appliance/uplink/statuses`)).body;
			const vpn = (await ask(simulator, `${OF}/appliance/vpn/statuses`)).body;
			return [
				(uplinks as { uplinks: { status: string }[] }[])[0]?.uplinks[0]?.status,
				(vpn as { deviceStatus: string }[])[0]?.deviceStatus,
			];
		};
		simulator.clock.advance(5 * 60_000);
		expect(await status()).toEqual(['active', 'online']);
		simulator.clock.advance(2 * 60_000);
		expect(await status()).toEqual(['not connected', 'offline']);
	});

	it('a request that is turned away may cost budget', () => {
		const allowed = (turnedAway: 'free' | 'counted') => {
			const bucket = new TokenBucket(10, 20);
			for (let request = 1; request <= 30; request += 1) bucket.take(START, turnedAway);
			return Array.from({ length: 20 }, () => bucket.take(START + 1000, turnedAway)).filter(Boolean).length;
		};
		expect(allowed('free')).toBe(10);
		expect(allowed('counted')).toBe(0);
	});

	it.each([400, 404, 422])('batches of tags may not be supported: %d', async (unsupportedOperation) => {
		const simulator = withUnknowns({ batchedTags: 'unsupported', unsupportedOperation });
		const reply = await ask(simulator, `${OF}/actionBatches`, { method: 'POST', body: batch(['a']) });
		expect(reply).toMatchObject({
			status: unsupportedOperation,
			body: { errors: ['Unsupported operation'] },
		});
	});
});
