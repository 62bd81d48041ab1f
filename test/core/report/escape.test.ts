import { escapeHtml } from '../../../core/report/escapeHtml';
import { escapeMarkdown } from '../../../core/report/escapeMarkdown';
import { escapePlain } from '../../../core/report/escapePlain';
import { escapeSlack, slackLink } from '../../../core/report/escapeSlack';

test('HTML: every sign of markup and both quotes become entities', () => {
	expect(escapeHtml(`<a href="x" b='y'>&amp;\``)).toBe(
		'&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;amp;&#96;',
	);
});

describe('Slack', () => {
	const rows = [
		{ says: 'a channel ping is text', text: '<!channel>', expect: '&lt;!channel&gt;' },
		{ says: 'a user ping is text', text: '<@U1>', expect: '&lt;＠U1&gt;' },
		{ says: 'a link is text', text: '<http://x|y>', expect: '&lt;http://x|y&gt;' },
		{ says: 'an entity is text', text: '&lt;!channel&gt;', expect: '&amp;lt;!channel&amp;gt;' },
		{ says: '@here pings nobody', text: '@here', expect: '＠here' },
		{ says: 'a lone @ stays', text: 'Store @ Mall', expect: 'Store @ Mall' },
		{ says: 'bold, strike and code become look-alikes', text: '*a* ~b~ `c`', expect: '∗a∗ ∼b∼ ˋcˋ' },
		{ says: 'italics become look-alikes', text: '_a_', expect: 'ˍaˍ' },
		{ says: 'a tag can still be copied', text: 'london_primary_up', expect: 'london_primary_up' },
		{ says: 'the edges of __proto__ do', text: '__proto__', expect: 'ˍˍprotoˍˍ' },
		{ says: 'an emoji word is text', text: ':white_check_mark:', expect: '꞉white_check_mark:' },
		{ says: 'an IPv6 address stays', text: '2001:db8:1::1', expect: '2001:db8:1::1' },
		{ says: 'a time stays', text: '12:04:30', expect: '12:04:30' },
		{ says: 'a quote mark at the start is no quote', text: '> x', expect: '› x' },
		{ says: 'a name that ends in a backslash', text: 'a\\', expect: 'a\\' },
	];
	test.each(rows)('$says', ({ text, expect: expected }) => {
		expect(escapeSlack(text)).toBe(expected);
	});

	test('a label cannot end the address of its link', () => {
		expect(slackLink('https://a.example/?x=1&y=2', 'a|b')).toBe('<https://a.example/?x=1&amp;y=2|a∣b>');
	});
});

describe('Markdown', () => {
	const rows = [
		{ says: 'emphasis', text: '*a* _b_ ~~c~~', expect: String.raw`\*a\* \_b\_ \~\~c\~\~` },
		{ says: 'code', text: '`x`', expect: String.raw`\`x\`` },
		{ says: 'a link', text: '[x](y)', expect: String.raw`\[x\](y)` },
		{ says: 'an image', text: '![x](y)', expect: String.raw`\!\[x\](y)` },
		{ says: 'a table cell', text: 'a|b', expect: 'a&#124;b' },
		{ says: 'a table cell behind a backslash', text: 'a\\|b', expect: String.raw`a\\&#124;b` },
		{ says: 'HTML', text: '<b>&amp;', expect: '&lt;b&gt;&amp;amp;' },
		{ says: 'an address', text: 'see https://x.example', expect: String.raw`see https\://x.example` },
		{ says: 'an address without scheme', text: 'see WWW.x.example', expect: String.raw`see WWW\.x.example` },
		{ says: 'a mention', text: '@channel @all', expect: '＠channel ＠all' },
		{ says: 'a mail address', text: 'a@b.example', expect: 'a＠b.example' },
		{ says: 'an emoji', text: ':fire:', expect: String.raw`\:fire:` },
		{ says: 'a heading', text: '# x', expect: String.raw`\# x` },
		{ says: 'a list', text: '- x', expect: String.raw`\- x` },
		{ says: 'a numbered list', text: '1. x', expect: String.raw`1\. x` },
		{ says: 'a numbered list of the other kind', text: '1) x', expect: String.raw`1\) x` },
		{ says: 'a formula', text: '$x^2$', expect: String.raw`\$x\^2\$` },
		{ says: 'an ordinary name stays readable', text: 'St. Gallen-West (2)', expect: 'St. Gallen-West (2)' },
	];
	test.each(rows)('$says', ({ text, expect: expected }) => {
		expect(escapeMarkdown(text)).toBe(expected);
	});
});

describe('plain text and titles, which people paste anywhere', () => {
	const rows = [
		{
			says: 'a channel ping is inert as the text of a Slack message',
			text: '<!channel>',
			expect: '‹!channel>',
		},
		{ says: '@here too', text: '@here', expect: '＠here' },
		{ says: 'a comparison stays', text: 'a < b', expect: 'a < b' },
		{ says: 'a template expression stays as it is', text: '={{ $json.x }}', expect: '={{ $json.x }}' },
	];
	test.each(rows)('$says', ({ text, expect: expected }) => {
		expect(escapePlain(text)).toBe(expected);
	});
});
