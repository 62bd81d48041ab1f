import type { FastifyRequest } from 'fastify';

const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]', '::1'];
const LOOPBACK_ADDRESSES = ['127.0.0.1', '::1', '::ffff:127.0.0.1'];

/** The control API needs no key, so nobody else may reach it: not from outside, nor by a foreign name for this host. */
export async function loopbackOnly(request: FastifyRequest): Promise<void> {
	if (LOOPBACK_ADDRESSES.includes(request.ip) && LOOPBACK_NAMES.includes(request.hostname)) return;
	throw Object.assign(new Error('Only for requests on this machine'), { statusCode: 403 });
}
