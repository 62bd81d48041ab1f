import type { Call, Connection } from './connection';
import { badAnswer, failure } from './errorMessages';
import { isAllowedHost } from './redirects';
import { nextLinkOf } from './headers';
import { attempt, describe, type Parsed, type Skipped } from '../parse/fields';
import { send } from './request';
import type { HttpAnswer } from './transport';

/** More than any account needs, even with the smallest pages; a server that invents links ends here. */
const MAX_PAGES = 10_000;

/** Reads one answer. Throws `badAnswer` with the path of the field when it is not what `parse` expects. */
export async function read<T>(connection: Connection, call: Call, parse: (body: unknown) => T): Promise<T> {
	return parsed(connection, call, await send(connection, call), parse);
}

/** Reads a list to its last page, following `Link` under the host rule. */
export async function readPages<T>(
	connection: Connection,
	call: Call,
	parse: (body: unknown) => Parsed<T>,
): Promise<Parsed<T>> {
	const rows: T[] = [];
	const skipped: Skipped[] = [];
	const seen = new Set<string>();
	for (let url: string | undefined = call.url; url !== undefined; ) {
		seen.add(url);
		const page: Call = { ...call, url };
		const answer = await send(connection, page);
		const part = parsed(connection, page, answer, parse);
		for (const row of part.rows) rows.push(row);
		const place = seen.size === 1 ? '' : `page ${seen.size}: `;
		for (const { path, why } of part.skipped) skipped.push({ path: place + path, why });
		url = nextPage(connection, page, answer, seen);
	}
	return { rows, skipped };
}

function nextPage(
	connection: Connection,
	page: Call,
	answer: HttpAnswer,
	seen: ReadonlySet<string>,
): string | undefined {
	const link = nextLinkOf(answer.headers.link);
	if (link === undefined) return undefined;
	if (!URL.canParse(link, page.url))
		throw badAnswer(connection, page, answer, 'its link to the next page is no address');
	const target = new URL(link, page.url);
	if (!isAllowedHost(target.href, connection.baseUrl)) {
		const where = `${target.protocol}//${target.host}`;
		const what = `The link to the next page leads to ${where}, which is not Meraki's or not encrypted`;
		throw failure(connection, page, { kind: 'redirectRefused', status: answer.status }, what);
	}
	if (seen.has(target.href)) throw badAnswer(connection, page, answer, 'its pages lead in a circle');
	if (seen.size >= MAX_PAGES)
		throw badAnswer(connection, page, answer, `it has more than ${MAX_PAGES} pages`);
	return target.href;
}

function parsed<T>(connection: Connection, call: Call, answer: HttpAnswer, parse: (body: unknown) => T): T {
	const result = attempt(() => parse(answer.body));
	if (result.kind === 'bad') throw badAnswer(connection, call, answer, describe(result.field));
	return result.value;
}
