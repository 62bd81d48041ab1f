import {
	ALERT,
	Bench,
	branch,
	EVALUATE,
	jsonOf,
	ON_BACKUP,
	ON_PRIMARY,
	organization,
	primaryLoss,
} from '../support/n8nMeraki.cjs';
import type { StoredWorkflow } from '../support/n8nEngine.cjs';

const VPN_STATUSES = 'GET /api/v1/organizations/1/appliance/vpn/statuses';
const HEADING = 'Backup tunnel not reachable';
const UNREAD = 'VPN statuses could not be read';
const HEADINGS = new RegExp(`(Resolved: )?(${HEADING}|${UNREAD})`, 'gi');
/** Paris answers pings, and yet no tunnel to it comes up. */
const outage = {
	events: [
		primaryLoss({ networks: ['N_1'], atMinutes: -3 }),
		{ id: 'tunnel', kind: 'tunnelDown', peer: 'paris', atMinutes: -3 },
	],
};

let bench: Bench;
afterEach(async () => await bench.close());

/** A heading stands in the title, too. */
function headingsIn(text: string): Set<string> {
	return new Set([...text.matchAll(HEADINGS)].map(([heading]) => heading.replace('resolved', 'Resolved')));
}

/** Runs once a minute; what was told and how often the VPN statuses were read, by minute. */
async function play(workflow: StoredWorkflow, minutes: number) {
	const told: [number, string][] = [];
	const looks: number[] = [];
	for (let minute = 1; minute <= minutes; minute += 1) {
		const calls = await bench.callsOf(async () => {
			const { outputs, error } = await bench.run(workflow);
			expect(error).toBeUndefined();
			for (const { text } of jsonOf(outputs(EVALUATE)[ALERT]))
				for (const heading of headingsIn(String(text))) told.push([minute, heading]);
		});
		if (calls.includes(VPN_STATUSES)) looks.push(minute);
		bench.minutes(1);
	}
	return { told, looks };
}

describe('R8.5 a backup tunnel that is not reachable', () => {
	it('is looked up from 10 minutes after the move on, every 10 minutes, told once, and over when it is up', async () => {
		bench = await Bench.open(outage);
		const workflow = bench.chain();
		expect(await play(workflow, 15)).toEqual({ told: [[11, HEADING]], looks: [11] });
		expect(bench.tags()).toEqual(ON_BACKUP);
		bench.simulator.endEvent('tunnel');
		// Reachable at the look after 6 minutes; a quarter of an hour after it was last seen down, it is over.
		expect(await play(workflow, 22)).toEqual({ told: [[20, `Resolved: ${HEADING}`]], looks: [6, 16] });
		// Nothing but the failover was ever written.
		expect(bench.writes).toHaveLength(1);
	}, 30_000);

	it('is said in a sentence with the word of Meraki', async () => {
		bench = await Bench.open(outage);
		const workflow = bench.chain();
		await play(workflow, 10);
		const { outputs } = await bench.run(workflow);
		const [{ text } = { text: '' }] = jsonOf(outputs(EVALUATE)[ALERT]);
		expect(text).toContain("Meraki's VPN status calls the tunnel to paris “unreachable”.");
		expect(text).toContain('a tunnel may be down only because no traffic called it up');
	}, 30_000);

	it('is not looked up on primary: a quiet run costs two calls', async () => {
		bench = await Bench.open();
		const workflow = bench.chain();
		await bench.run(workflow);
		bench.minutes(0.5);
		expect(await bench.callsOf(async () => await bench.run(workflow))).toHaveLength(2);
	});

	it('is not known where the key may not read VPN statuses: told once, mildly, and the branch goes back as always', async () => {
		bench = await Bench.open({
			events: [primaryLoss({ networks: ['N_1'], atMinutes: -3, untilMinutes: 12 })],
		});
		bench.simulator.addFault({
			match: { path: '/organizations/1/appliance/vpn/statuses' },
			effect: { kind: 'status', status: 403, errors: ['not for this key'] },
		});
		const { told, looks } = await play(bench.chain(), 40);
		const [[backAt] = []] = told.slice(1);
		expect(told).toEqual([
			[11, UNREAD],
			[backAt, `Resolved: ${UNREAD}`],
		]);
		expect(looks).toEqual([11]);
		expect(bench.writes).toHaveLength(2);
		expect(bench.tags()).toEqual(ON_PRIMARY);
	}, 30_000);

	it('of 51 branches, all that there are, costs one call', async () => {
		const networks = Array.from({ length: 51 }, (_each, at) => branch(`N_${at}`, `Site ${at}`));
		bench = await Bench.open({
			organizations: [organization({ networks })],
			events: [primaryLoss({ atMinutes: -3 })],
		});
		const workflow = bench.chain();
		await play(workflow, 12);
		const calls = bench.simulator.requests.filter(({ path }) => path.endsWith('/appliance/vpn/statuses'));
		expect(calls).toHaveLength(1);
	}, 60_000);
});
