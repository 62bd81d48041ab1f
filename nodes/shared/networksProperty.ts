import type { INodeProperties } from 'n8n-workflow';

type Hide = NonNullable<INodeProperties['displayOptions']>['hide'];

const networksWithTag: INodeProperties = {
	displayName: 'Filter Tag',
	name: 'networkTag',
	type: 'string',
	default: '',
	placeholder: 'e.g. vpn-pilot',
	description: 'Only networks that carry this tag as well take part',
};

const listedNetworks: INodeProperties = {
	displayName: 'Network IDs',
	name: 'networkIds',
	type: 'string',
	default: '',
	placeholder: 'e.g. N_24329156, L_646829496481105433',
	description: 'Separated by commas',
};

/** The two fields that a choice of networks brings along; `hide` is what else hides them. */
export function networkFields(hide: Hide = {}): INodeProperties[] {
	return [
		{ ...networksWithTag, displayOptions: { show: { networks: ['withTag'] }, hide } },
		{ ...listedNetworks, displayOptions: { show: { networks: ['listed'] }, hide } },
	];
}
