/** Told apart by most colour-blind people (Okabe and Ito), and named beside each colour. */
const COUNT = 5;

/** Each peer keeps the number of its place in the first organization that has it. */
export class PeerColors {
	private readonly numbers = new Map<string, number>();

	/** Of the style sheet: `--peer-1` to `--peer-5`, then again. */
	variable(peer: string): string {
		return `--peer-${(this.numberOf(peer) % COUNT) + 1}`;
	}

	className(peer: string): string {
		return `peer-${(this.numberOf(peer) % COUNT) + 1}`;
	}

	color(peer: string): string {
		return colorOf(this.variable(peer));
	}

	private numberOf(peer: string): number {
		const known = this.numbers.get(peer) ?? this.numbers.size;
		this.numbers.set(peer, known);
		return known;
	}
}

/** A canvas understands no `light-dark()`, so the browser is asked what it comes to. */
export function colorOf(variable: string): string {
	const probe = document.createElement('span');
	probe.style.color = `var(${variable})`;
	probe.hidden = true;
	document.body.append(probe);
	const { color } = getComputedStyle(probe);
	probe.remove();
	return color;
}
