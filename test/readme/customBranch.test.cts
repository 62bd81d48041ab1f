import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';
import { renderReport } from '../../core/report/render';
import { swappedItem } from '../../core/notify/swapResultItems';
import { swapReport } from '../../core/notify/swapReport';
import { swapRecord } from '../support/decisions';
import { ROOT } from '../support/n8nPackage.cjs';
import { NOW } from '../support/series';

const page = readFileSync(join(ROOT, 'docs', 'custom-branch.md'), 'utf8');
const pasted = JSON.parse(/```json\n([\s\S]*?)\n```/.exec(page)?.[1] ?? '') as {
	nodes: INode[];
	connections: object;
};
const node = (name: string): INode => {
	const found = pasted.nodes.find((each) => each.name === name);
	if (found === undefined) throw new Error(`There is no ${name}`);
	return found;
};

/** The body that the node would send for an item, as n8n resolves its expression. */
function bodyOf(name: string, item: object): unknown {
	const expression = String(node(name).parameters['jsonBody'])
		.replace(/^=\{\{/, '')
		.replace(/\}\}$/, '');
	const resolve = new Function('$json', `return ${expression}`) as (json: object) => string;
	return JSON.parse(resolve(item));
}

describe('the example of a branch of one’s own', () => {
	it('has nodes that continue on error, end in time, and go nowhere real', () => {
		for (const { onError, parameters } of pasted.nodes) {
			expect(onError).toBe('continueErrorOutput');
			expect(parameters['options']).toEqual({ timeout: 10000 });
			expect(String(parameters['url'])).toMatch(/^https:\/\/[a-z]+\.example\.com\//);
		}
	});

	it('posts the report to a chat', () => {
		const model = swapReport([swapRecord()], { id: '1001', name: 'Acme' }, NOW);
		if (model === null) throw new Error('Nothing is told');
		expect(bodyOf('Post to Chat', renderReport(model))).toEqual({
			text: expect.stringContaining('1 branch moved to paris'),
		});
	});

	it('opens a ticket by incident, with what is known of the move', () => {
		const item = swappedItem(swapRecord(), NOW);
		if (item === null) throw new Error('Nothing was swapped');
		expect(bodyOf('Open or Update Ticket', item)).toEqual({
			key: '1001-london-20260115T1150Z',
			state: 'open',
			title: 'Leeds: london to paris',
			text: 'london lost 80 %.',
			link: 'https://n1.meraki.com/Leeds/n/abc/manage',
			at: new Date(NOW).toISOString(),
		});
	});
});
