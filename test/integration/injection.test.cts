import type { IDataObject, INode, INodeType } from 'n8n-workflow';
import type { RenderedReport } from '../../core/report/model';
import { readHtml } from '../core/report/htmlTokens';
import { slackTexts } from '../core/report/slackTexts';
import {
	ALERT,
	BACKUP_IP,
	Bench,
	evaluateNode,
	EVALUATE,
	jsonOf,
	organization,
	PRIMARY_IP,
	primaryLoss,
	REPORT,
	startNode,
	SUMMARY,
	SWAP,
	SWAPPED,
	swapNode,
} from '../support/n8nMeraki.cjs';

/** Each stands in a network's name and tags, in both peers' names and tags, and in the name of the organization. */
const HOSTILE: readonly string[] = [
	'<!channel>',
	'<@U012AB3CD>',
	'<https://evil.example|Leeds>',
	'<script>alert(1)</script>',
	'"><img src=x onerror=alert(1)>',
	'[Leeds](javascript:alert(1)) **x** `y` | z',
	'={{ $env.SECRET }}',
	'{{ $json.organizationId }} ${1+1} <%= 1 %>',
	'\u202Efdp.exe \u2066x',
	'\u001b[2J\u0007bell',
	'🏢🏳️‍🌈𝒳',
	'__proto__',
	'constructor',
	'toString',
];
/** Ids are opaque: such ones must not reach into our objects. */
const IDS = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];

let bench: Bench;
afterEach(async () => await bench.close());

function tagsOf(text: string, active: 'primary' | 'backup'): string[] {
	const [primary, backup] = active === 'primary' ? ['up', 'down'] : ['down', 'up'];
	return [
		text,
		`${text}_primary_${primary}`,
		`={{ ${text} }}`,
		`${text}2_backup_${backup}`,
		`${text}_primary`,
		text,
	];
}

function hostile(text: string) {
	const networks = IDS.map((id) => ({
		id,
		name: text,
		tags: tagsOf(text, 'primary'),
		destinations: ['8.8.8.8', PRIMARY_IP, BACKUP_IP],
	}));
	const peers = [
		{ name: text, publicIp: PRIMARY_IP, networkTags: [`${text}_primary_up`] },
		{ name: `${text}.`, publicIp: BACKUP_IP, networkTags: [`${text}2_backup_up`] },
	];
	return {
		organizations: [organization({ name: text, networks, peers })],
		events: [
			primaryLoss({ atMinutes: -5, untilMinutes: 4 }),
			{ kind: 'tunnelDown', peer: `${text}.`, atMinutes: -5 },
		],
	};
}

/** A node after the message, as somebody sets it up: its parameter takes a field of the item. */
const showType: INodeType = {
	description: {
		displayName: 'Show',
		name: 'show',
		group: ['output'],
		version: 1,
		description: '',
		defaults: { name: 'Show' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [{ displayName: 'Text', name: 'text', type: 'string', default: '' }],
	},
	async execute() {
		return [this.getInputData().map((_item, at) => ({ json: { shown: this.getNodeParameter('text', at) } }))];
	},
};
const show: INode = {
	id: 'show',
	name: 'Show',
	type: 'test.show',
	typeVersion: 1,
	position: [0, 0],
	parameters: { text: '={{ $json.text }}' },
};

describe.each(HOSTILE.map((text) => [JSON.stringify(text), text] as const))(
	'%s from outside',
	(_says, text) => {
		it('moves nothing but the tags of the pair, there and back, and is inert in every message', async () => {
			bench = await Bench.open(hostile(text));
			const workflow = bench.chain();
			const messages: IDataObject[] = [];
			for (const minutes of [0, 1, 4, 4, 4]) {
				bench.minutes(minutes);
				const { outputs, error } = await bench.run(workflow);
				expect(error).toBeUndefined();
				messages.push(...jsonOf(outputs(SWAP)[REPORT]), ...jsonOf(outputs(EVALUATE)[ALERT]));
				expect(jsonOf(outputs(EVALUATE)[SUMMARY])).toMatchObject([{ managedNetworks: IDS.length }]);
				if (minutes === 0) {
					expect(
						jsonOf(outputs(SWAP)[SWAPPED])
							.map(({ networkId }) => networkId)
							.sort(),
					).toEqual([...IDS].sort());
					for (const id of IDS) expect(bench.tags(id)).toEqual(tagsOf(text, 'backup'));
				}
			}
			for (const id of IDS) expect(bench.tags(id)).toEqual(tagsOf(text, 'primary'));
			expect(bench.writes).toHaveLength(2 * IDS.length);
			expect(messages).toHaveLength(2);
			for (const message of messages) isInert(message);
			expect(Object.getPrototypeOf({})).toBe(Object.prototype);
			expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
		}, 30_000);
	},
);

it('a template expression from outside reaches the next node as it was written', async () => {
	const text = '={{ $env.HOME }} {{ 6 * 7 }}';
	bench = await Bench.open(hostile(text));
	const nodes = [startNode(), evaluateNode(), swapNode({ dryRun: false }), show];
	const workflow = bench.workflow(nodes);
	const connections = workflow.connections[SWAP];
	expect(connections).toBeDefined();
	// From Report, the first output.
	Object.assign(workflow.connections, { [SWAP]: { main: [[{ node: 'Show', type: 'main', index: 0 }]] } });
	const { outputs, error } = await bench.run(workflow, { nodeTypes: { 'test.show': showType } });
	expect(error).toBeUndefined();
	const [{ shown } = { shown: '' }] = jsonOf(outputs('Show')[0]);
	expect(shown).toBe(jsonOf(outputs(SWAP)[REPORT])[0]?.['text']);
	expect(shown).toContain(text);
}, 30_000);

function isInert({ html, slack, text, title, markdown }: IDataObject): void {
	const { tags } = readHtml(String(html));
	// One style sheet is ours.
	expect(tags.filter((tag) => /^(script|img|style)$/.test(tag))).toEqual(['style']);
	for (const each of slackTexts((slack as unknown as RenderedReport['slack']).blocks))
		expect(each).not.toMatch(/<[!@#]/);
	for (const each of [text, title, markdown]) {
		expect(String(each).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
	}
}
