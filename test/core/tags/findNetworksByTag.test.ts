import { networksWithTag } from '../../../core/tags/findNetworksByTag';
import { compileTagFormat, DEFAULT_TAG_FORMAT } from '../../../core/tags/tagFormat';
import { network, ON_PRIMARY } from '../../support/branch';

const grammar = () => compileTagFormat(DEFAULT_TAG_FORMAT);
const leeds = network([...ON_PRIMARY, 'vpn-pilot'], { id: 'N_1' });
const york = network(ON_PRIMARY, { id: 'N_2' });
const office = network(['vpn-pilot'], { id: 'N_3' });

describe('the networks that an operator means by a tag', () => {
	test('are those that carry it and have VPN tags', () => {
		const found = networksWithTag([leeds, york, office], 'vpn-pilot', grammar());
		expect(found).toEqual({ kind: 'found', networks: [leeds] });
	});

	test('are none where only networks without VPN tags carry it, and it is said why', () => {
		expect(networksWithTag([york, office], 'vpn-pilot', grammar())).toEqual({
			kind: 'noneFound',
			why: 'No network with the tag vpn-pilot has VPN tags of this format (1 carry it).',
		});
	});

	test('are none where nobody carries it, also not in another case', () => {
		expect(networksWithTag([leeds, york], 'VPN-Pilot', grammar())).toEqual({
			kind: 'noneFound',
			why: 'None of the 2 networks that this key can see carries the tag VPN-Pilot.',
		});
	});
});
