import {
	heldPairs,
	appliance,
	DNS_IP,
	LONDON,
	LONDON_IP,
	network,
	NETWORK_ID,
	ON_BACKUP,
	ON_PRIMARY,
	ORGANIZATION,
	PARIS,
	PARIS_IP,
	PEERS,
	row,
} from '../../support/branch';
import type { HeldRole } from '../../support/branch';
import { EMPTY_ORGANIZATION_MEMORY } from '../../../core/memory/memory';
import type { OrganizationMemory } from '../../../core/memory/memory';
import { unreadableConditions } from '../../../core/notify/organizationAlerts';
import type { UnreadablePart } from '../../../core/notify/organizationAlerts';
import { pairKey } from '../../../core/tags/pairKey';
import { runOnce } from '../../support/run';
import type { RunInput } from '../../support/run';
import { CLEAN, DEAD, NOW } from '../../support/series';

/** The life of each standing notice: new once, silent while it lasts, again after the repeat interval, and its end. */
const MINUTE_MS = 60_000;
const STEP_MS = 4 * MINUTE_MS;
const SOME = '0 0 2 0 0';
const HELD = [...ON_PRIMARY, 'vpn_failover_hold'];

type Input = Partial<Omit<RunInput, 'now' | 'memory' | 'rows'>> & {
	readonly london?: string;
	/** `null`: not measured. */
	readonly paris?: string | null;
	readonly dns?: string;
	readonly tags?: readonly string[];
	/** What Meraki does not tell. */
	readonly unreadable?: UnreadablePart['what'];
};

interface Life {
	readonly heading: string;
	readonly while: Input;
	/** By default all is well on primary. */
	readonly then?: Input;
	readonly memory?: Partial<OrganizationMemory>;
	/** When it is told first, in minutes. */
	readonly after?: number;
	/** Otherwise once it has stayed away for a quarter of an hour. */
	readonly endsAtOnce?: true;
}

const ROLE: HeldRole = {
	role: 'backup',
	peer: 'paris',
	since: NOW - 60 * MINUTE_MS,
	seenAt: NOW,
	how: 'asked',
};
const backupRoles = { [pairKey(NETWORK_ID, '')]: ROLE };
const known = (...peers: typeof PEERS) => ({ peers: { kind: 'known' as const, peers } });
const fleet = (count: number) =>
	Array.from({ length: count }, (_each, at) => network(ON_PRIMARY, { id: `N_${at + 1}` }));
const statuses = (status: ReturnType<typeof appliance>[] | 'notReadable') => ({
	statuses: new Map([[NETWORK_ID, status]]),
});
const always = {
	kind: 'weekly' as const,
	networkTag: null,
	timeZone: 'UTC',
	weekdays: [0, 1, 2, 3, 4, 5, 6],
	fromMinute: 0,
	untilMinute: 1440,
};

