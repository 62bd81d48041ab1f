import { parseLoss } from '../../meraki/parse/loss';
import { parseNetwork, parseNetworks } from '../../meraki/parse/networks';
import { parseIdentity, parseOrganization, parseOrganizations } from '../../meraki/parse/organizations';
import { parsePeers } from '../../meraki/parse/peers';
import { parseTime } from '../../meraki/parse/time';
import { parseUplinkStatuses } from '../../meraki/parse/uplinkStatuses';
import {
	APPLIANCE,
	IDENTITY,
	LOSS_ROW,
	NETWORK,
	ORGANIZATION,
	PEER,
	SECRET_CANARY,
} from './support/examples';

const TS = '2019-01-31T18:46:13Z';
const AT = Date.UTC(2019, 0, 31, 18, 46, 13);

describe("the contract's own examples", () => {
	it('become domain words', () => {
		expect(parseIdentity(IDENTITY)).toEqual({ name: 'Miles Meraki', email: 'miles@meraki.com' });
		expect(parseOrganizations([ORGANIZATION]).rows).toEqual([
			{ id: '2930418', name: 'My organization', apiEnabled: true },
		]);
		expect(parseNetworks([NETWORK]).rows).toEqual([
			{
				id: 'N_24329156',
				organizationId: '2930418',
				name: 'Main Office',
				url: 'https://n1.meraki.com//n//manage/nodes/list',
				tags: ['tag1', 'london_primary_up', 'paris_backup_down'],
				timeZone: 'America/Los_Angeles',
				notes: 'Additional description of the network',
			},
		]);
		expect(parseLoss([LOSS_ROW]).rows).toEqual([
			{
				networkId: 'N_24329156',
				serial: 'Q234-ABCD-5678',
				uplink: 'wan1',
				ip: '1.2.3.4',
				samples: [{ sampledAt: AT, lossPercent: 5.3, latencyMs: 194.9 }],
			},
		]);
		expect(parsePeers({ peers: [PEER] }).rows).toEqual([
			{
				name: 'Peer Name',
				publicIp: '123.123.123.1',
				publicHostname: null,
				networkTags: ['all'],
				hasNativeFailover: true,
			},
		]);
		expect(parseUplinkStatuses([APPLIANCE]).rows).toEqual([
			{
				networkId: 'N_24329156',
				serial: 'Q234-ABCD-5678',
				role: 'primary',
				lastReportedAt: Date.UTC(2018, 1, 11),
				uplinks: [
					{ uplink: 'wan1', status: 'active' },
					{ uplink: 'cellular', status: 'ready' },
				],
			},
		]);
	});
});

const lossOf = (sample: object) =>
	parseLoss([{ ...LOSS_ROW, timeSeries: [{ ts: TS, ...sample }] }]).rows[0]?.samples[0];

describe('R1.2: a broken value is unmeasured, neither good nor bad', () => {
	it.each([
		{ says: 'trap 4: null', lossPercent: null, latencyMs: null, is: [null, null] },
		{ says: 'missing', is: [null, null] },
		{ says: 'zero is measured', lossPercent: 0, latencyMs: 0, is: [0, 0] },
		{ says: 'all is measured', lossPercent: 100, latencyMs: 1.5, is: [100, 1.5] },
		{ says: 'over 100', lossPercent: 100.1, latencyMs: 5, is: [null, 5] },
		{ says: 'negative', lossPercent: -0.1, latencyMs: -1, is: [null, null] },
		{ says: 'text', lossPercent: '30', latencyMs: '5', is: [null, null] },
		{ says: 'not a number', lossPercent: NaN, latencyMs: NaN, is: [null, null] },
		{ says: 'endless', lossPercent: Infinity, latencyMs: Infinity, is: [null, null] },
		{ says: 'each by itself: only the latency is null', lossPercent: 7, latencyMs: null, is: [7, null] },
		{ says: 'each by itself: only the loss is null', lossPercent: null, latencyMs: 7, is: [null, 7] },
		{ says: 'an object', lossPercent: { valueOf: 3 }, latencyMs: [3], is: [null, null] },
	])('$says', ({ is, lossPercent, latencyMs }) => {
		expect(lossOf({ lossPercent, latencyMs })).toEqual({
			sampledAt: AT,
			lossPercent: is[0],
			latencyMs: is[1],
		});
	});
});

