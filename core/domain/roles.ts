import type { Role } from './types';

/** Primary first, then the backups in their order. */
export function compareRoles(one: Role, other: Role): number {
	return roleOrder(one) - roleOrder(other);
}

export function isSameRole(one: Role, other: Role): boolean {
	return roleOrder(one) === roleOrder(other);
}

/** `primary`, `backup`, `backup2`: the product's own words, whatever words the tags use. */
export function roleName(role: Role): string {
	if (role.kind === 'primary') return 'primary';
	return role.order === 1 ? 'backup' : `backup${role.order}`;
}

/** The role that {@link roleName} wrote, or `null` for any other text. */
export function parseRoleName(text: string): Role | null {
	if (text === 'primary') return { kind: 'primary' };
	const order = /^backup([2-9]|[1-9][0-9])?$/.exec(text);
	return order ? { kind: 'backup', order: order[1] === undefined ? 1 : Number(order[1]) } : null;
}

function roleOrder(role: Role): number {
	return role.kind === 'primary' ? 0 : role.order;
}
