import { networkLink } from '../../../core/report/networkLink';

const LINKED = [
	{ says: 'the dashboard', url: 'https://n149.meraki.com/Leeds-HQ/n/aBc_d/manage/usage/list' },
	{ says: 'a port', url: 'https://dashboard.example:8443/o/x?y=1&z=2#top' },
	{ says: 'the simulator on loopback', url: 'http://127.0.0.1:4010/networks/N_1' },
	{ says: 'the simulator by name', url: 'http://localhost:4010/networks/N_1' },
	{ says: 'the simulator on IPv6', url: 'http://[::1]:4010/x' },
	{ says: 'the longest', url: `https://a.example/${'x'.repeat(282)}` },
];

const NOT_LINKED = [
	{ says: 'nothing', url: null },
	{ says: 'an empty address', url: '' },
	{ says: 'a script', url: 'javascript:alert(1)' },
	{ says: 'a script behind blanks', url: ' \u0001javascript:alert(1)' },
	{ says: 'data', url: 'data:text/html,<script>alert(1)</script>' },
	{ says: 'plain http elsewhere', url: 'http://dashboard.meraki.com/x' },
	{ says: 'a host that starts like loopback', url: 'http://127.0.0.1.evil.example/' },
	{ says: 'another that does', url: 'http://localhost.evil.example/' },
	{ says: 'a user name before the host', url: 'https://dashboard.meraki.com@evil.example/' },
	{ says: 'a user name on loopback', url: 'http://localhost:80@evil.example/' },
	{ says: 'an address within another scheme', url: 'view-source:https://a.example/' },
	{ says: 'quotes', url: 'https://a.example/"onmouseover="alert(1)' },
	{ says: 'angle brackets', url: 'https://a.example/<!channel>' },
	{ says: "Slack's separator", url: 'https://a.example/|Leeds' },
	{ says: 'a line break', url: 'https://a.example/x\n' },
	{ says: 'a blank', url: 'https://a.example/ x' },
	{ says: 'a backslash host', url: 'https:\\\\evil.example' },
	{ says: 'letters that look like others', url: 'https://mеraki.com/' },
	{ says: 'a template expression', url: 'https://a.example/{{ $json.x }}' },
	{ says: 'one too long to be real', url: `https://a.example/${'x'.repeat(283)}` },
];

test.each(LINKED)('a link: $says', ({ url }) => {
	expect(networkLink(url)).toBe(url);
});

test.each(NOT_LINKED)('no link: $says', ({ url }) => {
	expect(networkLink(url)).toBeNull();
});