describe('loss rows', () => {
	it.each([
		{
			says: 'trap 5: a missing series is a row without samples',
			more: { timeSeries: undefined },
			samples: 0,
		},
		{ says: 'trap 5: an empty one too', more: { timeSeries: [] }, samples: 0 },
		{ says: 'null too', more: { timeSeries: null }, samples: 0 },
		{ says: 'an uplink that nobody has heard of stays', more: { uplink: 'wan9' }, samples: 1 },
		{ says: 'a destination that is no address stays', more: { ip: 'example' }, samples: 1 },
	])('$says', ({ more, samples }) => {
		const { rows, skipped } = parseLoss([{ ...LOSS_ROW, ...more }]);
		expect(rows.map((row) => row.samples.length)).toEqual([samples]);
		expect(skipped).toEqual([]);
	});

	it.each([
		{
			says: 'no network',
			more: { networkId: undefined },
			path: '[1].networkId',
			why: 'is missing, not text',
		},
		{
			says: 'a number as id, which may have lost digits',
			more: { networkId: 2 ** 64 },
			path: '[1].networkId',
			why: 'is a number, not text',
		},
		{ says: 'a blank serial', more: { serial: ' ' }, path: '[1].serial', why: 'is empty' },
		{ says: 'no destination', more: { ip: null }, path: '[1].ip', why: 'is null, not text' },
		{ says: 'a list as uplink', more: { uplink: [] }, path: '[1].uplink', why: 'is a list, not text' },
		{
			says: 'a series that is none',
			more: { timeSeries: {} },
			path: '[1].timeSeries',
			why: 'is an object, not a list',
		},
	])('a broken row is left out and named, the others stay: $says', ({ more, path, why }) => {
		const { rows, skipped } = parseLoss([LOSS_ROW, { ...LOSS_ROW, ...more }, LOSS_ROW]);
		expect(rows).toHaveLength(2);
		expect(skipped).toEqual([{ path, why }]);
	});

	it('a row that is no object is left out', () => {
		expect(parseLoss([null, 'x', [LOSS_ROW]]).skipped.map(({ why }) => why)).toEqual([
			'is null, not an object',
			'is a text, not an object',
			'is a list, not an object',
		]);
	});

	it('a sample without its time is left out and named, the others stay', () => {
		const series = [
			{ ts: TS },
			{ ts: 'yesterday' },
			{ lossPercent: 1 },
			null,
			{ ts: TS.replace('13', '14') },
		];
		const { rows, skipped } = parseLoss([LOSS_ROW, { ...LOSS_ROW, timeSeries: series }]);
		expect(rows[1]?.samples.map(({ sampledAt }) => sampledAt)).toEqual([AT, AT + 1000]);
		expect(skipped).toEqual([
			{ path: '[1].timeSeries[1].ts', why: 'is not a time: "yesterday"' },
			{ path: '[1].timeSeries[2].ts', why: 'is not a time: missing' },
			{ path: '[1].timeSeries[3]', why: 'is null, not an object' },
		]);
	});

	it('a quoted value is cut and cannot break the line', () => {
		const { skipped } = parseLoss([{ ...LOSS_ROW, timeSeries: [{ ts: `\n"${'x'.repeat(100)}` }] }]);
		expect(skipped[0]?.why).toBe(`is not a time: "\\n\\"${'x'.repeat(28)}"`);
	});
});

