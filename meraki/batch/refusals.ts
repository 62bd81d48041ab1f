import { isMerakiApiError, type MerakiApiError } from '../http/merakiApiError';

/** `Too many concurrently executing batches. Maximum is 5 …` (Meraki's own library waits on these two words too). */
const TOO_MANY = /executing batches/iu;

/** `Unsupported operation`, of which only the words are documented (documentation, "Action Batches"). */
const UNSUPPORTED = /unsupported operation/iu;

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
