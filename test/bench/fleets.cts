import type { Scenario } from '../../simulator/simulator.cjs';

export const KEY = 'key-of-the-benchmark';
export const ORGANIZATION_ID = '1';
/** To run everything once before anything is measured. */
export const SMALL_ORGANIZATION_ID = '2';
/** What a run costs at any size shows over so few networks. */
export const HANDFUL = 10;
export const PRIMARY_IP = '203.0.113.10';
export const BACKUP_IP = '198.51.100.20';
/** Meraki does not say how long a synchronous batch takes; it is the same for everybody here. */
export const BATCH_MS = 200;

const peers = [
	{ name: 'london', publicIp: PRIMARY_IP, networkTags: ['london_primary_up'] },
	{ name: 'paris', publicIp: BACKUP_IP, networkTags: ['paris_backup_up'] },
];
const tags = ['branch', 'site:{n}', 'london_primary_up', 'paris_backup_down', 'Camera-Admins'];
const wan1 = { interface: 'wan1', status: 'active' } as const;
const wan2 = { interface: 'wan2', status: 'ready' } as const;
const common = {
	seed: 7,
	keys: [{ name: 'benchmark', key: KEY }],
	actionBatches: { synchronousMs: BATCH_MS },
};

/** Branches with one uplink that track both peers, and 8.8.8.8 as every network does. */
export function hubFleet(networks: number): Scenario {
	const destinations = ['8.8.8.8', PRIMARY_IP, BACKUP_IP];
	const generate = { networks, name: 'Branch {n}', tags, uplinks: [wan1], destinations };
	return { ...common, organizations: [{ id: ORGANIZATION_ID, name: 'Acme', peers, generate }] };
}

/** Branches with two uplinks and two tracked IPs, of which nothing is to be told. */
export function quietFleet(networks: number): Scenario {
	const destinations = [PRIMARY_IP, BACKUP_IP];
	const generate = { networks, name: 'Branch {n}', tags, uplinks: [wan1, wan2], destinations };
	return {
		...common,
		organizations: [
			{ id: ORGANIZATION_ID, name: 'Acme', peers, generate },
			{ id: SMALL_ORGANIZATION_ID, name: 'Small', peers, generate: { ...generate, networks: HANDFUL } },
		],
	};
}

/** The same while the primary peer has been dead for hours and all branches are on backup. */
export function outageFleet(networks: number): Scenario {
	const onBackup = tags.map((tag) =>
		tag.replace('_down', '_UP').replace('_up', '_down').replace('_UP', '_up'),
	);
	const quiet = quietFleet(networks);
	const organizations = quiet.organizations?.map((organization) => ({
		...organization,
		...(organization.generate && { generate: { ...organization.generate, tags: onBackup } }),
	}));
	const dead = { kind: 'loss', atMinutes: -180, lossPercent: 100, where: { ip: PRIMARY_IP } } as const;
	return { ...quiet, ...(organizations && { organizations }), events: [dead] };
}

/** Organizations of a provider; the key may not read the one in the middle. */
export function organizations(count: number, networks: number, failing: string): Scenario {
	const destinations = ['8.8.8.8', PRIMARY_IP, BACKUP_IP];
	const generate = { networks, name: 'Branch {n}', tags, uplinks: [wan1], destinations };
	return {
		...common,
		keys: [{ name: 'benchmark', key: KEY, forbiddenOrganizations: { [failing]: 403 } }],
		generateOrganizations: { count, template: { id: '{n}', name: 'Customer {n}', peers, generate } },
	};
}
