import fc from 'fast-check';
import { attempt } from '../../../meraki/parse/fields';
import { parseActionBatch, parseActionBatches } from '../../../meraki/parse/actionBatches';
import { ACTION_BATCH } from '../support/examples';

const asIs = (text: string) => text;
const parse = parseActionBatch(asIs);

const status = (more: object) => ({ ...ACTION_BATCH, status: { ...ACTION_BATCH.status, ...more } });

describe('an action batch', () => {
	it('is what the contract shows', () => {
		expect(parse(ACTION_BATCH)).toEqual({
			id: '1234',
			isConfirmed: true,
			state: 'completed',
			errors: [],
			networkIds: ['N_1'],
		});
	});

	it.each([
		{
			says: 'failed, with the words',
			body: status({ completed: false, failed: true, errors: ['no\n'] }),
			is: { state: 'failed', errors: ['no'] },
		},
		{ says: 'executing', body: status({ completed: false }), is: { state: 'executing' } },
		{
			says: 'without status: nothing says that it has ended',
			body: { ...ACTION_BATCH, status: undefined },
			is: { state: 'executing' },
		},
		{
			says: 'with words in place of truth values',
			body: status({ completed: 'true' }),
			is: { state: 'executing' },
		},
		{ says: 'a stored preview', body: { ...ACTION_BATCH, confirmed: false }, is: { isConfirmed: false } },
		{
			says: 'one that does not say',
			body: { ...ACTION_BATCH, confirmed: undefined },
			is: { isConfirmed: true },
		},
	])('$says', ({ body, is }) => {
		expect(parse(body)).toMatchObject(is);
	});

	it.each([
		['/networks/N_1', ['N_1']],
		['/api/v1/networks/N_1/', ['N_1']],
		['/networks/a%2Fb', ['a/b']],
		['/networks/%E0%A4%A', ['%E0%A4%A']],
		['/networks/N_1/devices/claim', []],
		['/organizations/1/networks/N_1', []],
		[7, []],
		[['/networks/N_1'], []],
	])('on %j writes %j', (resource, networkIds) => {
		const batch = parse({ ...ACTION_BATCH, actions: [{ resource, operation: 'update' }, null, 'x', {}] });
		expect(batch.networkIds).toEqual(networkIds);
	});

	it.each([
		{ says: 'an id that is a number', body: { ...ACTION_BATCH, id: 1234 }, path: '.id' },
		{ says: 'no actions', body: { ...ACTION_BATCH, actions: undefined }, path: '.actions' },
		{
			says: 'both ends at once',
			body: status({ failed: true }),
			path: '.status',
			why: 'is completed and failed at once',
		},
		{ says: 'a status in a word', body: { ...ACTION_BATCH, status: 'completed' }, path: '.status' },
		{ says: 'an error object', body: { errors: ['x'] }, path: '.id' },
	])('that cannot be read says where: $says', ({ body, path, why }) => {
		const field = why === undefined ? { path } : { path, why };
		expect(attempt(() => parse(body))).toMatchObject({ kind: 'bad', field });
	});

	it('hides what the caller hides', () => {
		const hidden = parseActionBatch((text) => text.replace('sesame', '***'));
		expect(hidden(status({ completed: false, failed: true, errors: ['open sesame'] })).errors).toEqual([
			'open ***',
		]);
	});

	it('of a list: one broken row harms no other', () => {
		const { rows, skipped } = parseActionBatches(asIs)([{}, ACTION_BATCH, null]);
		expect(rows.map(({ id }) => id)).toEqual(['1234']);
		expect(skipped.map(({ path }) => path)).toEqual(['[0].id', '[2]']);
	});

	it('of any JSON at all is read or refused, never half of it', () => {
		fc.assert(
			fc.property(fc.oneof(fc.jsonValue(), fc.record(BATCH_PARTS)), (body) => {
				const read = attempt(() => parse(body));
				if (read.kind === 'bad') return;
				expect(read.value.id.trim()).not.toBe('');
				expect(['executing', 'completed', 'failed']).toContain(read.value.state);
				expect(read.value.networkIds.every((id) => typeof id === 'string' && id !== '')).toBe(true);
				expect(read.value.errors.every((words) => typeof words === 'string')).toBe(true);
			}),
		);
	});
});

const BATCH_PARTS = {
	id: fc.oneof(fc.string(), fc.jsonValue()),
	confirmed: fc.jsonValue(),
	status: fc.oneof(
		fc.record({ completed: fc.jsonValue(), failed: fc.jsonValue(), errors: fc.jsonValue() }),
		fc.jsonValue(),
	),
	actions: fc.oneof(
		fc.array(fc.record({ resource: fc.oneof(fc.webPath(), fc.jsonValue()) })),
		fc.jsonValue(),
	),
};
