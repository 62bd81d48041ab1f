/** Moves in words that product and oracle share. */
import type { Decision } from '../../../core/swap/decision';
import type { Role } from '../../../core/domain/types';
import type { Move } from '../input';

export function asRole({ role, peer }: Move['from']): Decision['have'] {
	return { peer, role: role === 0 ? { kind: 'primary' } : { kind: 'backup', order: role } };
}

export function inWords(action: string, have: Decision['have'], want: Decision['want']): string {
	return `moves (${action}) from ${spell(have)} to ${spell(want)}`;
}

function spell({ role, peer }: { role: Role; peer: string }): string {
	return `${peer} ${role.kind}${role.kind === 'backup' ? role.order : ''}`;
}
