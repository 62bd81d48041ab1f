import type { INodeProperties } from 'n8n-workflow';
import { asFields, asText, field } from '../../core/domain/untrusted';
import { DEFAULT_TAG_FORMAT } from '../../core/tags/tagFormat';
import type { TagFormat } from '../../core/tags/tagFormat';

/** How VPN tags are spelled. Both nodes show the same fields. */
export const tagFormatProperty: INodeProperties = {
	displayName: 'Tag Format',
	name: 'tagFormat',
	type: 'collection',
	placeholder: 'Change Part of the Format',
	default: {},
	description:
		'How VPN tags are spelled. As it stands: london_primary_up, paris_backup_down. Further backups are backup2, backup3, and so on. A run by hand shows what tags look like with your changes.',
	options: [
		{
			displayName: 'Format',
			name: 'format',
			type: 'string',
			default: '{peer}_{role}_{state}',
			placeholder: 'e.g. {peer}_ZS_{role}_{state}',
			description:
				'With {peer}, {role} and {state} once each: {peer}_ZS_{role}_{state} with the words P, B, UP and DOWN reads LON_ZS_P_UP. {group} allows several independent pairs on one network.',
		},
		{
			displayName: 'Word for Backup',
			name: 'backupWord',
			type: 'string',
			default: 'backup',
		},
		{ displayName: 'Word for Down', name: 'downWord', type: 'string', default: 'down' },
		{
			displayName: 'Word for Primary',
			name: 'primaryWord',
			type: 'string',
			default: 'primary',
		},
		{ displayName: 'Word for Up', name: 'upWord', type: 'string', default: 'up' },
	],
};

export const holdTagProperty: INodeProperties = {
	displayName: 'Hold Tag',
	name: 'holdTag',
	type: 'string',
	default: 'vpn_failover_hold',
	description: 'A network with this tag is watched and reported, but not moved',
};

/** The format with the operator's changes; what is left empty stays as it is by default. */
export function readTagFormat(value: unknown): TagFormat {
	const fields = asFields(value);
	const word = (name: keyof TagFormat) => asText(field(fields, name)) ?? DEFAULT_TAG_FORMAT[name];
	return {
		format: word('format'),
		primaryWord: word('primaryWord'),
		backupWord: word('backupWord'),
		upWord: word('upWord'),
		downWord: word('downWord'),
	};
}
