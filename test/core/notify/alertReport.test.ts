import { MINUTE_MS } from '../../../core/domain/time';
import { alert, worst } from '../../../core/notify/alertReport';
import type { AlertContext } from '../../../core/notify/alertReport';
import type { Told } from '../../../core/memory/memory';
import type { Condition } from '../../../core/notify/dedup';
import { organizationRow } from '../../../core/notify/organizationAlerts';
import type { Notify } from '../../../core/domain/types';
import { ORGANIZATION } from '../../support/branch';
import { NOW } from '../../support/series';

const CONTEXT: AlertContext = {
	organization: ORGANIZATION,
	reportedAt: NOW,
	lossThresholdPercent: 30,
	incidents: { open: new Map(), continued: new Set() },
};

function condition(key: string, changes: Partial<Condition> = {}): Condition {
	return {
		key,
		fingerprint: '',
		tellAfterMs: 0,
		severity: 'warning',
		heading: 'Held',
		nextStep: `Look at ${key}.`,
		incidentPeer: null,
		row: organizationRow('1001', key),
		...changes,
	};
}

const over = (title: string, changes: Partial<Told> = {}): Told => ({
	fingerprint: '',
	since: NOW,
	toldAt: NOW,
	title,
	...changes,
});

interface Message {
	readonly due?: readonly Condition[];
	readonly notify?: Readonly<Record<string, Notify>>;
	/** When each began. */
	readonly since?: Readonly<Record<string, number>>;
	readonly ended?: readonly Told[];
	readonly context?: Partial<AlertContext>;
}

function message({ due = [], notify = {}, since = {}, ended = [], context = {} }: Message) {
	const telling = {
		notify: new Map(due.map(({ key }): [string, Notify] => [key, notify[key] ?? 'new'])),
		told: Object.fromEntries(
			Object.entries(since).map(([key, each]) => [key, over('', { since: each })] as const),
		),
		ended,
	};
	return alert(due, telling, { ...CONTEXT, ...context });
}

describe('R8.5 the message', () => {
	test('is none where nothing is due and nothing has ended', () => {
		expect(message({})).toBeNull();
		expect(message({ due: [condition('a')], notify: { a: 'none' } })).toBeNull();
	});

	test('tells no end of what had no words of its own, such as a move', () => {
		expect(message({ ended: [over('')] })).toBeNull();
		expect(message({ ended: [over(''), over('Held')] })?.title).toBe('Acme: resolved: Held (1)');
	});

	test.each(['new', 'changed', 'repeat'] as const)('tells of what is %s', (how) => {
		const told = message({ due: [condition('a'), condition('b')], notify: { a: how, b: 'none' } });
		expect(told?.sections.map(({ rows }) => rows.map(({ explanation }) => explanation))).toEqual([['a']]);
	});

	test('holds what a report needs', () => {
		expect(message({ due: [condition('a')] })).toEqual({
			kind: 'alert',
			severity: 'warning',
			title: 'Acme: Held (1)',
			summary: '',
			incidentId: null,
			organizationId: '1001',
			organizationName: 'Acme',
			isDryRun: false,
			reportedAt: NOW,
			lossThresholdPercent: 30,
			sections: [
				{
					heading: 'Held',
					severity: 'warning',
					nextStep: 'Look at a.',
					rows: [organizationRow('1001', 'a')],
				},
			],
		});
	});

	test('puts the most urgent first, and each heading together', () => {
		const told = message({
			due: [
				condition('a', { severity: 'info', heading: 'Ready' }),
				condition('b'),
				condition('c', { severity: 'critical', heading: 'Down' }),
				condition('d'),
			],
		});
		expect(told?.severity).toBe('critical');
		expect(told?.title).toBe('Acme: Down (1), and 2 more');
		expect(
			told?.sections.map(({ heading, rows }) => [heading, ...rows.map(({ explanation }) => explanation)]),
		).toEqual([
			['Down', 'c'],
			['Held', 'b', 'd'],
			['Ready', 'a'],
		]);
	});
});

