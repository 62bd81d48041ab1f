import { isBatchRefusal, isTooManyBatches, refusesBatches } from '../../../meraki/batch/refusals';
import { MerakiApiError, type MerakiErrorKind } from '../../../meraki/http/merakiApiError';

const error = (kind: MerakiErrorKind, ...merakiErrors: string[]) =>
	new MerakiApiError({
		kind,
		method: 'POST',
		path: '/organizations/1/actionBatches',
		message: 'no',
		merakiErrors,
	});
const CROWD = 'Too many concurrently executing batches. Maximum is 5 confirmed but not yet executed batches.';

describe('what a refused batch means', () => {
	it.each([
		{
			says: 'all places are taken',
			of: error('badRequest', CROWD),
			tooMany: true,
			refusal: true,
			never: false,
		},
		{
			says: 'so, among other words',
			of: error('badRequest', 'Sorry.', CROWD),
			tooMany: true,
			refusal: true,
			never: false,
		},
		{ says: 'too many calls', of: error('rateLimited', CROWD), tooMany: false, refusal: false, never: false },
		{
			says: 'another 400',
			of: error('badRequest', 'Tags are too long'),
			tooMany: false,
			refusal: true,
			never: false,
		},
		{
			says: 'not for tags',
			of: error('badRequest', 'Sorry.', 'Unsupported Operation'),
			tooMany: false,
			refusal: true,
			never: true,
		},
		{ says: 'no right', of: error('forbidden'), tooMany: false, refusal: true, never: false },
		{ says: 'not there', of: error('notFound'), tooMany: false, refusal: true, never: false },
		{ says: 'not this key', of: error('auth'), tooMany: false, refusal: false, never: true },
		{
			says: 'a fault with such words',
			of: error('server', 'Unsupported operation'),
			tooMany: false,
			refusal: false,
			never: false,
		},
		{ says: 'a fault of ours', of: new TypeError('ours'), tooMany: false, refusal: false, never: false },
	])('$says', ({ of, tooMany, refusal, never }) => {
		expect({ tooMany: isTooManyBatches(of), refusal: isBatchRefusal(of), never: refusesBatches(of) }).toEqual(
			{
				tooMany,
				refusal,
				never,
			},
		);
	});
});
