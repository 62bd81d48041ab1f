import type { LoggedRequest } from '../../simulator/simulator.cjs';
import { Claims } from './check.cjs';
import type { Site } from './site.cjs';

/** What the tag lists of each branch were, one after the other, and how many writes changed nothing. */
export function passages(writes: readonly LoggedRequest[]) {
	const states = new Map<string, string[]>();
	let needless = 0;
	for (const { networkId, tagsBefore, tagsAfter } of writes) {
		const [before, after] = [(tagsBefore ?? []).join(' '), (tagsAfter ?? []).join(' ')];
		const known = states.get(networkId ?? '') ?? [before];
		if (before === after) needless += 1;
		if (known.at(-1) !== after) known.push(after);
		states.set(networkId ?? '', known);
	}
	return { states, needless } as const;
}

/** Away and home again: no flap, no other tag lost or moved. */
export function expectAwayAndHome(site: Site, branches: number): void {
	const { states } = passages(site.writes);
	const claims = new Claims();
	claims.check('each branch is written', states.size === branches, [...states.keys()]);
	for (const [networkId, [first = '', away = '', ...later]] of states) {
		const expected = first
			.replace('london_primary_up', 'london_primary_down')
			.replace('paris_backup_down', 'paris_backup_up');
		const seen = { networkId, first, away, later };
		claims.check('each branch goes to its backup and no further', away === expected, seen);
		claims.check('and home again, once', later.length === 1 && later[0] === first, seen);
	}
	const { violations } = site.simulator;
	claims.check('no request breaks the contract', violations.count === 0, violations.all);
	claims.end();
}
