import type { Scenario, ScenarioNetwork } from '../../simulator/scenario/types.cjs';
import type { Branch } from './story.cjs';

export const demoApiKey = 'demo-key-of-the-simulator';
export const demoOrganizationId = '549236';

/** The peer that fails. */
export const london = { name: 'London', publicIp: '203.0.113.10' } as const;
const paris = { name: 'Paris', publicIp: '203.0.113.20' } as const;

const tracked = ['8.8.8.8', london.publicIp, paris.publicIp];

/** Other people's tags stand before, between and after ours, and some look much like them. */
const branches: readonly (ScenarioNetwork & { readonly id: string; readonly tags: readonly string[] })[] = [
	{
		id: 'N_5492360001',
		name: 'Bristol',
		tags: ['retail', 'london_primary_up', 'VIP', 'paris_backup_down', 'Wave-2'],
	},
	{ id: 'N_5492360002', name: 'Cardiff', tags: ['paris_backup_down', 'retail', 'london_primary_up'] },
	{
		id: 'N_5492360003',
		name: 'Leeds & Bradford',
		tags: ['london', 'primary_up', 'london_primary_up', 'paris_backup_down'],
	},
	{ id: 'N_5492360004', name: 'Lyon', tags: ['retail', 'paris_primary_up', 'london_backup_down'] },
];

export const demoScenario: Scenario = {
	description: 'Three branches on London with Paris as their backup, one the other way round.',
	seed: 7,
	keys: [{ name: 'demo', key: demoApiKey }],
	organizations: [
		{
			id: demoOrganizationId,
			name: 'Example Retail',
			peers: [
				{ ...london, networkTags: ['london_primary_up', 'london_backup_up'] },
				{ ...paris, networkTags: ['paris_primary_up', 'paris_backup_up'] },
			],
			networks: branches.map((branch) => ({ ...branch, destinations: tracked })),
		},
	],
};

const swapped: Readonly<Record<string, string>> = {
	london_primary_up: 'london_primary_down',
	paris_backup_down: 'paris_backup_up',
	paris_primary_up: 'paris_primary_down',
	london_backup_down: 'london_backup_up',
};

/** Written out by hand, not asked of the product: it is what the product is measured by. */
export const demoBranches: readonly Branch[] = branches.map(({ id, name, tags }) => ({
	id,
	name,
	onPrimary: tags,
	onBackup: tags.map((tag) => swapped[tag] ?? tag),
	affected: tags.includes('london_primary_up'),
}));
