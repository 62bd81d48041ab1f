import type { Settings } from '../../../core/settings/settings';
import {
	judged,
	judgedPair,
	LONDON_IP,
	ON_BACKUP,
	ON_PRIMARY,
	PARIS_IP,
	row,
	THREE_ON_PRIMARY,
} from '../../support/branch';
import type { Branch } from '../../support/branch';
import { CLEAN, DEAD, NOW, OFFSET_MS } from '../../support/series';

const UNMEASURED = '_ _ _ _ _';
/** No decision may hang on the status here, or it would be asked for. */
const UNASKED = 'notAsked';

const wan2 = (ip: string, series: string) => row(ip, series, { uplink: 'wan2' });
const chosen = (lossyWhen: 'any' | 'all', ...uplinks: string[]): Partial<Settings> => ({
	judgedUplinks: { kind: 'chosen', uplinks },
	lossyWhen,
});

describe('R1.3 a network on which nothing depends on the status', () => {
	const rows: (Branch & { says: string; expect: string })[] = [
		{
			says: 'on primary, is judged by the uplink that measures',
			tags: ON_PRIMARY,
			london: UNMEASURED,
			rows: [wan2(LONDON_IP, CLEAN)],
			expect: 'stays: healthy',
		},
		{
			says: 'on backup, is judged by the uplink that measures',
			tags: ON_BACKUP,
			london: UNMEASURED,
			rows: [wan2(LONDON_IP, '0 0 2 0 0')],
			expect: 'stays: recoveryPending',
		},
		{
			says: 'on backup, with two uplinks that tell alike',
			tags: ON_BACKUP,
			london: '0 0 2 0 0',
			rows: [wan2(LONDON_IP, '0 0 2 0 0')],
			expect: 'stays: recoveryPending',
		},
		{
			says: 'with old loss on an uplink, and another that does not measure',
			tags: ON_PRIMARY,
			london: UNMEASURED,
			rows: [wan2(LONDON_IP, '80 80 80 0 0')],
			expect: 'stays: watching',
		},
		{
			says: 'with loss on an uplink that is not chosen',
			tags: ON_PRIMARY,
			london: DEAD,
			rows: [wan2(LONDON_IP, CLEAN)],
			settings: chosen('any', 'wan2'),
			expect: 'stays: healthy',
		},
		{
			says: 'with loss on one of two chosen uplinks, where all must be lossy',
			tags: ON_PRIMARY,
			london: DEAD,
			rows: [wan2(LONDON_IP, CLEAN)],
			settings: chosen('all', 'wan1', 'wan2'),
			expect: 'stays: healthy',
		},
	];
	test.each(rows)('R1.3 $says', ({ expect: expected, ...branch }) => {
		expect(judged({ ...branch, statuses: UNASKED })).toBe(expected);
	});

	test.each([
		['primary', ON_PRIMARY],
		['backup', ON_BACKUP],
	])(
		'R1.3 on %s: an uplink that measures a backup alone tells more than one that measures nothing',
		(_on, tags) => {
			const branch = {
				tags,
				london: UNMEASURED,
				rows: [wan2(PARIS_IP, '0 0 1 0 0')],
				statuses: UNASKED,
			} as const;
			expect(judged(branch)).toBe('stays: noData');
			expect(judgedPair(branch).peers.backups.map(({ health }) => health.kind)).toEqual(['measured']);
		},
	);

	test('R1.3 one measured backup of two is enough for that', () => {
		const branch = {
			tags: THREE_ON_PRIMARY,
			london: UNMEASURED,
			rome: UNMEASURED,
			statuses: UNASKED,
		} as const;
		const { peers } = judgedPair({ ...branch, rows: [wan2(PARIS_IP, CLEAN)] });
		expect(peers.backups.map(({ health }) => health.kind)).toEqual(['measured', 'noData']);
	});

	test('R2.1 the reason is that of its rows where none has enough samples', () => {
		const { peers } = judgedPair({ tags: ON_PRIMARY, london: '0 0', statuses: UNASKED });
		expect(peers.primary.health).toEqual({ kind: 'noData', why: 'tooFewSamples', isLossy: false });
	});
});

describe('a network of which Meraki tells no uplink in use', () => {
	test.each([
		{ says: 'R1.3 the status is not readable', statuses: 'notReadable', expect: 'noStatus stops failover' },
		{ says: 'R4.5 the appliance is offline', statuses: [], expect: 'offline stops failover' },
	] as const)('$says: the reason is of the uplink that wants a move', ({ statuses, expect: expected }) => {
		const branch: Branch = { tags: ON_PRIMARY, london: CLEAN, rows: [wan2(LONDON_IP, DEAD)] };
		expect(judged({ ...branch, statuses })).toBe(expected);
	});
});

describe('what is told beside the verdict', () => {
	test('R4.10 a branch on primary is nowhere by hand', () => {
		const remembered = { remembered: [], memory: { pairs: {} } };
		expect(judgedPair({ tags: ON_PRIMARY, london: CLEAN, ...remembered }).unknownMove).not.toBe('byHand');
		expect(judgedPair({ tags: ON_BACKUP, london: CLEAN, ...remembered }).unknownMove).toBe('byHand');
	});

	test.each([
		['the first row', '0 0 0 0', '0 0 0 .'],
		['the last row', '0 0 0 .', '0 0 0 0'],
	])('the newest sample is that of all rows: of %s', (_which, london, paris) => {
		const { newestSampleAt } = judgedPair({ tags: ON_PRIMARY, london, paris });
		expect(newestSampleAt).toBe(NOW - 120_000 - OFFSET_MS);
	});

	test('without a sample there is no newest', () => {
		expect(judgedPair({ tags: ON_PRIMARY })).toMatchObject({ newestSampleAt: null, hasBadSample: false });
	});
});
