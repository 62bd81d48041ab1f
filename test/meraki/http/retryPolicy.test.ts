import { parseHttpDate } from '../../../meraki/http/headers';
import { classify, delayMs, retryAfterSecondsOf } from '../../../meraki/http/retryPolicy';
import { answer, DATE, DATE_AT, noAnswer, ok } from '../support/scripted';

const told = (verdict: ReturnType<typeof classify>) =>
	verdict.kind === 'ok'
		? 'ok'
		: [verdict.errorKind, verdict.isRetryable ? 'retry' : '', verdict.outcomeUnknown ? 'outcomeUnknown' : '']
				.filter((word) => word !== '')
				.join(' ');

describe('what an outcome means', () => {
	const verdicts = [
		{ says: 'JSON is good', outcome: ok({}), get: 'ok', put: 'ok' },
		{ says: 'a created batch is good', outcome: answer(201, []), get: 'ok', put: 'ok' },
		{
			says: 'a cut-off body',
			outcome: ok('{"id":'),
			get: 'badAnswer retry',
			put: 'badAnswer outcomeUnknown',
		},
		{ says: 'an empty body', outcome: ok(''), get: 'badAnswer retry', put: 'badAnswer outcomeUnknown' },
		{ says: 'JSON null', outcome: ok(null), get: 'badAnswer retry', put: 'badAnswer outcomeUnknown' },
		{ says: 'a status before the good ones', outcome: answer(199, {}), get: 'badAnswer', put: 'badAnswer' },
		{ says: 'a status behind the good ones', outcome: answer(300, {}), get: 'badAnswer', put: 'badAnswer' },
		{
			says: 'not modified, which nobody asked for',
			outcome: answer(304, ''),
			get: 'badAnswer',
			put: 'badAnswer',
		},
		{ says: 'bad input', outcome: answer(400, {}), get: 'badRequest', put: 'badRequest' },
		{ says: 'a wrong key', outcome: answer(401, {}), get: 'auth', put: 'auth' },
		{ says: 'no permission', outcome: answer(403, {}), get: 'forbidden', put: 'forbidden' },
		{ says: 'not there or not visible', outcome: answer(404, {}), get: 'notFound', put: 'notFound' },
		{ says: 'a conflict', outcome: answer(409, {}), get: 'badRequest', put: 'badRequest' },
		{
			says: 'the server waited for the request',
			outcome: answer(408, {}),
			get: 'badRequest retry',
			put: 'badRequest outcomeUnknown',
		},
		{ says: 'too many requests', outcome: answer(429, {}), get: 'rateLimited retry', put: 'rateLimited' },
		{ says: 'a fault', outcome: answer(500, {}), get: 'server retry', put: 'server outcomeUnknown' },
		{ says: 'not implemented', outcome: answer(501, {}), get: 'server', put: 'server outcomeUnknown' },
		{ says: 'a bad gateway', outcome: answer(502, ''), get: 'server retry', put: 'server outcomeUnknown' },
		{ says: 'unavailable: nothing was done', outcome: answer(503, ''), get: 'server retry', put: 'server' },
		{
			says: 'a gateway that gave up',
			outcome: answer(504, ''),
			get: 'server retry',
			put: 'server outcomeUnknown',
		},
		{ says: 'a proxy that wants a login', outcome: answer(407, ''), get: 'proxy', put: 'proxy' },
		...[
			'DEPTH_ZERO_SELF_SIGNED_CERT',
			'SELF_SIGNED_CERT_IN_CHAIN',
			'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
			'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
			'CERT_HAS_EXPIRED',
			'CERT_UNTRUSTED',
			'ERR_TLS_CERT_ALTNAME_INVALID',
			'HOSTNAME_MISMATCH',
			'INVALID_CA',
		].map((code) => ({
			says: `a certificate that is not trusted (${code})`,
			outcome: noAnswer(code),
			get: 'certificate',
			put: 'certificate',
		})),
		{
			says: 'no answer',
			outcome: noAnswer('ECONNRESET'),
			get: 'network retry',
			put: 'network outcomeUnknown',
		},
	];
	it.each(verdicts)('$says', ({ outcome, get, put }) => {
		expect(told(classify(outcome, 'GET'))).toBe(get);
		expect(told(classify(outcome, 'PUT'))).toBe(put);
		expect(told(classify(outcome, 'POST'))).toBe(put);
	});
});

it('nothing is expected in the answer to a deletion', () => {
	expect(told(classify(answer(204, ''), 'DELETE'))).toBe('ok');
	expect(told(classify(answer(500, ''), 'DELETE'))).toBe('server outcomeUnknown');
});

describe('Retry-After', () => {
	it.each([
		{ says: 'missing', headers: {}, is: null },
		{ says: 'seconds', headers: { 'retry-after': ' 2 ' }, is: 2 },
		{ says: 'zero', headers: { 'retry-after': '0' }, is: 0 },
		{
			says: 'a date, against the answer’s own clock',
			headers: { 'retry-after': 'Sun, 22 Nov 2026 12:00:07 GMT' },
			is: 7,
		},
		{ says: 'a date that is over', headers: { 'retry-after': 'Sun, 22 Nov 2026 11:00:00 GMT' }, is: 0 },
		{ says: 'a date without a clock', headers: { 'retry-after': DATE, date: 'garbled' }, is: null },
		{ says: 'negative', headers: { 'retry-after': '-1' }, is: null },
		{ says: 'words', headers: { 'retry-after': 'soon' }, is: null },
		{ says: 'a number beyond all reason', headers: { 'retry-after': '9'.repeat(400) }, is: null },
	])('$says', ({ headers, is }) => {
		expect(retryAfterSecondsOf(answer(429, {}, headers as Record<string, string>))).toBe(is);
	});
});

describe('the wait before the next try', () => {
	it.each([
		{ says: 'what Meraki asked for', after: 7, tries: 1, random: 0.9, ms: 7000 },
		{ says: 'at most a minute of it', after: 3600, tries: 1, random: 0, ms: 60_000 },
		{ says: 'without a word: one second', after: null, tries: 1, random: 0, ms: 1000 },
		{ says: 'plus up to as much again', after: null, tries: 1, random: 0.5, ms: 1500 },
		{ says: 'doubled with each try', after: null, tries: 4, random: 0.25, ms: 10_000 },
		{ says: 'at most a minute', after: null, tries: 9, random: 0, ms: 60_000 },
	])('$says', ({ after, tries, random, ms }) => {
		expect(delayMs(after, tries, random)).toBe(ms);
	});
});

describe('a date of HTTP', () => {
	it.each([
		{ says: 'the one form that may be sent', header: DATE, is: DATE_AT },
		{ says: 'with spaces around', header: ` ${DATE} `, is: DATE_AT },
		{ says: 'missing', header: undefined, is: undefined },
		{ says: 'a number, which Date.parse takes for a year', header: '5', is: undefined },
		{ says: 'the right shape, no such day', header: 'Sun, 99 Nov 2026 12:00:00 GMT', is: undefined },
	])('$says', ({ header, is }) => {
		expect(parseHttpDate(header)).toBe(is);
	});
});
