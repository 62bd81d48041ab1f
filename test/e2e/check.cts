/** What a step throws when the product does not do what its user expects. */
export class Unexpected extends Error {
	constructor(message: string) {
		super(message);
		this.name = 'Unexpected';
	}
}

export function expect(claim: string, holds: boolean, found?: unknown): void {
	if (!holds) throw new Unexpected(found === undefined ? claim : `${claim}; found: ${shown(found)}`);
}

/** Several claims about one run, each of which is worth knowing when another does not hold. */
export class Claims {
	private readonly broken: string[] = [];

	check(claim: string, holds: boolean, found?: unknown): void {
		if (!holds) this.broken.push(found === undefined ? claim : `${claim}; found: ${shown(found)}`);
	}

	end(): void {
		if (this.broken.length > 0) throw new Unexpected(this.broken.join('\n    '));
	}
}

function shown(found: unknown): string {
	return (typeof found === 'string' ? found : JSON.stringify(found)).slice(0, 1500);
}
