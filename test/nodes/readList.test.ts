import { readIps } from '../../nodes/shared/readList';

describe('IP addresses as people type them', () => {
	test.each([
		['203.0.113.10, 198.51.100.20', ['203.0.113.10', '198.51.100.20']],
		['203.0.113.10\n198.51.100.20', ['203.0.113.10', '198.51.100.20']],
		['"203.0.113.10", \'198.51.100.20\'', ['203.0.113.10', '198.51.100.20']],
		['203.0.113.10/32', ['203.0.113.10']],
		['[2001:DB8::1]', ['2001:db8::1']],
		['2001:db8::1/128, 2001:0db8:0::1', ['2001:db8::1']],
		[['203.0.113.10'], ['203.0.113.10']],
		['', []],
		[undefined, []],
	])('%j is read', (typed, ips) => {
		expect(readIps(typed)).toEqual({ kind: 'read', ips });
	});

	test.each([
		['8.8.8.8; 1.1.1.1', '8.8.8.8;'],
		['203.0.113.0/24', '203.0.113.0/24'],
		['203.0.113.10:500', '203.0.113.10:500'],
		['vpn.example.com', 'vpn.example.com'],
		['203.0.113.10.', '203.0.113.10.'],
		[7, '7'],
	])('%j is refused, and names what cannot be understood', (typed, part) => {
		expect(readIps(typed)).toEqual({ kind: 'unusable', part });
	});
});
