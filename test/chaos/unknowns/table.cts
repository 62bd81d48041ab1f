/** The points that Meraki's documentation leaves open, and the answers that are played (docs/reliability.md). */
import type { SimulatedRun } from '../../meraki/support/simulated.cjs';
import type { Ways } from './play.cjs';

export interface Answer extends Ways {
	/** As the page shows it. */
	readonly says: string;
	/** Networks of a few (3) and of many (10, still below the failover limit): single writes, and action batches. Left out: both. */
	readonly counts?: readonly number[];
	/** How many of them never move, or all. Left out: none, everybody moves and comes back. */
	readonly staying?: number | 'all';
	/** Reads lag for longer than the schedule's minute: the next run writes the same tags again, and tells it again. */
	readonly isWrittenAgain?: boolean;
	/** Headings that must be told, once each, besides the moves. */
	readonly tells?: readonly string[];
	/** What the dashboard shows of a list of tags, where that is not the list itself. */
	readonly shows?: (tags: readonly string[]) => readonly string[];
}

export interface Unknown {
	readonly unknown: string;
	readonly answers: readonly Answer[];
}

const MANY = [10];
const PUT = { method: 'PUT', path: '/networks/*' };
const BATCHES = { path: '/organizations/1/actionBatches*' };
const POST_BATCH = { method: 'POST', path: '/organizations/1/actionBatches' };
const FAILED = 'Not moved';
const UNREACHABLE = 'Backup tunnel not reachable';

const firstIsBound = (n: number) => ({ isBoundToConfigTemplate: n === 1 });
const fault = (match: object, effect: object, more: object = {}) => ({ match, effect, ...more });
const status = (code: number, more: object = {}) => ({ kind: 'status', status: code, ...more });
const noData = (form: string): Answer => ({
	says: form,
	outage: [{ kind: 'noData', form, atMinutes: -10 }],
	events: [{ kind: 'applianceOffline', atMinutes: -10, uplinks: 'asLastReported' }],
	staying: 'all',
	minutes: 12,
	tells: ['No loss data for the whole organization: no branch is moved'],
});

/** Another tool that sends so many requests before each of ours. */
function otherTool(requests: number): SimulatedRun {
	return {
		beforeRequest: (_request, simulator) => {
			for (let sent = 1; sent <= requests; sent += 1) {
				const url = '/api/v1/organizations/1';
				void simulator.inject({
					method: 'GET',
					url,
					headers: { authorization: 'Bearer simulated-key-full' },
				});
			}
		},
	};
}

const TAGS: readonly Unknown[] = [
	{
		unknown: 'Order of the tags that come back, and duplicates among them',
		answers: [
			{ says: 'as sent' },
			{
				says: 'in reverse order',
				faults: [fault({}, { kind: 'tagOrder', order: 'reversed' })],
				shows: (tags) => [...tags].reverse(),
			},
			{
				says: 'sorted',
				faults: [fault({}, { kind: 'tagOrder', order: 'sorted' })],
				shows: (tags) => [...tags].sort(),
			},
			{
				says: 'without duplicates',
				faults: [fault({}, { kind: 'tagOrder', order: 'deduplicated' })],
				shows: (tags) => [...new Set(tags)],
			},
			{
				says: 'sorted in the answer to a write only',
				faults: [fault(PUT, { kind: 'tagOrder', order: 'sorted' })],
			},
			{
				says: 'without duplicates in the answer to a write only',
				faults: [fault(PUT, { kind: 'tagOrder', order: 'deduplicated' })],
			},
		],
	},
	{
		unknown: 'Networks bound to a template take tags',
		answers: [
			{ says: 'yes', network: firstIsBound, organization: { templateBoundTags: 'writable' } },
			...['refused', 'forbidden'].map((templateBoundTags) => ({
				says: templateBoundTags === 'refused' ? 'no, 400' : 'no, 403',
				network: firstIsBound,
				organization: { templateBoundTags },
				staying: 1,
				tells: [FAILED],
			})),
		],
	},
	{
		unknown: 'Rules of the server for tags: length, characters',
		answers: [
			{ says: 'none' },
			{ says: '255 characters', scenario: { unknowns: { tagRule: { longest: 255 } } } },
			{
				says: '18 characters, so that `london_primary_down` is refused',
				scenario: { unknowns: { tagRule: { longest: 18 } } },
				staying: 'all',
				tells: [FAILED],
			},
			{
				says: 'no colon, so that a foreign tag of the branch is refused',
				scenario: { unknowns: { tagRule: { pattern: '^[A-Za-z0-9._-]+$' } } },
				staying: 'all',
				tells: [FAILED],
			},
		],
	},
	{
		unknown: 'Case of tags in the availability of a peer',
		answers: [{ says: 'exact' }, { says: 'ignored', scenario: { unknowns: { peerTagCase: 'ignored' } } }],
	},
];

