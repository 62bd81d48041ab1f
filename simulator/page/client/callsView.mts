import { at, clockTime, element, Shown } from './elements.mjs';
import type { LoggedCall, Message } from './simulatorApi.mjs';

/** The last calls with their status, and what a workflow has posted. */
export class CallsView {
	private readonly calls = new Shown(at('calls'));
	private readonly messages = new Shown(at('messages'));

	show(calls: readonly LoggedCall[], messages: readonly Message[]): void {
		this.calls.show(calls.toReversed(), callEntry, 'None yet.');
		this.messages.show(
			messages.toReversed(),
			messageEntry,
			'None yet. A workflow can post any JSON to /simulator/messages.',
		);
	}
}

function callEntry(call: LoggedCall): HTMLElement {
	const path = element('span', 'path', call.path.replace('/api/v1', ''));
	if (call.tagsAfter !== null) path.append(element('small', 'quiet', `tags: ${call.tagsAfter.join(', ')}`));
	if (call.actions.length > 0) path.append(element('small', 'quiet', `a batch of ${call.actions.length}`));
	return element(
		'li',
		'',
		element('time', 'quiet', clockTime(call.at)),
		element('span', 'method', call.method),
		path,
		element('b', moodOf(call), call.status === null ? 'no answer' : String(call.status)),
	);
}

function moodOf({ status, method }: LoggedCall): string {
	if (status === null || status >= 400) return 'bad';
	return method === 'GET' ? '' : 'good';
}

function messageEntry({ at: when, body }: Message): HTMLElement {
	const text = typeof body === 'string' ? body : JSON.stringify(body, null, 2);
	return element('li', '', element('time', 'quiet', clockTime(when)), element('pre', '', text));
}
