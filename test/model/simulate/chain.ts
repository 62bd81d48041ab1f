/** The product's chain: evaluate, conclude, and memory and items through JSON. */
import type { PairOutcome } from '../../../core/decide/outcome';
import { parseDecision } from '../../../core/swap/decision';
import type { Decision } from '../../../core/swap/decision';
import { evaluateOrganization } from '../../../core/evaluate/evaluateOrganization';
import type { Evaluation } from '../../../core/evaluate/evaluateOrganization';
import type { OrganizationSnapshot } from '../../../core/evaluate/snapshot';
import { MEMORY_VERSION } from '../../../core/memory/memory';
import type { OrganizationMemory } from '../../../core/memory/memory';
import { concludeRun } from '../../../core/cycle/concludeRun';
import { windowStart } from '../../../core/health/series';
import type { Settings } from '../../../core/settings/settings';
import { loadMemory, storedMemory } from '../../../core/memory/codec';
import { compileTagFormat, DEFAULT_TAG_FORMAT } from '../../../core/tags/tagFormat';
import type { Network, VpnPeer } from '../../../core/domain/types';
import type { World } from '../world/world';
import { Answers } from './answers';
import { settingsOf } from './settings';

const ORGANIZATION = { id: '1001', name: 'Acme' };

/** As the client: statuses and looks back, then history. */
const MAX_ROUNDS = 3;

const GRAMMAR = compileTagFormat(DEFAULT_TAG_FORMAT);

/** What one run is made with. */
export interface Start {
	readonly now: number;
	readonly networks: readonly Network[];
	readonly arePeersReadable: boolean;
	readonly memory: OrganizationMemory | null;
}

export interface Ended {
	readonly snapshot: OrganizationSnapshot;
	readonly outcomes: readonly PairOutcome[];
	/** As Swap gets them. */
	readonly made: readonly Decision[];
	readonly memory: OrganizationMemory | null;
}

export class Chain {
	private readonly settings: Settings;
	private readonly vpnPeers: readonly VpnPeer[];
	private readonly answers: Answers;

	constructor(private readonly world: World) {
		this.settings = settingsOf(world.rules);
		this.vpnPeers = world.peers.map(({ ip, tags }) => ({
			name: 'hub',
			publicIp: ip,
			publicHostname: ip === null ? 'hub.example.com' : null,
			networkTags: tags,
			hasNativeFailover: false,
		}));
		this.answers = new Answers(world);
	}

	run(start: Start): Ended {
		const { snapshot, outcomes } = this.evaluate(start);
		const concluded = concludeRun({
			organization: ORGANIZATION,
			snapshot,
			outcomes,
			settings: this.settings,
			conditions: [],
			warnings: [],
			api: { calls: 0, waits: 0, rateLimited: 0 },
			isManual: false,
			peers: null,
		});
		const made = concluded.swapsNeeded.map((item) => this.handOn(item));
		return { snapshot, outcomes, made, memory: throughJson(concluded.memory) };
	}

	/** As the client does it: what the evaluation asks for is read, until it asks for nothing more. */
	private evaluate({ now, networks, arePeersReadable, memory }: Start): Evaluation & Pick<Ended, 'snapshot'> {
		const { answers } = this;
		let snapshot: OrganizationSnapshot = {
			now,
			networks,
			rows: answers.rows(windowStart(now, this.settings.windowMinutes), now, now),
			peers: arePeersReadable ? { kind: 'known', peers: this.vpnPeers } : { kind: 'notReadable' },
			memory,
			statuses: new Map(),
			history: new Map(),
			lookbacks: new Map(),
		};
		let evaluation = evaluateOrganization(snapshot, this.settings, GRAMMAR);
		for (let round = 1; round < MAX_ROUNDS; round += 1) {
			const { statusesOf, historyOf, lookbacksOf } = evaluation.requests;
			if (statusesOf.length + historyOf.length + lookbacksOf.length === 0) break;
			const statuses = new Map(snapshot.statuses);
			for (const id of statusesOf) statuses.set(id, answers.statusesOf(id, now));
			const history = new Map(snapshot.history);
			for (const { ip, since } of historyOf) history.set(ip, answers.history(ip, since, now));
			const lookbacks = new Map(snapshot.lookbacks);
			for (const ip of lookbacksOf) lookbacks.set(ip, answers.lookback(ip, now));
			snapshot = { ...snapshot, statuses, history, lookbacks };
			evaluation = evaluateOrganization(snapshot, this.settings, GRAMMAR);
		}
		return { snapshot, ...evaluation };
	}

	private handOn(item: unknown): Decision {
		const parsed = parseDecision(JSON.parse(JSON.stringify(item)));
		if (parsed.kind === 'refused') throw new Error(`Seed ${this.world.seed}: ${parsed.why}`);
		return parsed.decision;
	}
}

export function networkWith(id: string, tags: readonly string[]): Network {
	return {
		id,
		organizationId: ORGANIZATION.id,
		name: `Branch ${id}`,
		url: null,
		tags,
		hasAppliance: true,
		timeZone: null,
		notes: null,
	};
}

function throughJson(memory: OrganizationMemory): OrganizationMemory | null {
	const stored = storedMemory({ version: MEMORY_VERSION, organizations: { [ORGANIZATION.id]: memory } });
	return loadMemory(JSON.parse(JSON.stringify(stored))).memory.organizations[ORGANIZATION.id] ?? null;
}