const staleFor = (seconds: number, shows: 'asked' | 'before'): Answer => ({
	says: `${seconds} s later, and the answer to the write shows the tags ${shows === 'asked' ? 'asked for' : 'from before'}`,
	faults: [PUT, POST_BATCH].map((match) => fault(match, { kind: 'staleRead', seconds, shows })),
	isWrittenAgain: seconds > 60,
});

const READS: readonly Unknown[] = [
	{
		unknown: 'A read right after a write shows it',
		answers: [
			{ says: 'at once' },
			staleFor(3, 'asked'),
			staleFor(30, 'asked'),
			staleFor(90, 'asked'),
			staleFor(3, 'before'),
			staleFor(30, 'before'),
			staleFor(90, 'before'),
		],
	},
	{
		unknown: 'What an appliance without a connection returns',
		answers: [
			...['noRow', 'emptySeries', 'missingSeries', 'allNull', 'nullLoss'].map(noData),
			{ ...noData('fullLossNullLatency'), events: [], tells: ['Not moved: WAN problem at the branch'] },
			{
				says: 'trailingNull, all the time, of an appliance that is online',
				events: [{ kind: 'noData', form: 'trailingNull', newest: 1, atMinutes: -10 }],
				minutes: 24,
			},
		],
	},
	{
		unknown: 'Age of uplink statuses',
		answers: [0, 5, 60].map((statusLagMinutes) => ({
			says: `${statusLagMinutes} minutes`,
			scenario: { unknowns: { statusLagMinutes } },
		})),
	},
	{
		unknown: '8.8.8.8 is tracked by default',
		answers: [
			{ says: 'yes' },
			{ says: 'no', network: () => ({ destinations: ['203.0.113.10', '198.51.100.20'] }) },
		],
	},
	{
		unknown: 'Words of VPN statuses for a tunnel that is down',
		answers: ['unreachable', 'not reachable', 'unknown', 'DOWN'].map((tunnelDownWord) => ({
			says: `“${tunnelDownWord}”`,
			counts: [3],
			outage: [{ kind: 'loss', where: { ip: '203.0.113.10' }, atMinutes: 2, lossPercent: 100 }],
			events: [{ kind: 'tunnelDown', peer: 'paris', atMinutes: 0 }],
			scenario: { unknowns: { tunnelDownWord } },
			minutes: 20,
			tells: [UNREACHABLE],
		})),
	},
	{
		unknown: 'VPN statuses name peers that no tag of the network matches',
		answers: ['hidden', 'shown'].map((unmatchedPeers) => ({
			says: unmatchedPeers === 'shown' ? 'yes, as down' : 'no',
			counts: [3],
			outage: [{ kind: 'loss', where: { ip: '203.0.113.10' }, atMinutes: 2, lossPercent: 100 }],
			scenario: { unknowns: { unmatchedPeers } },
			minutes: 20,
		})),
	},
];

const failedBatch = (failure: string, names: string, says: string): Answer => ({
	says,
	counts: MANY,
	network: firstIsBound,
	organization: { templateBoundTags: 'forbidden' },
	scenario: { actionBatches: { failure, names } },
	staying: 1,
	tells: [FAILED],
});

