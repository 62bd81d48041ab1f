import { LONDON_IP, ON_PRIMARY, PARIS_IP } from '../../support/branch';
import { CLEAN } from '../../support/series';
import { forbidden, lossRow, observed, online } from '../support/observed';
import { ok } from '../support/scripted';

describe('R1.3 statuses', () => {
	const failing = (id: string) => [lossRow(id, LONDON_IP, '0 0 0 80 80'), lossRow(id, PARIS_IP, CLEAN)];

	it('are read for the networks on which a decision depends, and for no other', async () => {
		const { asked, verdicts } = await observed({
			networks: [
				['N_1', ON_PRIMARY],
				['N_2', ON_PRIMARY],
			],
			loss: [...failing('N_1'), lossRow('N_2', LONDON_IP, CLEAN)],
		});
		expect(asked).toEqual(['loss', 'networks', 'peers', 'statuses of N_1']);
		expect(verdicts).toEqual(['failover to paris', 'stays: healthy']);
	});

	it.each([
		{ count: 50, calls: 1, of: 'by id' },
		{ count: 51, calls: 1, of: 'all' },
	])('of $count networks are asked for $of', async ({ count, of }) => {
		const ids = Array.from({ length: count }, (_, at) => `N_${at + 1}`);
		const { asked } = await observed({
			networks: ids.map((id) => [id, ON_PRIMARY]),
			loss: ids.flatMap(failing),
		});
		const statuses = asked.filter((each) => each.startsWith('statuses'));
		expect(statuses).toEqual([`statuses of ${of === 'all' ? 'all' : ids.join()}`]);
	});

	it('not readable: nothing moves there, and it is told', async () => {
		const { verdicts, unreadable } = await observed({ loss: failing('N_1'), statuses: () => forbidden });
		expect(verdicts).toEqual(['noStatus stops failover']);
		expect(unreadable).toEqual([{ what: 'statuses', why: expect.stringContaining('Not for this key') }]);
	});

	it('a network without a row has told nothing: it is not offline', async () => {
		const { verdicts, unreadable } = await observed({
			networks: [
				['N_1', ON_PRIMARY],
				['N_2', ON_PRIMARY],
			],
			loss: [...failing('N_1'), ...failing('N_2')],
			statuses: () => ok([online('N_2'), online('N_3')]),
		});
		expect(verdicts).toEqual(['noStatus stops failover', 'failover to paris']);
		expect(unreadable).toEqual([]);
	});

	it('of an appliance that measures cannot be used: its network is in doubt, the others are not', async () => {
		const networks = [
			['N_1', ON_PRIMARY],
			['N_2', ON_PRIMARY],
		] as const;
		// Of two appliances of N_1, the one of which Meraki tells nothing usable may be the one in use.
		const spare = { ...lossRow('N_1', LONDON_IP, CLEAN), serial: 'Q2BB-BBBB-BBBB' };
		const loss = [...failing('N_1'), spare, ...failing('N_2')];
		const told = [online('N_1'), online('N_2'), { ...online('N_1'), serial: 7 }];
		const { verdicts, unreadable } = await observed({ networks, loss, statuses: () => ok(told) });
		expect(verdicts).toEqual(['noStatus stops failover', 'failover to paris']);
		expect(unreadable).toEqual([{ what: 'statuses', why: '[2].serial is a number, not text' }]);
		const all = await observed({
			networks,
			loss,
			statuses: () => ok([...told.slice(0, 2), { ...online('N_1'), serial: spare.serial, uplinks: [] }]),
		});
		expect(all.verdicts).toEqual(['failover to paris', 'failover to paris']);
		// Nothing was unusable: an appliance without a row of its own, such as one that was removed, raises no doubt.
		const removed = await observed({ networks, loss, statuses: () => ok(told.slice(0, 2)) });
		expect(removed.verdicts).toEqual(['failover to paris', 'failover to paris']);
		expect(all.unreadable).toEqual([]);
	});
});
