import { MINUTE_MS } from '../../core/domain/time';
import { compileTagFormat } from '../../core/tags/tagFormat';
import { observe } from '../../meraki/read/readOrganization';
import type { HttpAnswer, HttpRequest } from '../../meraki/http/transport';
import { answer, DATE_AT, ok, scripted } from '../meraki/support/scripted';
import { APPLIANCE, NETWORK, PEER } from '../meraki/support/examples';
import { Dice } from '../model/random';
import { inWords, LONDON_IP, ON_BACKUP, ON_PRIMARY, PARIS_IP, settings } from '../support/branch';
import { CLEAN, DEAD, samples } from '../support/series';
import { brokenOf } from './mutate';

/** What an evaluation reads, each with the part of its address. */
export const READS = ['loss', 'networks', 'VPN peers', 'uplink statuses'] as const;
export type Read = (typeof READS)[number];

const ID = NETWORK.organizationId;

/** One network for each thing that a broken value could turn: [tags, loss to London, loss to Paris]. */
const SITES: readonly (readonly [readonly string[], string, string])[] = [
	[ON_PRIMARY, CLEAN, CLEAN],
	[ON_PRIMARY, DEAD, CLEAN],
	[ON_BACKUP, DEAD, CLEAN],
	[ON_BACKUP, CLEAN, CLEAN],
	[[...ON_PRIMARY, 'vpn_failover_hold'], DEAD, CLEAN],
	[ON_PRIMARY, '20 20 20 20 20', CLEAN],
];
/** A warm spare that sees London dead stands by, and its reports are as fresh. */
const SPARED = 'N_0';
/** The other uplink of this one sees London dead. */
const TWO_UPLINKS = 'N_5';

function lossRow(networkId: string, serial: string, uplink: string, ip: string, series: string) {
	const timeSeries = samples(series, { now: DATE_AT }).map(({ sampledAt, lossPercent, latencyMs }) => ({
		ts: new Date(sampledAt).toISOString(),
		lossPercent,
		latencyMs,
	}));
	return { networkId, serial, uplink, ip, timeSeries };
}

const serialOf = (networkId: string) => `Z-${networkId}`;

const LOSS = [
	...SITES.flatMap(([, london, paris], at) => [
		lossRow(`N_${at}`, serialOf(`N_${at}`), 'wan1', LONDON_IP, london),
		lossRow(`N_${at}`, serialOf(`N_${at}`), 'wan1', PARIS_IP, paris),
	]),
	lossRow(SPARED, 'A-spare', 'wan1', LONDON_IP, DEAD),
	lossRow(SPARED, 'A-spare', 'wan1', PARIS_IP, CLEAN),
	lossRow(TWO_UPLINKS, serialOf(TWO_UPLINKS), 'wan2', LONDON_IP, DEAD),
	lossRow(TWO_UPLINKS, serialOf(TWO_UPLINKS), 'wan2', PARIS_IP, CLEAN),
];

const reportedAt = new Date(DATE_AT).toISOString();
const active = (...names: string[]) =>
	names.map((name) => ({ ...APPLIANCE.uplinks[0], interface: name, status: 'active' }));

const ANSWERS: Readonly<Record<Read, unknown>> = {
	loss: LOSS,
	networks: SITES.map(([tags], at) => ({ ...NETWORK, id: `N_${at}`, tags })),
	'VPN peers': {
		peers: [
			{ ...PEER, name: 'London hub', publicIp: LONDON_IP, networkTags: ['london_primary_up'] },
			{ ...PEER, name: 'Paris hub', publicIp: PARIS_IP, networkTags: ['paris_backup_up'] },
		],
	},
	'uplink statuses': [
		...SITES.map((_site, at) => ({
			...APPLIANCE,
			networkId: `N_${at}`,
			serial: serialOf(`N_${at}`),
			lastReportedAt: reportedAt,
			uplinks: `N_${at}` === TWO_UPLINKS ? active('wan1', 'wan2') : active('wan1'),
		})),
		{
			...APPLIANCE,
			networkId: SPARED,
			serial: 'A-spare',
			lastReportedAt: reportedAt,
			highAvailability: { enabled: true, role: 'spare' },
			uplinks: active('wan1'),
		},
	],
};

function readOf(path: string): Read {
	if (path.endsWith('/uplinksLossAndLatency')) return 'loss';
	if (path.endsWith('/networks')) return 'networks';
	return path.endsWith('/thirdPartyVPNPeers') ? 'VPN peers' : 'uplink statuses';
}

/** Lookback minutes and days were clean for everybody. */
function earlier({ searchParams }: URL): HttpAnswer {
	const untilAt = Date.parse(searchParams.get('t1') ?? '');
	const ip = searchParams.get('ip') ?? '';
	return ok(
		SITES.map((_site, at) => {
			const row = lossRow(`N_${at}`, serialOf(`N_${at}`), 'wan1', ip, CLEAN);
			const shiftMs = untilAt - DATE_AT + 2 * MINUTE_MS;
			const timeSeries = row.timeSeries.map((sample) => ({
				...sample,
				ts: new Date(Date.parse(sample.ts) + shiftMs).toISOString(),
			}));
			return { ...row, timeSeries };
		}),
	);
}

const GRAMMAR = compileTagFormat(settings().tagFormat);

/** What would move, by network; nothing where the answer was refused as a whole. */
async function movesWith(answers: Readonly<Record<Read, unknown>>): Promise<Map<string, string>> {
	const reply = ({ url }: HttpRequest): HttpAnswer => {
		const asked = new URL(url);
		if (asked.searchParams.has('t0')) return earlier(asked);
		return answer(200, answers[readOf(asked.pathname)]);
	};
	const { client } = scripted({ replies: reply, client: { requestsPerSecond: 1e9 } });
	const [observed] = await Promise.allSettled([observe(client, ID, settings(), GRAMMAR, null)]);
	if (observed.status === 'rejected') return new Map();
	const moving = observed.value.outcomes.filter(
		(outcome) => outcome.kind === 'judged' && outcome.verdict.kind === 'move',
	);
	return new Map(moving.map((outcome) => [outcome.network.id, inWords(outcome)]));
}

export interface DecisionTally {
	readonly read: Read;
	mutants: number;
	/** Moves that were made as without the mutation. */
	moves: number;
	readonly violations: string[];
}

/** An appliance without a role, or that never reported, is one that R1.3 judges; of the rest nothing may be missing. */
function missingIs(read: Read): 'broken' | 'legitimate' {
	return read === 'uplink statuses' ? 'legitimate' : 'broken';
}

/** Evaluates `count` times with broken values in one answer: no branch may move that would not have moved without. */
export async function fuzzDecisions(read: Read, count: number): Promise<DecisionTally> {
	const wanted = await movesWith(ANSWERS);
	const tally: DecisionTally = { read, mutants: 0, moves: 0, violations: [] };
	for (let seed = 1; seed <= count; seed += 1) {
		const broken = brokenOf(ANSWERS[read], new Dice(seed), missingIs(read));
		tally.mutants += 1;
		for (const [networkId, move] of await movesWith({ ...ANSWERS, [read]: broken })) {
			tally.moves += 1;
			if (wanted.get(networkId) !== move)
				tally.violations.push(`${read}, seed ${seed}: ${networkId} makes ${move}`);
		}
	}
	return tally;
}

/** What moves where nothing is broken. */
export async function movesOfTheWorld(): Promise<readonly string[]> {
	return [...(await movesWith(ANSWERS))].map(([id, move]) => `${id} ${move}`);
}
