import { canonicalHost, canonicalIp } from '../../../core/domain/ipAddress';

describe('the one spelling of an IP address', () => {
	test.each([
		['203.0.113.10', '203.0.113.10'],
		['2001:DB8::1', '2001:db8::1'],
		['2001:0db8:0000:0000:0000:0000:0000:0001', '2001:db8::1'],
		['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
		['::', '::'],
		['::1', '::1'],
		['1::', '1::'],
		['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
		['::ffff:192.0.2.1', '::ffff:c000:201'],
		['10:0:0:0:0:0:0:10', '10::10'],
	])('%s is %s', (text, expected) => {
		expect(canonicalIp(text)).toBe(expected);
		expect(canonicalIp(expected)).toBe(expected);
	});

	test.each([
		'',
		'203.0.113',
		'203.0.113.256',
		'203.0.113.010',
		'203.0.113.10;',
		'203.0.113.10/32',
		'1::2::3',
		'1:2:3:4:5:6:7',
		'1:2:3:4:5:6:7:8:9',
		'1:2:3:4:5:6:7:8::',
		'12345::',
		'g::',
		'::1.2.3',
		'vpn.example.com',
	])('%s is none', (text) => {
		expect(canonicalIp(text)).toBeNull();
		expect(canonicalHost(text)).toBe(text);
	});
});
