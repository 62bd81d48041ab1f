import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { OrganizationMemory } from '../../../core/memory/memory';
import { BACKUP_IP, PRIMARY_IP } from '../fleets.cjs';
import { readBodies } from './bodies.cjs';
import { cpuSecondsOf, type Subject } from './measured.cjs';

/** As published: what runs the sources themselves would be measured with them. */
const built = createRequire(join(__dirname, '..', '..', '..', 'dist', 'index.js'));
const { evaluateOrganization } = built(
	'./core/evaluate/evaluateOrganization',
) as typeof import('../../../core/evaluate/evaluateOrganization');
const { concludeRun } = built('./core/cycle/concludeRun') as typeof import('../../../core/cycle/concludeRun');
const { DEFAULT_SETTINGS } = built(
	'./core/settings/settings',
) as typeof import('../../../core/settings/settings');
const { compileTagFormat } = built('./core/tags/tagFormat') as typeof import('../../../core/tags/tagFormat');
const { parseLoss } = built('./meraki/parse/loss') as typeof import('../../../meraki/parse/loss');
const { parseNetworks } = built('./meraki/parse/networks') as typeof import('../../../meraki/parse/networks');

const list = [
	{ name: 'london', publicIp: PRIMARY_IP, networkTags: ['london_primary_up'] },
	{ name: 'paris', publicIp: BACKUP_IP, networkTags: ['paris_backup_up'] },
].map((peer) => ({ ...peer, publicHostname: null, hasNativeFailover: false }));

/** Everything that the package itself does with the two answers once they are parsed: check, judge, conclude. */
export async function dataPath(url: string, organizationId: string): Promise<Subject> {
	const bodies = await readBodies(url, organizationId);
	let memory: OrganizationMemory | null = null;
	const judge = (answers: unknown[]) => {
		// As in the product: nobody holds an answer any longer than its parser.
		const rows = parseLoss(answers.shift()).rows;
		const now =
			Math.max(...rows.slice(0, 1000).map(({ samples }) => samples.at(-1)?.sampledAt ?? 0)) + 120_000;
		const snapshot = {
			now,
			networks: parseNetworks(answers.shift()).rows,
			rows,
			peers: { kind: 'known' as const, peers: list },
			memory,
			statuses: new Map(),
			history: new Map(),
			lookbacks: new Map(),
		};
		const grammar = compileTagFormat(DEFAULT_SETTINGS.tagFormat);
		const { outcomes } = evaluateOrganization(snapshot, DEFAULT_SETTINGS, grammar);
		const run = concludeRun({
			organization: { id: organizationId, name: 'Acme' },
			snapshot,
			outcomes,
			settings: DEFAULT_SETTINGS,
			conditions: [],
			warnings: [],
			api: { calls: 2, waits: 0, rateLimited: 0 },
			isManual: false,
			peers: { readAt: now, list },
		});
		memory = run.memory;
	};
	return {
		run: async () => {
			const answers: unknown[] = [JSON.parse(bodies.loss), JSON.parse(bodies.networks)];
			return await cpuSecondsOf(() => {
				judge(answers);
			});
		},
		facts: () => ({}),
	};
}
