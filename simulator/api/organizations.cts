import type { Organization } from '../dashboard/organization.cjs';
import { mayListOrganization } from './access.cjs';
import { organizationOf, type Answer, type Call } from './call.cjs';
import { pageOf } from './pagination.cjs';

// getOrganizations: "Default is 9000".
const DEFAULT_PER_PAGE = 9000;

export function listOrganizations(call: Call): Answer {
	const organizations = call.simulation.dashboard.organizations
		.filter((organization) => mayListOrganization(call.key, organization))
		.sort((one, other) => (one.id < other.id ? -1 : 1));
	const page = pageOf(organizations, ({ id }) => id, call.query, DEFAULT_PER_PAGE, call.url);
	return { body: page.items.map(organizationAnswer), link: page.link };
}

export function readOrganization(call: Call): Answer {
	return { body: organizationAnswer(organizationOf(call)) };
}

export function readIdentity(call: Call): Answer {
	return {
		body: {
			name: call.key.name,
			email: `${call.key.name.replace(/[^A-Za-z0-9]+/g, '.')}@example.com`,
			lastUsedDashboardAt: new Date(call.now).toISOString(),
			authentication: {
				mode: 'email',
				api: { key: { created: true } },
				twoFactor: { enabled: true },
				saml: { enabled: false },
			},
		},
	};
}

function organizationAnswer({ facts }: Organization) {
	return {
		id: facts.id,
		name: facts.name,
		url: `https://dashboard.meraki.com/o/${facts.id}/manage/organization/overview`,
		api: { enabled: facts.apiEnabled },
		licensing: { model: 'co-term' },
		cloud: { region: { name: 'Europe', host: { name: 'Germany' } } },
		management: { details: [] },
	};
}
