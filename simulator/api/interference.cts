import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Effect } from '../faults/types.cjs';
import { effectOf } from './call.cjs';

/** The other hosts a redirect can name. */
export interface Hosts {
	/** Origin of the second port, which answers like the first. */
	shardOrigin: string;
	/** Origin of a host that is not Meraki's and must never see a key. */
	strangerOrigin: string;
}

/** Below this path the same origin answers as well: the target of `redirect` to `ownOrigin`. */
export const SHARD_PATH = '/shard';

const HTML = '<!DOCTYPE html><html><head><title>Meraki</title></head><body><h1>Sorry</h1></body></html>';

/** Faults that strike before the operation runs; true when the request is dealt with. */
export async function interfereBefore(
	effects: readonly Effect[],
	request: FastifyRequest,
	reply: FastifyReply,
	hosts: Hosts,
): Promise<boolean> {
	const slow = effectOf(effects, 'slow');
	if (slow !== undefined) await delay(slow.delayMs);
	if (effectOf(effects, 'hang') !== undefined) {
		reply.hijack();
		return true;
	}
	if (effectOf(effects, 'dropBefore') !== undefined) return drop(reply);
	if (redirected(effects, request, reply, hosts)) return true;
	const status = effectOf(effects, 'status');
	if (status !== undefined && status.takesEffect !== true) return sendStatus(status, reply);
	if (effectOf(effects, 'htmlAnswer') !== undefined) return send(reply, 200, 'text/html', HTML);
	const errors = effectOf(effects, 'errorsAnswer')?.errors;
	return errors !== undefined && send(reply, 200, 'application/json', JSON.stringify({ errors }));
}

/** Faults that strike after the operation has run; true when the request is dealt with. */
export function interfereAfter(effects: readonly Effect[], reply: FastifyReply, body: unknown): boolean {
	if (effectOf(effects, 'dropAfter') !== undefined) return drop(reply);
	const status = effectOf(effects, 'status');
	if (status !== undefined) return sendStatus(status, reply);
	const link = effectOf(effects, 'link')?.header;
	if (link === '') reply.removeHeader('link');
	else if (link !== undefined) reply.header('link', link);
	if (effectOf(effects, 'brokenJson') === undefined) return false;
	const text = JSON.stringify(body);
	return send(reply, 200, 'application/json', text.slice(0, Math.ceil(text.length / 2)));
}

function redirected(
	effects: readonly Effect[],
	request: FastifyRequest,
	reply: FastifyReply,
	hosts: Hosts,
): boolean {
	const redirect = effectOf(effects, 'redirect');
	const location = redirect && locationOf(redirect.to, request, hosts);
	if (redirect === undefined || location === undefined) return false;
	// Seen on the old API: a 302 to a shard came with an HTML body.
	reply.header('location', location);
	return send(reply, redirect.status, 'text/html', `<html><body>You are being redirected.</body></html>`);
}

/** Undefined where the request has already arrived at the target. */
function locationOf(to: string, request: FastifyRequest, hosts: Hosts): string | undefined {
	const own = `${request.protocol}://${request.host}`;
	switch (to) {
		case 'loop':
			return own + request.originalUrl;
		case 'ownOrigin':
			return request.originalUrl.startsWith(SHARD_PATH) ? undefined : own + SHARD_PATH + request.originalUrl;
		case 'shard':
			return request.host === new URL(hosts.shardOrigin).host
				? undefined
				: hosts.shardOrigin + request.originalUrl;
		case 'stranger':
			return hosts.strangerOrigin + request.originalUrl;
		default:
			return to;
	}
}

function sendStatus(effect: Extract<Effect, { kind: 'status' }>, reply: FastifyReply): boolean {
	if (effect.retryAfter !== undefined) reply.header('retry-after', effect.retryAfter);
	switch (effect.body ?? 'errors') {
		case 'empty':
			return send(reply, effect.status, 'text/plain', '');
		case 'html':
			return send(reply, effect.status, 'text/html', HTML);
		case 'errors':
			return send(
				reply,
				effect.status,
				'application/json',
				JSON.stringify({ errors: effect.errors ?? [usualError(effect.status)] }),
			);
	}
}

function usualError(status: number): string {
	return status === 429
		? 'API rate limit exceeded for organization'
		: `Simulated answer with status ${status}`;
}

function send(reply: FastifyReply, status: number, type: string, body: string): true {
	void reply.code(status).type(type).send(body);
	return true;
}

function drop(reply: FastifyReply): true {
	reply.hijack();
	reply.raw.destroy();
	return true;
}
