import type { Effect, Fault, Simulator } from '../../simulator/simulator.cjs';
import {
	ask,
	organizationWith,
	putTags,
	scenarioWith,
	simulatorOf,
	tagsOf,
	type Reply,
} from './dashboards.cjs';

const TAGS = ['branch', 'london_primary_up', 'site:LS1', 'paris_backup_down'];

function withFault(effect: Effect, fault: Omit<Fault, 'effect'> = {}): Simulator {
	const simulator = simulatorOf();
	simulator.addFault({ ...fault, effect });
	return simulator;
}

const read = (simulator: Simulator): Promise<Reply> => ask(simulator, '/networks/N_1');
const statuses = async (simulator: Simulator, paths: readonly string[]) => {
	const found: number[] = [];
	for (const path of paths) found.push((await ask(simulator, path)).status);
	return found;
};

describe('a fault meets', () => {
	const effect: Effect = { kind: 'status', status: 503 };
	const paths = ['/networks/N_1', '/organizations/1', '/organizations/1/networks?perPage=3'];

	it.each([
		['every request', {}, [503, 503, 503]],
		['a path', { match: { path: '/organizations/1' } }, [200, 503, 200]],
		[
			'a path with any middle, without its query',
			{ match: { path: '/organizations/*/networks' } },
			[200, 200, 503],
		],
		['another method not', { match: { method: 'PUT' as const } }, [200, 200, 200]],
		['another key not', { match: { key: 'somebody' } }, [200, 200, 200]],
		['so many requests', { times: 2 }, [503, 503, 200]],
		['requests after the first so many', { skip: 1, times: 1 }, [200, 503, 200]],
		['nothing outside its time', { fromMinutes: 1 }, [200, 200, 200]],
		['nothing after its time', { untilMinutes: 0 }, [200, 200, 200]],
		['requests within its time', { fromMinutes: -1, untilMinutes: 1 }, [503, 503, 503]],
	])('%s', async (_says, fault, expected) => {
		expect(await statuses(withFault(effect, fault), paths)).toEqual(expected);
	});

	it('requests until it is removed', async () => {
		const simulator = simulatorOf();
		const id = simulator.addFault({ effect });
		expect((await read(simulator)).status).toBe(503);
		expect(simulator.removeFault(id)).toBe(true);
		expect(simulator.removeFault(id)).toBe(false);
		expect((await read(simulator)).status).toBe(200);
	});

	it('requests from the minute a scenario plans', async () => {
		const events = [{ kind: 'fault', atMinutes: 2, untilMinutes: 3, effect }];
		const simulator = simulatorOf(scenarioWith({ events }));
		const found: number[] = [];
		for (let minute = 0; minute < 4; minute += 1) {
			found.push((await read(simulator)).status);
			simulator.clock.advance(60_000);
		}
		expect(found).toEqual([200, 200, 503, 200]);
	});

	it('nobody without a key', async () => {
		expect((await ask(withFault(effect), '/organizations', { key: null })).status).toBe(401);
	});
});

