import { parseDecision } from '../../../core/swap/decision';
import { decisionItem } from '../../support/decisions';
import { NOW } from '../../support/series';

/** The decision, or the field that was refused. */
function parse(changes: Record<string, unknown>): string {
	const parsed = parseDecision({ ...decisionItem(), ...changes });
	if (parsed.kind === 'decision') return 'decision';
	return /its field (\S+)/.exec(parsed.why)?.[1] ?? parsed.why;
}

describe('R6 an item has a mark', () => {
	test('R6 an item of Evaluate becomes the decision it says', () => {
		const parsed = parseDecision(JSON.parse(JSON.stringify(decisionItem())));
		expect(parsed).toEqual({
			kind: 'decision',
			decision: {
				organizationId: '1001',
				organizationName: 'Acme',
				networkId: 'N_1',
				networkName: 'Leeds',
				pair: '',
				action: 'failover',
				have: { role: { kind: 'primary' }, peer: 'london' },
				want: { role: { kind: 'backup', order: 1 }, peer: 'paris' },
				explanation: 'london lost 80 %.',
				lossPercents: [80, null],
				decidedAt: NOW,
				wantedSince: NOW - 120_000,
				offPrimarySince: null,
				outage: null,
				notify: 'new',
				incidentId: 'i',
				isContinued: false,
				tagFormat: decisionItem().tagFormat,
				holdTag: 'vpn_failover_hold',
				lossThresholdPercent: 30,
			},
		});
	});

	const marks: { says: string; json: unknown; expect: RegExp }[] = [
		{ says: 'nothing', json: undefined, expect: /not made by Evaluate/ },
		{ says: 'null', json: null, expect: /not made by Evaluate/ },
		{ says: 'a text', json: 'merakiVpnDecision', expect: /not made by Evaluate/ },
		{ says: 'a list', json: [decisionItem()], expect: /not made by Evaluate/ },
		{ says: 'an item of another node', json: { networkId: 'N_1' }, expect: /not made by Evaluate/ },
		{
			says: 'a Summary item',
			json: { ...decisionItem(), kind: 'merakiVpnSummary' },
			expect: /not made by Evaluate/,
		},
		{ says: 'an inherited mark', json: Object.create(decisionItem()), expect: /not made by Evaluate/ },
		{ says: 'another schema', json: { ...decisionItem(), schema: 2 }, expect: /another version/ },
		{ says: 'a schema as text', json: { ...decisionItem(), schema: '1' }, expect: /another version/ },
	];
	test.each(marks)('R6 $says is refused', ({ json, expect: expected }) => {
		const parsed = parseDecision(json);
		expect(parsed.kind === 'refused' ? parsed.why : '').toMatch(expected);
	});

	const fields: { field: string; values: unknown[] }[] = [
		{ field: 'organizationId', values: [undefined, '', 1001, null] },
		{ field: 'networkId', values: [undefined, '', {}] },
		{ field: 'pair', values: [undefined, null, 0] },
		{ field: 'action', values: [undefined, 'releaseHold', 'Failover'] },
		{
			field: 'have',
			values: [
				undefined,
				null,
				{},
				{ role: 'primary' },
				{ role: 'Primary', peer: 'x' },
				{ role: 'backup1', peer: 'x' },
				{ role: 'backup', peer: '' },
			],
		},
		{ field: 'want', values: [undefined, [], { role: 'backup100', peer: 'x' }, { role: 'up', peer: 'x' }] },
		{
			field: 'decidedAt',
			values: [undefined, NOW, 'yesterday', '2026-01-15', '2026-01-15T12:00:00', '2026-13-15T12:00:00Z'],
		},
		{
			field: 'tagFormat',
			values: [
				undefined,
				{},
				{ ...decisionItem().tagFormat, upWord: '' },
				{ ...decisionItem().tagFormat, upWord: 'down' },
				{ ...decisionItem().tagFormat, format: '{peer}' },
			],
		},
		{ field: 'holdTag', values: [undefined, '', 5] },
	];
	const damages = fields.flatMap(({ field, values }) => values.map((value) => ({ field, value })));
	test.each(damages)('R6 a damaged $field is refused by its name: $value', ({ field, value }) => {
		expect(parse({ [field]: value })).toBe(field);
	});

	test('R6 what is only told to people costs no move', () => {
		const bad = { organizationName: 5, networkName: '', explanation: null, primary: 'x', notify: 'loud' };
		const more = { wantedSince: 'x', incidentId: 7, incidentContinued: 'yes', lossThresholdPercent: '30' };
		const parsed = parseDecision({ ...decisionItem(), ...bad, ...more });
		expect(parsed.kind === 'decision' ? parsed.decision : null).toMatchObject({
			organizationName: null,
			networkName: 'N_1',
			explanation: '',
			lossPercents: [],
			notify: 'new',
			wantedSince: NOW,
			incidentId: '',
			isContinued: false,
			lossThresholdPercent: 100,
		});
	});

	test('R6 roles up to the 99th backup are read', () => {
		expect(parse({ want: { role: 'backup99', peer: 'x' } })).toBe('decision');
		expect(parse({ want: { role: 'backup2', peer: 'x' } })).toBe('decision');
	});
});

