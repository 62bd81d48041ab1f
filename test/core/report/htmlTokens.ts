/** One start or end tag exactly as the renderer writes them: lower case, double quotes, no `<` or `>` in values. */
const TAG = /^<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"<>]*")*)>/;
const DOCTYPE = '<!doctype html>';
const VOID_TAGS: readonly string[] = ['meta', 'br'];
const ENTITIES: Readonly<Record<string, string>> = {
	'&amp;': '&',
	'&lt;': '<',
	'&gt;': '>',
	'&quot;': '"',
	'&#39;': "'",
	'&#96;': '`',
};

export interface HtmlTokens {
	readonly tags: readonly string[];
	/** `name=value` of every attribute. */
	readonly attributes: readonly (readonly [string, string])[];
	/** With entities resolved, tags left out. */
	readonly text: string;
}

/** Reads what renderHtml wrote and throws at anything that a mail client could take for other markup. */
export function readHtml(html: string): HtmlTokens {
	const tags: string[] = [];
	const attributes: (readonly [string, string])[] = [];
	const open: string[] = [];
	let text = '';
	let rest = html.startsWith(DOCTYPE) ? html.slice(DOCTYPE.length) : html;
	while (rest !== '') {
		const start = rest.indexOf('<');
		text += resolveEntities(start < 0 ? rest : rest.slice(0, start));
		if (start < 0) break;
		const tag = TAG.exec(rest.slice(start));
		if (tag === null) throw new Error(`No tag of ours: ${rest.slice(start, start + 60)}`);
		const [all, slash = '', name = '', attributeText = ''] = tag;
		if (slash === '') {
			tags.push(name);
			attributes.push(...readAttributes(attributeText));
			if (!VOID_TAGS.includes(name)) open.push(name);
		} else if (open.pop() !== name) {
			throw new Error(`</${name}> closes something else`);
		}
		rest = rest.slice(start + all.length);
	}
	if (open.length > 0) throw new Error(`Not closed: ${open.join(', ')}`);
	return { tags, attributes, text };
}

function readAttributes(text: string): (readonly [string, string])[] {
	return [...text.matchAll(/ ([a-z-]+)="([^"]*)"/g)].map(
		([, name = '', value = '']) => [name, resolveEntities(value)] as const,
	);
}

function resolveEntities(text: string): string {
	const resolved = text.replace(/&[a-z#0-9]+;/g, (entity) => ENTITIES[entity] ?? `?${entity}`);
	if (/["'`<>]/.test(text)) throw new Error(`Not escaped: ${text}`);
	if (text.replace(/&(amp|lt|gt|quot|#39|#96);/g, '').includes('&')) throw new Error(`Bare & in: ${text}`);
	return resolved;
}
