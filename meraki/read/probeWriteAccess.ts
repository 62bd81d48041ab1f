import type { WriteAccess } from '../../core/readinessCheck/writeAccess';
import type { Network } from '../../core/domain/types';
import type { MerakiClient } from '../client/client';
import { isMerakiApiError } from '../http/merakiApiError';
import { tryAsync } from '../http/result';

/**
 * Whether the key may write, without writing: an action batch that would leave one network's tags as they are is
 * stored unconfirmed, which nothing carries out, and deleted again at once. Meraki forgets unconfirmed batches after a
 * week (documentation, "Action Batches"). `identities/me` says nothing of rights, and a list of administrators may not
 * be read by all keys. Throws only what is no error of Meraki's.
 */
export async function testWriteAccess(
	client: MerakiClient,
	{ organizationId, id, tags }: Pick<Network, 'organizationId' | 'id' | 'tags'>,
): Promise<WriteAccess> {
	const stored = await tryAsync(async () => await client.storeBatch(organizationId, { networkId: id, tags }));
	if (stored.kind === 'error') return failed(stored.error);
	const deleted = await tryAsync(async () => await client.deleteBatch(organizationId, stored.value));
	if (deleted.kind === 'error' && !isMerakiApiError(deleted.error)) throw deleted.error;
	return { kind: 'allowed' };
}

/** 403 and 404 are how Meraki says "may not"; anything else says nothing of rights. */
function failed(error: Error): WriteAccess {
	if (!isMerakiApiError(error)) throw error;
	const isRefusal = error.kind === 'forbidden' || error.kind === 'notFound';
	return { kind: isRefusal ? 'refused' : 'unknown', why: error.message };
}
