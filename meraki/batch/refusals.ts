import { isMerakiApiError, MerakiApiError } from '../http/merakiApiError';
import { pathTo } from '../http/urls';

/** `Too many concurrently executing batches. Maximum is 5 …` (Meraki's own library waits on these two words too). */
const TOO_MANY = /executing batches/iu;

/** `Error occurred while executing <operation> <resource> …` (Dashboard API documentation, "Action Batches"). */
const REFUSED_RESOURCE = /\bexecuting \S+ (\/\S+)/iu;

/** All five places are taken, by us, an overlapping run or another tool: nothing was done. */
export function isTooManyBatches(error: Error): boolean {
	return (
		isMerakiApiError(error) &&
		error.kind === 'badRequest' &&
		error.merakiErrors.some((words) => TOO_MANY.test(words))
	);
}

/** Meraki said no to the batch, or to one of its networks: sent again as it is, it would say so again. */
export function isBatchRefusal(error: Error): error is MerakiApiError {
	return isMerakiApiError(error) && ['badRequest', 'forbidden', 'notFound'].includes(error.kind);
}

/** `Unsupported operation`, of which only the words are documented (documentation, "Action Batches"). */
const UNSUPPORTED = /unsupported operation/iu;

/**
 * It is not the networks: batches are not for this key, or not for tags. A key that may not use them at all can be
 * answered like one that nobody knows (401): the single writes show which of the two it is.
 */
export function refusesBatches(error: Error): error is MerakiApiError {
	if (!isMerakiApiError(error)) return false;
	return (
		error.kind === 'auth' ||
		(isBatchRefusal(error) && error.merakiErrors.some((words) => UNSUPPORTED.test(words)))
	);
}

/** Which of the networks Meraki's words name as refused; often only the first, and perhaps none. */
export function networksNamedIn(error: MerakiApiError, networkIds: readonly string[]): ReadonlySet<string> {
	return new Set(networkIds.filter((id) => error.merakiErrors.some((words) => names(words, id))));
}

/** What is told of one network that a batch could not be carried out for: the words on it, else all of them. */
export function refusalOf(networkId: string, error: MerakiApiError): MerakiApiError {
	const own = error.merakiErrors.filter((words) => names(words, networkId));
	const merakiErrors = own.length === 0 ? error.merakiErrors : own;
	const words = merakiErrors.map((text) => `“${text}”`).join(' ');
	const status = error.status === null ? '' : `, status ${error.status}`;
	const message = [
		`Meraki refused this network's change (${error.method} ${error.path}${status}).`,
		words === '' ? '' : `Meraki says: ${words}.`,
		'Correct what Meraki names, then run again.',
	];
	const { kind, method, path, requestId } = error;
	const facts = { kind, method, path, status: error.status, merakiErrors, requestId };
	return new MerakiApiError({ ...facts, message: message.filter((part) => part !== '').join(' ') });
}

/** By the resource where it stands at its place, so that a tag that looks like one names nobody. */
function names(words: string, networkId: string): boolean {
	const resource = pathTo('networks', networkId);
	const place = REFUSED_RESOURCE.exec(words)?.[1] ?? words;
	for (let at = place.indexOf(resource); at !== -1; at = place.indexOf(resource, at + 1)) {
		// N_1 does not name N_12.
		if (!/[\w-]/u.test(place.charAt(at + resource.length))) return true;
	}
	return false;
}