describe('R8.5 how long it has lasted', () => {
	const dueSince = (...agoMs: number[]) => {
		const due = agoMs.map((_ago, at) => condition(`${at}`));
		const since = Object.fromEntries(agoMs.map((ago, at) => [`${at}`, NOW - ago]));
		return message({ due, since });
	};

	test('is told from a minute on, by the first of the same heading', () => {
		expect(dueSince(MINUTE_MS - 1)?.title).toBe('Acme: Held (1)');
		expect(dueSince(MINUTE_MS)?.title).toBe('Acme: Held (1), since 11:59 UTC');
		expect(dueSince(0, 10 * MINUTE_MS, MINUTE_MS)?.title).toBe('Acme: Held (3), since 11:50 UTC');
		const other = condition('other', { severity: 'critical', heading: 'Down' });
		const told = message({ due: [condition('a'), other], since: { a: NOW - 60 * MINUTE_MS, other: NOW } });
		expect(told?.title).toBe('Acme: Down (1), and 1 more');
	});

	test('stands at each row from a minute on, unless the row tells a time of its own', () => {
		const durations = (agoMs: number) => dueSince(agoMs)?.sections[0]?.rows.map((row) => row.durationMs);
		expect(durations(MINUTE_MS - 1)).toEqual([null]);
		expect(durations(MINUTE_MS)).toEqual([MINUTE_MS]);
		const own = condition('a', { row: { ...organizationRow('1001', 'a'), durationMs: 5 } });
		const told = message({ due: [own], since: { a: NOW - 10 * MINUTE_MS } });
		expect(told?.sections[0]?.rows[0]?.durationMs).toBe(5);
	});
});

describe('R8.5 what is over', () => {
	test('is told by its heading, its number and how long it lasted, and by nothing else', () => {
		const ended = [
			over('Held', { since: NOW - 30 * MINUTE_MS, seenAt: NOW - 20 * MINUTE_MS }),
			over('Down', { since: NOW - 5 * MINUTE_MS }),
			over('Held', { since: NOW - 25 * MINUTE_MS, seenAt: NOW - 15 * MINUTE_MS }),
		];
		const told = message({ ended });
		expect(told?.title).toBe('Acme: resolved: Held (2), and 1 more, after 15 min');
		expect(told?.severity).toBe('info');
		expect(told?.sections).toEqual([
			{ heading: 'Resolved: Held (2), after 15 min', severity: 'info', nextStep: '', rows: [] },
			{ heading: 'Resolved: Down (1), after 5 min', severity: 'info', nextStep: '', rows: [] },
		]);
	});

	test('shows no time where it lasted less than a minute', () => {
		const lasted = (ms: number) => message({ ended: [over('Held', { since: NOW - ms })] })?.title;
		expect(lasted(MINUTE_MS - 1)).toBe('Acme: resolved: Held (1)');
		expect(lasted(MINUTE_MS)).toBe('Acme: resolved: Held (1), after 1 min');
	});

	test('stands after what is due, which gives the title', () => {
		const told = message({ due: [condition('a')], ended: [over('Down')] });
		expect(told?.title).toBe('Acme: Held (1)');
		expect(told?.sections.map(({ heading }) => heading)).toEqual(['Held', 'Resolved: Down (1)']);
		expect(told?.severity).toBe('warning');
	});
});

describe('R8.5 the incident of a message', () => {
	const incidentId = (...peers: (string | null)[]) =>
		message({
			due: peers.map((incidentPeer, at) => condition(`${at}`, { incidentPeer })),
			context: {
				incidents: {
					open: new Map([['london', { id: 'i-london', startedAt: NOW, seenAt: NOW }]]),
					continued: new Set(),
				},
			},
		})?.incidentId;

	test.each([
		{ says: 'the outage of its peer', peers: ['london'], expect: 'i-london' },
		{ says: 'that of the first that has one', peers: [null, 'paris', 'london'], expect: 'i-london' },
		{ says: 'none where no outage of the peer is known', peers: ['paris'], expect: null },
		{ says: 'none where it concerns no peer', peers: [null], expect: null },
	])('is $says', ({ peers, expect: expected }) => {
		expect(incidentId(...peers)).toBe(expected);
	});
});

test.each([
	[[], 'info'],
	[['info'], 'info'],
	[['info', 'warning'], 'warning'],
	[['warning', 'critical', 'info'], 'critical'],
] as const)('the worst of %j is %s', (severities, expected) => {
	expect(worst(severities)).toBe(expected);
});
