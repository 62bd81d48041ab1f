import { canonicalIp } from '../../core/domain/ipAddress';

/** A list that an operator types with commas, or that an expression gives as an array of texts. */
export function readTexts(value: unknown): string[] {
	const texts: unknown[] = Array.isArray(value)
		? value
		: typeof value === 'string'
			? value.split(/[,\s]+/)
			: [];
	const clean = texts.filter((text): text is string => typeof text === 'string').map((text) => text.trim());
	return [...new Set(clean.filter((text) => text !== ''))];
}

export type ReadIps =
	| { readonly kind: 'read'; readonly ips: readonly string[] }
	/** `part` is what cannot be understood. */
	| { readonly kind: 'unusable'; readonly part: string };

/** IP addresses as people paste them: in quotes or brackets, with `/32` or `/128`. Each is read in one way, or refused. */
export function readIps(value: unknown): ReadIps {
	if (value !== undefined && value !== null && typeof value !== 'string' && !Array.isArray(value))
		return { kind: 'unusable', part: String(value) };
	const ips: string[] = [];
	for (const part of readTexts(value)) {
		const ip = canonicalIp(
			part
				.replace(/^(["'])(.*)\1$/, '$2')
				.replace(/\/(32|128)$/, '')
				.replace(/^\[(.*)\]$/, '$1'),
		);
		if (ip === null) return { kind: 'unusable', part };
		ips.push(ip);
	}
	return { kind: 'read', ips: [...new Set(ips)] };
}
