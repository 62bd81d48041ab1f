import { fuzzDecisions, movesOfTheWorld, READS } from './decisions';
import { fuzz, readersDisagree, SUBJECTS } from './parsers';

/** Seeds are numbers from 1 on, so that every run tries the same ones. More of them: `npm run fuzz`. */
const MUTANTS = 10_000;
const EVALUATIONS = 300;

describe.each(SUBJECTS)('whatever an answer holds, $name', (subject) => {
	it('come out typed, or are named with their path, and never with the secret of a peer', () => {
		const { mutants, violations } = fuzz(subject, MUTANTS);
		expect(violations.slice(0, 5)).toEqual([]);
		expect(mutants).toBe(MUTANTS);
	});
});

it('loss is the same by both of its readers', () => {
	expect(readersDisagree(2000).slice(0, 5)).toEqual([]);
});

describe('R4.6 a broken value moves nobody', () => {
	it('in a world where some would move anyhow', async () => {
		expect(await movesOfTheWorld()).toEqual(['N_1 failover to paris', 'N_3 swapBack to london']);
	});

	it.each(READS)('in the answer of %s', async (read) => {
		const { violations, moves } = await fuzzDecisions(read, EVALUATIONS);
		expect(violations.slice(0, 5)).toEqual([]);
		expect(moves).toBeGreaterThan(0);
	});
});