describe('a broken answer', () => {
	it.each([400, 403, 404, 429, 500, 502, 503, 504])(
		'with status %d comes in three forms, and nothing is written',
		async (status) => {
			for (const body of ['errors', 'empty', 'html'] as const) {
				const simulator = withFault({ kind: 'status', status, body, retryAfter: '7' });
				const answer = await putTags(simulator, ['a']);
				expect(answer).toMatchObject({ status, headers: { 'retry-after': '7' } });
				expect(answer.text.slice(0, 2)).toBe({ errors: '{"', empty: '', html: '<!' }[body]);
				expect(tagsOf(simulator)).toEqual(TAGS);
			}
		},
	);

	it('carries the words it is given', async () => {
		const simulator = withFault({ kind: 'status', status: 400, errors: ['Tag is not allowed'] });
		const answer = await read(simulator);
		expect(answer.body).toEqual({ errors: ['Tag is not allowed'] });
		expect(answer.headers['retry-after']).toBeUndefined();
	});

	it('can hide a write that took effect', async () => {
		const simulator = withFault({ kind: 'status', status: 502, body: 'html', takesEffect: true });
		expect((await putTags(simulator, ['a'])).status).toBe(502);
		expect(tagsOf(simulator)).toEqual(['a']);
	});

	it('can be 200 with half the JSON, after a write that took effect', async () => {
		const simulator = withFault({ kind: 'brokenJson' });
		const answer = await putTags(simulator, ['a']);
		expect(answer).toMatchObject({ status: 200, body: undefined });
		expect(answer.headers['content-type']).toContain('application/json');
		expect(answer.text.length).toBeGreaterThan(10);
		expect(tagsOf(simulator)).toEqual(['a']);
	});

	it('can be 200 with a page of HTML, or with errors instead of a list', async () => {
		const html = await read(withFault({ kind: 'htmlAnswer' }));
		expect(html).toMatchObject({ status: 200, headers: { 'content-type': 'text/html' } });
		const simulator = withFault({ kind: 'errorsAnswer', errors: ['Something'] });
		expect(await ask(simulator, '/organizations/1/networks')).toMatchObject({
			status: 200,
			body: { errors: ['Something'] },
		});
	});

	it('carries virtual time as well', async () => {
		const simulator = withFault({ kind: 'status', status: 500, body: 'empty' });
		expect((await read(simulator)).headers['date']).toBe(new Date(simulator.clock.now()).toUTCString());
	});
});

describe('a connection', () => {
	it('can drop before the write takes effect', async () => {
		const simulator = withFault({ kind: 'dropBefore' });
		await expect(putTags(simulator, ['a'])).rejects.toThrow('destroyed');
		expect(tagsOf(simulator)).toEqual(TAGS);
		expect(simulator.requests).toMatchObject([{ status: null, faults: ['dropBefore'] }]);
	});

	it('can drop after the write has taken effect', async () => {
		const simulator = withFault({ kind: 'dropAfter' });
		await expect(putTags(simulator, ['a'])).rejects.toThrow('destroyed');
		expect(tagsOf(simulator)).toEqual(['a']);
		expect(simulator.requests).toMatchObject([{ status: null, tagsAfter: ['a'] }]);
	});

	it('can be slow and get its answer all the same', async () => {
		const simulator = withFault({ kind: 'slow', delayMs: 5 });
		expect((await read(simulator)).status).toBe(200);
		expect(simulator.requests).toMatchObject([{ faults: ['slow'] }]);
	});
});

describe('a redirect', () => {
	const redirect = (to: string, status: 301 | 302 | 307 | 308 = 302) =>
		withFault({ kind: 'redirect', status, to });

	it.each([301, 302, 307, 308] as const)(
		'with status %d names the second host, which then answers',
		async (status) => {
			const simulator = redirect('shard', status);
			const first = await putTags(simulator, ['a']);
			expect(first).toMatchObject({
				status,
				headers: { location: 'https://n1.meraki.com/api/v1/networks/N_1' },
			});
			expect(tagsOf(simulator)).toEqual(TAGS);
			const second = await putTags(simulator, ['a'], { headers: { host: 'n1.meraki.com' } });
			expect(second.status).toBe(200);
			expect(tagsOf(simulator)).toEqual(['a']);
			expect(simulator.requests.map(({ host }) => host)).toEqual(['localhost:80', 'n1.meraki.com']);
		},
	);

	it('can lead to another path of the same origin, which then answers', async () => {
		const simulator = redirect('ownOrigin');
		const first = await ask(simulator, '/organizations/1/networks?perPage=3');
		expect(first.headers['location']).toBe(
			'http://localhost:80/shard/api/v1/organizations/1/networks?perPage=3',
		);
		const second = await simulator.inject({
			url: '/shard/api/v1/organizations/1/networks?perPage=3',
			headers: { authorization: 'Bearer simulated-key-full' },
		});
		expect(second.statusCode).toBe(200);
	});

	it.each([
		['to itself', 'loop', 'http://localhost:80/api/v1/networks/N_1'],
		['to a host that is not Meraki’s', 'stranger', 'https://stranger.example/api/v1/networks/N_1'],
		['to any place', 'https://meraki.com.evil.example/x', 'https://meraki.com.evil.example/x'],
	])('can lead %s, without end', async (_says, to, location) => {
		const simulator = redirect(to);
		for (const answer of [await read(simulator), await read(simulator)]) {
			expect(answer).toMatchObject({ status: 302, headers: { location } });
		}
	});
});

