import type { Scenario } from '../../simulator/simulator.cjs';

export const apiKey = 'key-of-the-end-to-end-test';
export const organizationId = '700001';
export const london = { name: 'London', publicIp: '203.0.113.10' } as const;
export const paris = { name: 'Paris', publicIp: '203.0.113.20' } as const;

const destinations = ['8.8.8.8', london.publicIp, paris.publicIp];
const peers = [
	{ ...london, networkTags: ['london_primary_up', 'london_backup_up'] },
	{ ...paris, networkTags: ['paris_primary_up', 'paris_backup_up'] },
];

/** Names as somebody writes them who wants to call everybody, or to break the page. */
export const hostileName = '<!channel> & <b onclick="x()">Leeds</b> @here *bold*';

const hostileNames = { organization: 'Example Retail <!here>', firstBranch: hostileName };

/** One organization whose branches are all on London, with Paris as backup. */
export function branchesOnLondon(count: number, names = hostileNames): Scenario {
	return {
		seed: 11,
		keys: [{ name: 'full', key: apiKey }],
		organizations: [
			{
				id: organizationId,
				name: names.organization,
				peers,
				networks: [
					{
						id: 'N_7000000001',
						name: names.firstBranch,
						tags: ['retail', 'london_primary_up', 'VIP', 'paris_backup_down', 'Wave-2'],
						destinations,
					},
				],
				generate: {
					networks: count - 1,
					name: 'Branch {n}',
					tags: ['store-{n}', 'paris_backup_down', 'retail', 'london_primary_up'],
					destinations,
				},
			},
		],
	};
}