describe('times', () => {
	it.each([
		{ says: 'UTC', value: TS, is: AT },
		{ says: 'with fractions', value: '2019-01-31T18:46:13.250Z', is: AT + 250 },
		{ says: 'with another zone', value: '2019-01-31T19:46:13+01:00', is: AT },
		{ says: 'without a zone: whose?', value: '2019-01-31T18:46:13', is: null },
		{ says: 'a day only', value: '2019-01-31', is: null },
		{ says: 'no such month', value: '2019-13-31T18:46:13Z', is: null },
		{ says: 'a number', value: AT, is: null },
		{ says: 'text that Date.parse accepts', value: '5', is: null },
	])('$says', ({ value, is }) => {
		expect(parseTime(value)).toBe(is);
	});
});

describe('networks', () => {
	it.each([
		{ says: 'tags null, as in the documentation', tags: null, is: [] },
		{ says: 'tags missing', tags: undefined, is: [] },
		{
			says: 'trap 1: order, case, duplicates and odd characters stay',
			tags: ['b', 'A', 'b', 'site_code:X', ' x', ''],
			is: ['b', 'A', 'b', 'site_code:X', ' x', ''],
		},
	])('$says', ({ tags, is }) => {
		expect(parseNetwork({ ...NETWORK, tags }).tags).toEqual(is);
	});

	it.each([
		{
			says: 'trap 1: a tag that is no text makes the network unusable, or the next write would delete it',
			more: { tags: ['a', 5] },
			path: '[0].tags[1]',
			why: 'is a number, not text',
		},
		{
			says: 'trap 19: tags of v0, in one text',
			more: { tags: 'a b' },
			path: '[0].tags',
			why: 'is a text, not a list',
		},
		{ says: 'no id', more: { id: '' }, path: '[0].id', why: 'is empty' },
		{
			says: 'no organization',
			more: { organizationId: null },
			path: '[0].organizationId',
			why: 'is null, not text',
		},
		{ says: 'no name', more: { name: false }, path: '[0].name', why: 'is a boolean, not text' },
	])('$says', ({ more, path, why }) => {
		const { rows, skipped } = parseNetworks([{ ...NETWORK, ...more }, NETWORK]);
		expect(rows).toHaveLength(1);
		expect(skipped).toEqual([{ path, why }]);
	});

	it('fields that nothing depends on may be anything', () => {
		const { url, timeZone, notes } = parseNetwork({ ...NETWORK, url: 1, timeZone: null, notes: undefined });
		expect([url, timeZone, notes]).toEqual([null, null, null]);
	});

	it('fields from a polluted prototype do not count', () => {
		const body = Object.create({ ...NETWORK, id: 'N_inherited' }) as object;
		expect(() => parseNetwork(body)).toThrow('.id is missing');
		expect(
			parseNetwork(JSON.parse(JSON.stringify(NETWORK).replace('{', '{"__proto__":{"tags":["x"]},'))).tags,
		).toEqual(NETWORK.tags);
	});
});

describe('organizations', () => {
	it.each([
		{ says: 'API access off', api: { enabled: false }, is: false },
		{ says: 'not said', api: undefined, is: null },
		{ says: 'null', api: null, is: null },
		{ says: 'said in a way nobody knows', api: { enabled: 'yes' }, is: null },
	])('$says', ({ api, is }) => {
		expect(parseOrganization({ ...ORGANIZATION, api }).apiEnabled).toBe(is);
	});

	it('with a broken part is named by its path', () => {
		expect(() => parseOrganization({ ...ORGANIZATION, api: true })).toThrow(
			'.api is a boolean, not an object',
		);
		expect(parseOrganizations([{ ...ORGANIZATION, api: [] }]).skipped).toEqual([
			{ path: '[0].api', why: 'is a list, not an object' },
		]);
	});

	it('an identity without a name is one all the same', () => {
		expect(parseIdentity({})).toEqual({ name: null, email: null });
	});
});