const BATCH: readonly Unknown[] = [
	{
		unknown: 'How a synchronous batch says that it failed',
		answers: [
			failedBatch('status', 'first', '201 and `status.failed`, naming the network'),
			failedBatch('status', 'none', '201 and `status.failed`, naming none'),
			failedBatch('badRequest', 'all', '400, naming the network'),
			failedBatch('badRequest', 'none', '400, naming none'),
			failedBatch('ownStatus', 'first', '403 of the refused action, naming the network'),
		],
	},
	{
		unknown: 'A synchronous batch answers',
		answers: [
			{ says: 'when it is done', counts: MANY },
			...[3, 100].map((seconds) => ({
				says: `at once, and is carried out ${seconds} s later`,
				counts: MANY,
				scenario: { actionBatches: { synchronousMs: seconds * 1000, answers: 'whileExecuting' } },
			})),
		],
	},
	{
		unknown: 'Least role for batches; batches with an OAuth token',
		answers: [
			{ says: 'any', counts: MANY },
			{ says: 'refused, 403', counts: MANY, key: { mayUseActionBatches: false } },
			...[401, 404].map((code) => ({
				says: `refused, ${code}`,
				counts: MANY,
				faults: [fault(BATCHES, status(code))],
			})),
		],
	},
	{
		unknown: 'Status of *Unsupported operation*',
		answers: [400, 404, 422].map((unsupportedOperation) => ({
			says: String(unsupportedOperation),
			counts: MANY,
			scenario: { unknowns: { batchedTags: 'unsupported', unsupportedOperation } },
		})),
	},
];

const CALLS: readonly Unknown[] = [
	{
		unknown: '429 without `Retry-After`',
		answers: [
			{ says: 'in seconds', faults: [fault({}, status(429, { retryAfter: '2' }), { skip: 8, times: 6 })] },
			{
				says: 'as a date',
				faults: [
					fault({}, status(429, { retryAfter: 'Mon, 05 Jan 2026 08:05:02 GMT' }), { skip: 8, times: 6 }),
				],
			},
			{ says: 'missing', faults: [fault({}, status(429), { skip: 8, times: 6 })] },
		],
	},
	{
		unknown: 'Requests answered with 429 cost budget (another tool sends 4 requests beside each of ours)',
		answers: ['free', 'counted'].map((tooManyRequests) => ({
			says: tooManyRequests === 'free' ? 'no' : 'yes',
			scenario: { unknowns: { tooManyRequests } },
			client: otherTool(4),
		})),
	},
	{
		unknown: 'Requests without a user agent of the documented shape are refused',
		answers: ['optional', 'required'].map((userAgent) => ({
			says: userAgent === 'required' ? 'yes' : 'no',
			scenario: { unknowns: { userAgent } },
		})),
	},
	{
		unknown: 'Redirects of API version 1 to other hosts',
		answers: [
			{ says: 'none' },
			...([302, 308] as const).map((code) => ({
				says: `${code} for every request, reads and writes`,
				faults: [fault({}, { kind: 'redirect', status: code, to: 'shard' })],
			})),
		],
	},
	{
		unknown: 'Longest address',
		answers: [2000, 150].map((longestUrl) => ({
			says: `${longestUrl} characters, then 414`,
			scenario: { unknowns: { longestUrl } },
		})),
	},
];

export const UNKNOWNS: readonly Unknown[] = [...TAGS, ...READS, ...BATCH, ...CALLS];

/** Open as well, but nothing that the product reads or writes depends on it. */
export const NOT_PLAYED: readonly (readonly [string, string])[] = [
	[
		'Highest number of destinations of a network',
		'They are set by the operator; the product only reads them',
	],
	['Delay until a change shows in the change log', 'The change log is not read'],
	[
		'Time of an asynchronous batch',
		'Only synchronous ones are sent; one that is late all the same is played above',
	],
	[
		'How long a tag change takes to reach an appliance, and the gap on its tunnel',
		'Not visible in the API; a branch is judged by its samples before and after alike',
	],
	[
		'Whether calls that fail otherwise cost budget',
		'The simulator counts them; the own limit of 5 requests a second counts them, too',
	],
];

/** Branches that a play has where the answer does not name others. */
const COUNTS = [3, 10];

export function countsOf({ counts = COUNTS }: Answer): readonly number[] {
	return counts;
}
