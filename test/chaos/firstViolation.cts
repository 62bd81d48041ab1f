/** Plays hours from the first seed on until one is violated, and says which, as JSON: `null` where none is. */
import { playHour } from '../model/simulate/hour';

const MOST_HOURS = Number(process.argv[2]);

function firstViolation(): { readonly hours: number; readonly violation: string } | null {
	for (let seed = 1; seed <= MOST_HOURS; seed += 1) {
		const [violation] = violationsOf(seed);
		if (violation !== undefined) return { hours: seed, violation };
	}
	return null;
}

/** A bug may also make the product throw. */
function violationsOf(seed: number): readonly string[] {
	try {
		return playHour(seed).violations;
	} catch (error) {
		return [String(error)];
	}
}

process.stdout.write(`${JSON.stringify(firstViolation())}\n`);
