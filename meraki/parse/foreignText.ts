/** Hides what only the caller knows, above all the API key, in a text from outside. */
export type Redact = (text: string) => string;

/** Enough for every text of Meraki's seen so far; a hostile body does not fill a message. */
const MAX_LENGTH = 300;
const MAX_TEXTS = 5;
/** Longer texts are cut before any pattern runs over them. */
const MAX_READ = 10_000;

/** Meraki's keys are 40 hexadecimal digits; the others are the ways in which a header is echoed. */
const SECRET_SHAPES: ReadonlyArray<readonly [RegExp, string]> = [
	[/\bbearer\s+\S+/giu, 'Bearer [hidden]'],
	[/(api[-_ ]?key["']?\s*[:=]\s*)\S+/giu, '$1[hidden]'],
	[/[0-9a-f]{32,}/giu, '[hidden]'],
];

/** One line without control and direction characters, keys hidden, at most 300 characters. */
export function cleanWords(text: string, redact: Redact): string {
	let clean = redact(text.slice(0, MAX_READ))
		.replace(/[\p{C}\p{Z}\s]+/gu, ' ')
		.trim();
	for (const [shape, instead] of SECRET_SHAPES) clean = clean.replace(shape, instead);
	return clean.length > MAX_LENGTH ? `${clean.slice(0, MAX_LENGTH)}…` : clean;
}

/**
 * `Error occurred while executing <operation> <resource> with <body>: <reason>` (Dashboard API documentation, "Action
 * Batches") without the body: it is what we sent, and a long list of tags would push the reason out.
 */
const SENT_BODY = /^([^{]{0,300}) with \{.*\}: /su;

function withoutSentBody(text: string): string {
	return text.slice(0, MAX_READ).replace(SENT_BODY, '$1: ');
}

/**
 * Meraki's own words in the body of an error: `{"errors": ["text"]}` (Dashboard API documentation, "Errors").
 * Anything that is not JSON is not quoted: it may be a proxy's page or a cut-off answer with secrets in it.
 */
export function errorWordsOf(body: unknown, redact: Redact): readonly string[] {
	if (typeof body !== 'object' || body === null || !Object.hasOwn(body, 'errors')) return [];
	const { errors } = body as { readonly errors: unknown };
	const texts = (Array.isArray(errors) ? errors : [errors]).filter((text) => typeof text === 'string');
	return texts
		.slice(0, MAX_TEXTS)
		.map((text) => cleanWords(withoutSentBody(text), redact))
		.filter((text) => text !== '');
}
