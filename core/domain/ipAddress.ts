/**
 * An IP address in the one spelling in which addresses are compared: IPv4 as four numbers, IPv6 in lower case with its
 * longest run of zeros left out (RFC 5952). `null` when the text is not an IP address.
 */
export function canonicalIp(text: string): string | null {
	const ipv4 = ipv4Numbers(text);
	if (ipv4) return ipv4.join('.');
	const groups = ipv6Groups(text);
	return groups === null ? null : compressed(groups);
}

/** {@link canonicalIp} for what may also be a host name, which stays as it is. */
export function canonicalHost(text: string): string {
	return canonicalIp(text) ?? text;
}

function ipv4Numbers(text: string): number[] | null {
	const parts = text.split('.');
	// A leading zero would be octal to some tools.
	if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part))) return null;
	const numbers = parts.map(Number);
	return numbers.every((number) => number <= 255) ? numbers : null;
}

function ipv6Groups(text: string): number[] | null {
	const [head = '', tail, ...more] = text.split('::');
	if (more.length > 0) return null;
	const left = groupsOf(head);
	const right = tail === undefined ? [] : groupsOf(tail);
	if (left === null || right === null) return null;
	const missing = 8 - left.length - right.length;
	if (tail === undefined ? missing !== 0 : missing < 1) return null;
	return [...left, ...Array<number>(missing).fill(0), ...right];
}

function groupsOf(text: string): number[] | null {
	if (text === '') return [];
	const parts = text.split(':');
	const last = parts.at(-1) ?? '';
	const ipv4 = last.includes('.') ? ipv4Numbers(last) : undefined;
	if (ipv4 === null) return null;
	const hex = ipv4 === undefined ? parts : parts.slice(0, -1);
	if (!hex.every((part) => /^[0-9a-f]{1,4}$/i.test(part))) return null;
	const [a = 0, b = 0, c = 0, d = 0] = ipv4 ?? [];
	const embedded = ipv4 === undefined ? [] : [a * 256 + b, c * 256 + d];
	return [...hex.map((part) => Number.parseInt(part, 16)), ...embedded];
}

function compressed(groups: readonly number[]): string {
	const text = groups.map((group) => group.toString(16)).join(':');
	const runs = [...text.matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].map(([run]) => run);
	const longest = runs.reduce((best, run) => (zeros(run) > zeros(best) ? run : best), '');
	if (longest === '') return text;
	const at = text.indexOf(longest);
	const before = text.slice(0, at);
	const after = text.slice(at + longest.length);
	return `${before}::${after.replace(/^:/, '')}`;
}

function zeros(run: string): number {
	return run.split('0').length - 1;
}
