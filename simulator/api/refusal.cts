/** An answer with a 4xx status and Meraki's error body. */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		readonly errors: readonly string[],
		readonly headers: Readonly<Record<string, string>> = {},
	) {
		super(errors.join('; '));
		this.name = 'Refusal';
	}
}
