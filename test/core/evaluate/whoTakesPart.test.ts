import { LONDON_IP, network, ON_PRIMARY, row } from '../../support/branch';
import { runOnce } from '../../support/run';
import { CLEAN, DEAD } from '../../support/series';

describe('only networks with an appliance take part', () => {
	const sibling = network(ON_PRIMARY, { id: 'N_9', name: 'Leeds wifi', hasAppliance: false });

	test('a sibling with the same tags is in no count, no alert and no limit', () => {
		const branch = network(ON_PRIMARY);
		const { summary, outcomes } = runOnce({ networks: [branch, sibling], rows: [row(LONDON_IP, CLEAN)] });
		expect(summary.managedNetworks).toBe(1);
		expect(outcomes.map((outcome) => outcome.network.id)).toEqual([branch.id]);
	});

	const BOTH_STATES = ['london_primary_up', 'london_primary_down', 'paris_backup_up', 'paris_backup_down'];

	test('a network that only keeps tags alive raises no alert', () => {
		const holder = network(BOTH_STATES, { id: 'N_2', name: 'Tag holder' });
		expect(runOnce({ networks: [holder], rows: [], isManual: true }).alert).toBeNull();
	});

	test('R4.1 one that measures does, and one that carries half of the states', () => {
		const measuring = network(BOTH_STATES);
		const { outcomes } = runOnce({ networks: [measuring], rows: [row(LONDON_IP, DEAD)] });
		expect(outcomes.map(({ kind }) => kind)).toEqual(['inconsistent']);
		const half = network(BOTH_STATES.slice(0, 3));
		expect(runOnce({ networks: [half], rows: [] }).outcomes.map(({ kind }) => kind)).toEqual([
			'inconsistent',
		]);
	});
});
