type Child = Node | string;

/** Everything shown came from outside, so it only ever becomes text: no markup is built from strings. */
export function element<Name extends keyof HTMLElementTagNameMap>(
	name: Name,
	className = '',
	...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
	const made = document.createElement(name);
	if (className !== '') made.className = className;
	made.append(...children);
	return made;
}

export function at(id: string): HTMLElement {
	const found = document.getElementById(id);
	if (found === null) throw new Error(`The page has no element "${id}"`);
	return found;
}

/** Only what changed is touched, so that a selection and a screen reader's place stay. */
export function setText(target: Element, text: string): void {
	if (target.textContent !== text) target.textContent = text;
}

export function setClass(target: Element, className: string): void {
	if (target.className !== className) target.className = className;
}

export function setAttribute(target: Element, name: string, value: string): void {
	if (target.getAttribute(name) !== value) target.setAttribute(name, value);
}

/** Builds a list anew only when what it shows has changed. */
export class Shown {
	private last = '';

	constructor(private readonly target: HTMLElement) {}

	show<T>(entries: readonly T[], build: (entry: T) => HTMLElement, whenEmpty: string): void {
		const now = JSON.stringify(entries);
		if (now === this.last) return;
		this.last = now;
		const empty = this.target.tagName === 'OL' || this.target.tagName === 'UL' ? 'li' : 'p';
		this.target.replaceChildren(
			...(entries.length > 0 ? entries.map(build) : [element(empty, 'quiet', whenEmpty)]),
		);
	}
}

/** Hours and minutes, with seconds where they matter; virtual time is shown in UTC, as in messages. */
export function clockTime(iso: string, precision: 'minutes' | 'seconds' = 'seconds'): string {
	return iso.slice(11, precision === 'seconds' ? 19 : 16);
}
