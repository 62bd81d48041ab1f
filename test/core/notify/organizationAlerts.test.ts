import { unreadableConditions } from '../../../core/notify/organizationAlerts';

describe('R8.5 what could not be read', () => {
	test('one notice for each kind, with the first sentence and a count', () => {
		const conditions = unreadableConditions('1001', [
			{ what: 'rows', why: '[0].ts is missing.' },
			{ what: 'peers', why: 'Forbidden.' },
			{ what: 'rows', why: '[1].ts is missing.' },
		]);
		expect(conditions.map(({ key, severity, row }) => [key, severity, row.explanation])).toEqual([
			['["unreadable","rows"]', 'warning', '[0].ts is missing. And 1 more.'],
			['["unreadable","peers"]', 'critical', 'Forbidden.'],
		]);
		expect(unreadableConditions('1001', [])).toEqual([]);
	});

	test.each([
		{
			what: 'rows',
			severity: 'warning',
			heading: 'Rows of loss data could not be used',
			nextStep: 'The other networks are evaluated as always. Ask Meraki support if it lasts.',
		},
		{
			what: 'networks',
			severity: 'warning',
			heading: 'Networks could not be read',
			nextStep: 'They are not moved. Look at their tags in the dashboard.',
		},
		{
			what: 'peers',
			severity: 'critical',
			heading: 'VPN peers could not be read, so no branch is protected',
			nextStep:
				"Let the API key read the organization's VPN settings, or choose Listed IPs under Tracked IPs.",
		},
		{
			what: 'peerParts',
			severity: 'warning',
			heading: 'Parts of the VPN peers could not be read and were skipped',
			nextStep: 'The other peers and tags count as always. Check the peer named in the dashboard.',
		},
		{
			what: 'statuses',
			severity: 'warning',
			heading: 'Uplink statuses could not be read',
			nextStep:
				'Networks on which a decision depends do not move. Let the API key read appliance uplink statuses.',
		},
		{
			what: 'history',
			severity: 'warning',
			heading: 'Older loss data could not be read',
			nextStep: 'Swap backs wait until enough has been seen.',
		},
		{
			what: 'tunnels',
			severity: 'info',
			heading: 'VPN statuses could not be read',
			nextStep:
				'Branches move as always; only whether the tunnel to a backup works is not told. Let the API key read VPN statuses.',
		},
	] as const)('$what: $heading', ({ what, ...telling }) => {
		expect(unreadableConditions('1001', [{ what, why: 'Forbidden.' }])).toEqual([
			{
				...telling,
				key: JSON.stringify(['unreadable', what]),
				fingerprint: '',
				tellAfterMs: 0,
				comesAndGoes: true,
				incidentPeer: null,
				row: {
					networkId: '',
					networkName: 'Organization 1001',
					networkUrl: null,
					from: null,
					to: null,
					explanation: 'Forbidden.',
					lossPercents: [],
					durationMs: null,
					tagsBefore: [],
					tagsAfter: [],
				},
			},
		]);
	});
});
