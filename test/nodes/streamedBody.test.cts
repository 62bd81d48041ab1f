import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { arrived, isArriving } from '../../nodes/shared/streamedBody';

const inTime = { timeoutMs: 60_000 };
const bytes = (text: string): Buffer => Buffer.from(text);

/** Never ends by itself. */
async function* endless(...pieces: readonly string[]): AsyncGenerator<Buffer> {
	for (const piece of pieces) yield bytes(piece);
	await new Promise(() => undefined);
}

async function* brokenOff(): AsyncGenerator<Buffer> {
	yield bytes('[{"a":1},');
	await wait(1);
	throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
}

describe('the body of an answer that is still arriving', () => {
	it.each([
		['a list', ['[{"a"', ':1},2', ']'], [{ a: 1 }, 2]],
		['errors', ['{"errors":', '["no"]}'], { errors: ['no'] }],
		['a page', ['<html>', '</html>'], '<html></html>'],
		['nothing', [], ''],
	])('is read to its end: %s', async (_what, pieces, value) => {
		const body = Readable.from(pieces.map(bytes));
		expect(isArriving(body)).toBe(true);
		expect(await arrived(body, inTime)).toEqual(value);
		expect(body.destroyed).toBe(true);
	});

	it('hands each element on', async () => {
		const body = Readable.from([bytes('[1,2'), bytes(',3]')]);
		const eachElement = (element: unknown): unknown => [element];
		expect(await arrived(body, { ...inTime, eachElement })).toEqual([[1], [2], [3]]);
	});

	it('that breaks off throws what broke it off, with its code', async () => {
		await expect(arrived(Readable.from(brokenOff()), inTime)).rejects.toMatchObject({ code: 'ECONNRESET' });
	});

	it('that stands still is given up after its time, and let go', async () => {
		const body = Readable.from(endless('[1,', '2'));
		await expect(arrived(body, { timeoutMs: 30 })).rejects.toMatchObject({ code: 'ECONNABORTED' });
		expect(body.destroyed).toBe(true);
	});

	it.each([[undefined], [null], ['text'], [[]], [{ destroy: () => undefined }]])(
		'is told from one that is there: %j',
		(body) => {
			expect(isArriving(body)).toBe(false);
		},
	);
});