describe('what is only told', () => {
	const told = (changes: Record<string, unknown>) => {
		const parsed = parseDecision({ ...decisionItem(), ...changes });
		if (parsed.kind === 'refused') throw new Error(parsed.why);
		return parsed.decision;
	};

	test.each(['new', 'changed', 'repeat', 'none'])('R8.5 notify %s is handed on', (notify) => {
		expect(told({ notify }).notify).toBe(notify);
	});

	test('R8.5 a notify that nobody knows is told', () => {
		expect(told({ notify: 'later' }).notify).toBe('new');
	});

	test.each(['failover', 'swapBack'])('the action %s is handed on', (action) => {
		expect(told({ action }).action).toBe(action);
	});

	test('a later wave, and since when the branch is on backup, are handed on', () => {
		const offPrimarySince = new Date(NOW - 600_000).toISOString();
		expect(told({ incidentContinued: true, offPrimarySince })).toMatchObject({
			isContinued: true,
			offPrimarySince: NOW - 600_000,
		});
		expect(told({ incidentContinued: 'yes', offPrimarySince: 'x' })).toMatchObject({
			isContinued: false,
			offPrimarySince: null,
		});
	});

	const outage = { startedAt: '2026-01-15T11:00:00Z', endedAt: '2026-01-15T11:10:00Z', peakLossPercent: 80 };
	test('the outage that is over is handed on', () => {
		expect(told({ outage }).outage).toEqual({
			startedAt: Date.UTC(2026, 0, 15, 11),
			endedAt: Date.UTC(2026, 0, 15, 11, 10),
			peakLossPercent: 80,
		});
	});

	test.each([
		null,
		'ten minutes',
		{ ...outage, startedAt: undefined },
		{ ...outage, endedAt: 'now' },
		{ ...outage, peakLossPercent: NaN },
		{ ...outage, peakLossPercent: '80' },
	])('an outage of which a part is missing or damaged is none: %j', (damaged) => {
		expect(told({ outage: damaged }).outage).toBeNull();
	});

	test('an item without a role, a peer or a word of the tag format is refused', () => {
		const { tagFormat } = decisionItem();
		expect(parse({ have: { peer: 'london' } })).toBe('have');
		expect(parse({ want: { role: 'backup' } })).toBe('want');
		for (const word of Object.keys(tagFormat))
			expect([word, parse({ tagFormat: { ...tagFormat, [word]: undefined } })]).toEqual([word, 'tagFormat']);
	});
});

describe('times of an item', () => {
	test.each([
		['2026-01-15T12:00:00Z', 'decision'],
		['2026-01-15T12:00:00.5Z', 'decision'],
		['2026-01-15T12:00:00.123456Z', 'decision'],
		['on 2026-01-15T12:00:00Z', 'decidedAt'],
		['2026-01-15T12:00:00Z or so', 'decidedAt'],
		['+002026-01-15T12:00:00Z', 'decidedAt'],
		['2026-01-15T12:00:00Z\u0000', 'decidedAt'],
		['2026-01-15T12:00:00', 'decidedAt'],
		[NOW, 'decidedAt'],
		[['2026-01-15T12:00:00Z'], 'decidedAt'],
	])('%j: %s', (decidedAt, expected) => {
		expect(parse({ decidedAt })).toBe(expected);
	});
});
