import type { INode, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { MerakiApiError } from '../../meraki/http/merakiApiError';

/**
 * The one place where a Meraki error becomes an error of n8n. Message and description are both given: left alone,
 * n8n shows a friendly text of its own and drops Meraki's words.
 */
export function nodeApiError(node: INode, error: MerakiApiError, itemIndex: number): NodeApiError {
	const facts: JsonObject = {
		message: error.message,
		...(error.status === null ? {} : { httpCode: String(error.status) }),
	};
	return new NodeApiError(node, facts, {
		message: HEADLINE[error.kind],
		description: error.message,
		itemIndex,
		...(error.status === null ? {} : { httpCode: String(error.status) }),
	});
}

const HEADLINE: Record<MerakiApiError['kind'], string> = {
	auth: 'Meraki refused the API key',
	forbidden: 'Meraki denied access',
	notFound: 'Meraki found nothing that this key can see',
	badRequest: 'Meraki refused the request',
	rateLimited: "Meraki's request limit was exceeded",
	server: 'Meraki had a fault of its own',
	network: 'Meraki did not answer',
	certificate: 'The TLS certificate shown for Meraki is not trusted',
	proxy: 'The proxy between n8n and Meraki requires a login',
	badAnswer: "Meraki's answer could not be used",
	redirectRefused: 'Meraki redirected to an address that is not trusted',
	stale: 'The tags were read too long ago to change them',
	outOfTime: 'The time of this run was over',
	cancelled: 'The run was cancelled',
};

/** A wrong parameter: what is wrong, and what to do. */
export function parameterError(
	node: INode,
	message: string,
	description: string,
	itemIndex: number,
): NodeOperationError {
	return new NodeOperationError(node, message, { description, itemIndex });
}
