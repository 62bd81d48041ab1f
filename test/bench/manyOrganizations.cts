import { organizations } from './fleets.cjs';
import { PretendedMeraki } from './pretendedMeraki.cjs';
import { EVALUATE, itemsOf, Product } from './product.cjs';

const ORGANIZATIONS = 200;
const NETWORKS_EACH = 50;
/** Its key is refused. */
const FAILING = '100';

export interface ManyOrganizations {
	/** From the start of the run to its end: of the first run, which reads names and peers, and of a quiet one. */
	readonly firstSeconds: number;
	readonly seconds: number;
	readonly firstCalls: number;
	readonly calls: number;
	readonly rateLimited: number;
	readonly evaluated: number;
	readonly blind: number;
	readonly mostCallsInASecond: number;
	/** From the first call of an organization to its last: of the median one, and of the slowest. */
	readonly medianSpanSeconds: number;
	readonly longestSpanSeconds: number;
	/** The slowest of ten in a row as they stand in the list, first ten and last ten: when they were done. */
	readonly firstTenDoneSeconds: number;
	readonly lastTenDoneSeconds: number;
}

/** A provider's run: one item an organization, all of them under the limit of one source address. */
export async function manyOrganizations(): Promise<ManyOrganizations> {
	const meraki = await PretendedMeraki.start(organizations(ORGANIZATIONS, NETWORKS_EACH, FAILING));
	try {
		const ids = Array.from({ length: ORGANIZATIONS }, (_, index) => String(index + 1));
		const product = await Product.of(meraki.url, 'evaluate', 5);
		const first = await timed(meraki, product, ids);
		const quiet = await timed(meraki, product, ids);
		const statuses = quiet.summaries.map(({ status }) => status);
		return {
			firstSeconds: first.seconds,
			seconds: quiet.seconds,
			firstCalls: first.calls.length,
			calls: quiet.calls.length,
			rateLimited: [...first.calls, ...quiet.calls].filter(({ status }) => status === 429).length,
			evaluated: statuses.filter((status) => status === 'evaluated').length,
			blind: statuses.filter((status) => status === 'blind').length,
			...fairness(quiet.calls, quiet.startedAt),
		};
	} finally {
		await meraki.close();
	}
}

interface TimedCall {
	readonly organizationId: string;
	readonly status: number | null;
	readonly atMs: number;
}

async function timed(meraki: PretendedMeraki, product: Product, ids: readonly string[]) {
	await meraki.forgetRequests();
	const startedAt = Date.now();
	const finished = await product.run(ids);
	const seconds = (Date.now() - startedAt) / 1000;
	const requests = await meraki.requests();
	const calls = requests.map(({ path, status, receivedAt }): TimedCall => {
		return { organizationId: path.split('/')[4] ?? '', status, atMs: Date.parse(receivedAt) };
	});
	return { startedAt, seconds, calls, summaries: itemsOf(finished, EVALUATE, 0) };
}

/** Meraki's limit is counted in full seconds; within it, no organization should wait for the sake of another one. */
function fairness(calls: readonly TimedCall[], startedAt: number) {
	const bySecond = groupBy(calls, ({ atMs }) => Math.floor(atMs / 1000));
	const byOrganization = groupBy(calls, ({ organizationId }) => organizationId);
	const spans = [...byOrganization.values()].map((own) => {
		const times = own.map(({ atMs }) => atMs);
		return (Math.max(...times) - Math.min(...times)) / 1000;
	});
	const doneSeconds = (ids: readonly number[]) =>
		Math.max(
			...ids.flatMap((id) =>
				(byOrganization.get(String(id)) ?? []).map(({ atMs }) => (atMs - startedAt) / 1000),
			),
		);
	const ten = Array.from({ length: 10 }, (_, index) => index + 1);
	return {
		mostCallsInASecond: Math.max(...[...bySecond.values()].map((second) => second.length)),
		medianSpanSeconds: spans.sort((one, other) => one - other)[Math.floor(spans.length / 2)] ?? NaN,
		longestSpanSeconds: Math.max(...spans),
		firstTenDoneSeconds: doneSeconds(ten),
		lastTenDoneSeconds: doneSeconds(ten.map((id) => ORGANIZATIONS - 10 + id)),
	};
}

function groupBy<T, K>(list: readonly T[], keyOf: (each: T) => K): Map<K, T[]> {
	const groups = new Map<K, T[]>();
	for (const each of list) groups.set(keyOf(each), [...(groups.get(keyOf(each)) ?? []), each]);
	return groups;
}
