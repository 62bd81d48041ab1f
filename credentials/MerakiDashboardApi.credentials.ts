import type {
	IAuthenticateGeneric,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

const CUSTOM_URL = "String($credentials.customUrl ?? '').trim()";
const NO_ADDRESS = 'https://custom-url-must-be-https.invalid';
const HTTPS_OR_LOOPBACK =
	'/^(https:\\/\\/([^\\s\\/@?#:\\\\\\[\\]]+|\\[[0-9a-f:.]+\\])|http:\\/\\/(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1\\]))(:\\d+)?(\\/[^\\s?#\\\\]*)?$/i';
const OTHER_VERSION = '/\\/api\\/v(?!1\\/*$)\\d+\\/*$/';
/**
 * The address by region, as `meraki/http/baseUrl.ts` resolves it for the nodes. An expression, since n8n tests a
 * credential without running code of ours. What the nodes would refuse becomes an address that cannot exist
 * (RFC 6761, .invalid), so that the key goes nowhere.
 */
const TEST_BASE_URL = `={{ $credentials.region !== 'custom'
	? ({
		world: 'https://api.meraki.com/api/v1',
		canada: 'https://api.meraki.ca/api/v1',
		china: 'https://api.meraki.cn/api/v1',
		india: 'https://api.meraki.in/api/v1',
		unitedStatesGovernment: 'https://api.gov-meraki.com/api/v1',
	})[$credentials.region] ?? '${NO_ADDRESS}'
	: ${HTTPS_OR_LOOPBACK}.test(${CUSTOM_URL}) && !${OTHER_VERSION}.test(${CUSTOM_URL})
		? ${CUSTOM_URL}.replace(/\\/+$/, '').replace(/\\/api\\/v1$/, '') + '/api/v1'
		: '${NO_ADDRESS}' }}`;

/** The API key of a Meraki dashboard administrator, and the dashboard it belongs to. */
export class MerakiDashboardApi implements ICredentialType {
	name = 'merakiDashboardApi';

	displayName = 'Meraki Dashboard API';

	icon: Icon = { light: 'file:../icons/meraki.svg', dark: 'file:../icons/meraki.dark.svg' };

	documentationUrl =
		'https://github.com/meraki-vpn-failover/n8n-nodes-meraki-vpn-failover?tab=readme-ov-file#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'Made in the dashboard under My Profile, API access. Its administrator needs full access to the networks that may be moved, and read access to the organization for VPN peers.',
		},
		{
			displayName: 'Region',
			name: 'region',
			type: 'options',
			default: 'world',
			description: 'Where the organization lives. Each region has keys of its own.',
			options: [
				{ name: 'Canada', value: 'canada' },
				{ name: 'China', value: 'china' },
				{ name: 'Custom URL', value: 'custom' },
				{ name: 'India', value: 'india' },
				{ name: 'United States Government', value: 'unitedStatesGovernment' },
				{ name: 'World', value: 'world' },
			],
		},
		{
			displayName: 'Custom URL',
			name: 'customUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://api.meraki.com/api/v1',
			displayOptions: { show: { region: ['custom'] } },
			description: 'Must begin with https://. Plain http:// is accepted for this machine only.',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.apiKey}}' } },
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: TEST_BASE_URL,
			url: '/administered/identities/me',
			// The key must not follow a redirect to another host (redirects are followed by hand in the nodes).
			disableFollowRedirect: true,
			headers: { Accept: 'application/json', 'User-Agent': 'MerakiVpnFailover/0.1 N8nCommunity' },
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 302,
					message: 'Meraki sends this region somewhere else. Choose the region of your dashboard.',
				},
			},
		],
	};
}