describe('a page link', () => {
	const path = '/organizations/1/networks?perPage=3';
	const organizations = [organizationWith({ networks: [], generate: { networks: 4 } })];

	it('can lead elsewhere or be missing', async () => {
		const simulator = simulatorOf(scenarioWith({ organizations }));
		const header = '<https://evil.example/api/v1/x>; rel=next';
		simulator.addFault({ times: 1, effect: { kind: 'link', header } });
		simulator.addFault({ skip: 1, times: 1, effect: { kind: 'link', header: '' } });
		expect((await ask(simulator, path)).headers['link']).toBe(header);
		expect((await ask(simulator, path)).headers['link']).toBeUndefined();
		expect((await ask(simulator, path)).headers['link']).toContain('rel=next');
	});
});

describe('a write', () => {
	it.each([
		['shows it', undefined, TAGS],
		['shows it in so many words', 'before' as const, TAGS],
		['hides it', 'asked' as const, ['a']],
	])('can be accepted and ignored; the answer %s', async (_says, shows, shown) => {
		const simulator = withFault({ kind: 'ignoreWrite', ...(shows === undefined ? {} : { shows }) });
		expect(await putTags(simulator, ['a'])).toMatchObject({ status: 200, body: { tags: shown } });
		expect(tagsOf(simulator)).toEqual(TAGS);
		expect(simulator.requests).toMatchObject([{ tagsAsked: ['a'], tagsBefore: TAGS, tagsAfter: TAGS }]);
	});

	it('can stay invisible to reads for a while', async () => {
		const simulator = withFault({ kind: 'staleRead', seconds: 5 }, { match: { method: 'PUT' } });
		expect((await putTags(simulator, ['a'])).body).toMatchObject({ tags: ['a'] });
		expect((await read(simulator)).body).toMatchObject({ tags: TAGS });
		expect((await ask(simulator, '/organizations/1/networks?tags[]=a')).body).toEqual([]);
		simulator.clock.advance(5000);
		expect((await read(simulator)).body).toMatchObject({ tags: ['a'] });
	});

	it('can show the old state even in its own answer', async () => {
		const simulator = withFault({ kind: 'staleRead', seconds: 5, shows: 'before' });
		expect((await putTags(simulator, ['a'])).body).toMatchObject({ tags: TAGS });
		expect(tagsOf(simulator)).toEqual(['a']);
	});

	it('of somebody else can come between a read and a write', async () => {
		const simulator = withFault(
			{ kind: 'thenEdit', network: 'N_1', add: ['late'] },
			{ match: { method: 'GET' }, times: 1 },
		);
		expect((await read(simulator)).body).toMatchObject({ tags: TAGS });
		expect((await read(simulator)).body).toMatchObject({ tags: [...TAGS, 'late'] });
	});
});

it.each([
	['reversed', ['a', 'b', 'a', 'C']],
	['sorted', ['C', 'a', 'a', 'b']],
	['deduplicated', ['C', 'a', 'b']],
] as const)('tags can be shown %s, in lists, reads and answers to writes', async (order, shown) => {
	const simulator = withFault({ kind: 'tagOrder', order });
	const written = await putTags(simulator, ['C', 'a', 'b', 'a']);
	expect(written.body).toMatchObject({ tags: shown });
	expect((await read(simulator)).body).toMatchObject({ tags: shown });
	expect((await ask(simulator, '/organizations/1/networks')).body).toMatchObject([{ tags: shown }]);
	expect(tagsOf(simulator)).toEqual(['C', 'a', 'b', 'a']);
});