describe('peers', () => {
	const one = (more: object) =>
		parsePeers({ peers: [{ ...PEER, group: null, slaPolicy: undefined, ...more }] }).rows[0];

	it.each([
		{ says: 'neither', more: {}, is: false },
		{ says: 'a group', more: { group: { number: 1 } }, is: true },
		{ says: 'an SLA policy', more: { slaPolicy: { id: '1' } }, is: true },
	])('native failover: $says', ({ more, is }) => {
		expect(one(more)?.hasNativeFailover).toBe(is);
	});

	it('by host name', () => {
		expect(one({ publicIp: undefined, publicHostname: 'a.test' })).toMatchObject({
			publicIp: null,
			publicHostname: 'a.test',
		});
	});

	it('without tags is for every network, the documented default', () => {
		expect(one({ networkTags: undefined })?.networkTags).toEqual(['all']);
		expect(one({ networkTags: ['none'] })?.networkTags).toEqual(['none']);
	});

	it('that is broken is named without any of its values', () => {
		const peers = [
			{ ...PEER, name: [SECRET_CANARY] },
			SECRET_CANARY,
			{ ...PEER, networkTags: [{ a: SECRET_CANARY }] },
			PEER,
		];
		const { rows, skipped } = parsePeers({ peers });
		expect(rows).toHaveLength(1);
		expect(skipped).toEqual([
			{ path: 'peers[0].name', why: 'is a list, not text' },
			{ path: 'peers[1]', why: 'is a text, not an object' },
			{ path: 'peers[2].networkTags[0]', why: 'is an object, not text' },
		]);
	});

	it('a body that is no list of peers is an error', () => {
		expect(() => parsePeers({})).toThrow('peers is missing, not a list');
		expect(() => parsePeers([PEER])).toThrow('the answer is a list, not an object');
	});
});

describe('uplink statuses', () => {
	const one = (more: object) => parseUplinkStatuses([{ ...APPLIANCE, ...more }]);

	it.each([
		{ says: 'no warm spare', more: { highAvailability: undefined }, is: { role: null } },
		{ says: 'never reported', more: { lastReportedAt: null }, is: { lastReportedAt: null } },
		{ says: 'no uplinks', more: { uplinks: undefined }, is: { uplinks: [] } },
		{
			says: 'a status that nobody has heard of',
			more: { uplinks: [{ interface: 'wan1', status: 'odd' }] },
			is: { uplinks: [{ uplink: 'wan1', status: 'odd' }] },
		},
	])('$says', ({ more, is }) => {
		expect(one(more)).toMatchObject({ rows: [is], skipped: [] });
	});

	it.each([
		{ says: 'no serial', more: { serial: undefined }, path: '[0].serial' },
		{ says: 'a role that is nowhere', more: { highAvailability: 'primary' }, path: '[0].highAvailability' },
		{ says: 'uplinks that are none', more: { uplinks: {} }, path: '[0].uplinks' },
	])('left out: $says', ({ more, path }) => {
		expect(one(more)).toMatchObject({ rows: [], skipped: [{ path }] });
	});

	it('an uplink without a name is left out, the appliance stays', () => {
		const { rows, skipped } = one({ uplinks: [{ status: 'active' }, ...APPLIANCE.uplinks] });
		expect(rows[0]?.uplinks).toHaveLength(2);
		expect(skipped).toEqual([{ path: '[0].uplinks[0].interface', why: 'is missing, not text' }]);
	});
});

describe('a body that is no list', () => {
	it.each([
		{ says: 'an error object', body: { errors: ['no'] }, why: 'the answer is an object, not a list' },
		{ says: 'a text', body: 'x', why: 'the answer is a text, not a list' },
		{ says: 'null', body: null, why: 'the answer is null, not a list' },
		{ says: 'nothing', body: undefined, why: 'the answer is missing, not a list' },
	])('$says', ({ body, why }) => {
		for (const parse of [parseLoss, parseNetworks, parseOrganizations, parseUplinkStatuses]) {
			expect(() => parse(body)).toThrow(why);
		}
	});

	it('a fault of ours in a parser is not taken for a bad field', () => {
		const trap = {
			get id(): string {
				throw new TypeError('ours');
			},
		};
		expect(() => parseNetworks([trap])).toThrow(TypeError);
	});
});