const LIVES: readonly Life[] = [
	{
		heading: 'Not protected: no measurement of the primary peer',
		while: { london: '_ _ _ _ _' },
		after: 12,
	},
	{
		heading: 'Not protected: no measurement of the primary peer',
		while: { snapshot: known(PARIS) },
		endsAtOnce: true,
	},
	{ heading: 'No way to this backup', while: { snapshot: known(LONDON) }, endsAtOnce: true },
	{
		heading: 'VPN tags are inconsistent: these branches are not moved',
		while: { tags: ['london_primary_up'] },
		endsAtOnce: true,
	},
	{ heading: 'Held while the active peer is lossy', while: { tags: HELD, london: DEAD } },
	{
		heading: 'Held, ready to swap back',
		while: { tags: [...ON_BACKUP, 'vpn_failover_hold'] },
		memory: { pairs: heldPairs(backupRoles) },
	},
	{
		heading: 'Not moved: a maintenance window is on',
		while: { london: DEAD, settings: { maintenance: [always] } },
	},
	{
		heading: 'Not moved: the uplink in use is not known',
		while: { london: DEAD, snapshot: statuses('notReadable') },
	},
	{
		heading: 'Not moved: the appliance has no active uplink',
		while: { london: DEAD, snapshot: statuses([appliance([])]) },
	},
	{ heading: 'Not moved: WAN problem at the branch', while: { london: DEAD, paris: null, dns: DEAD } },
	{ heading: 'No peer to move to', while: { london: DEAD, paris: null, snapshot: known(LONDON) } },
	{ heading: 'Data center or both peers down', while: { london: DEAD, paris: DEAD, dns: CLEAN } },
	{
		heading: 'Ready to swap back: moves are paused',
		while: { tags: ON_BACKUP, settings: { moves: 'failoversOnly' } },
		memory: { pairs: heldPairs(backupRoles) },
	},
	{ heading: 'Moved manually: left there', while: { tags: ON_BACKUP } },
	{
		heading: 'On backup for more than an hour',
		while: { tags: ON_BACKUP, london: SOME },
		memory: { pairs: heldPairs(backupRoles) },
	},
	{
		heading: 'Half of the managed networks are no longer visible',
		while: {},
		then: { networks: fleet(4) },
		memory: { managed: { count: 4, at: NOW } },
		endsAtOnce: true,
	},
	{
		heading: "Meraki's own failover is on for a peer",
		while: { snapshot: known(LONDON, { ...PARIS, hasNativeFailover: true }) },
		endsAtOnce: true,
	},
	{
		heading: 'Mass failover: being confirmed',
		while: {
			networks: fleet(11),
			london: DEAD,
			settings: { massFailover: { sharePercent: 25, above: 'stop' } },
		},
		then: { networks: fleet(11) },
	},
	{ heading: 'Rows of loss data could not be used', while: { unreadable: 'rows' } },
	{ heading: 'Networks could not be read', while: { unreadable: 'networks' } },
	{ heading: 'VPN peers could not be read, so no branch is protected', while: { unreadable: 'peers' } },
	{ heading: 'Uplink statuses could not be read', while: { unreadable: 'statuses' } },
	{ heading: 'Older loss data could not be read', while: { unreadable: 'history' } },
];

/** What is told of the heading, by minute. */
function play(life: Life): string[] {
	const story: string[] = [];
	let memory: OrganizationMemory = {
		...EMPTY_ORGANIZATION_MEMORY,
		evaluatedAt: NOW - 30_000,
		...life.memory,
	};
	const lastsMinutes = (life.after ?? 0) + 240;
	for (let minute = 0; minute <= lastsMinutes + 28; minute += STEP_MS / MINUTE_MS) {
		const run = at(minute, minute <= lastsMinutes ? life.while : (life.then ?? {}), memory);
		({ memory } = run);
		for (const { heading } of run.alert?.sections ?? [])
			if (heading.includes(life.heading)) story.push(`${minute}: ${heading}`);
	}
	return story;
}

function at(minute: number, input: Input, memory: OrganizationMemory) {
	const { london = CLEAN, paris = CLEAN, dns, tags = ON_PRIMARY, unreadable, ...rest } = input;
	const now = NOW + minute * MINUTE_MS;
	const networks = input.networks ?? [network(tags)];
	const rows = networks.flatMap(({ id: networkId }) => [
		row(LONDON_IP, london, { now, networkId }),
		...(paris === null ? [] : [row(PARIS_IP, paris, { now, networkId })]),
		...(dns === undefined ? [] : [row(DNS_IP, dns, { now, networkId })]),
	]);
	const parts = unreadable === undefined ? [] : [{ what: unreadable, why: 'no' }];
	const conditions = unreadableConditions(ORGANIZATION.id, parts);
	return runOnce({ conditions, ...rest, networks, rows, now, memory });
}

describe.each(LIVES.map((life) => [life.heading, life] as const))('R8.5, R8.5 %s', (heading, life) => {
	test('is told when new, again after 4 hours, and when it ends', () => {
		const { after = 0, endsAtOnce } = life;
		const over = after + 240 + (endsAtOnce ? 4 : 16);
		expect(play(life)).toEqual([
			`${after}: ${heading}`,
			`${after + 240}: ${heading}`,
			expect.stringMatching(new RegExp(`^${over}: Resolved: `)),
		]);
	});
});
