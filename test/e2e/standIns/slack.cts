import type { ProxiedAnswer } from '../toolTypes.cjs';
import type { OutsideRequest } from './outside.cjs';
import { blocksProblems, pings } from './slackRules.cjs';

export interface SlackMessage {
	/** Real time. */
	readonly at: number;
	readonly channel: string;
	readonly text: string;
	readonly blocks: readonly unknown[];
	/** Why Slack would have refused it. */
	readonly problems: readonly string[];
	/** Mentions of people and channels in it. */
	readonly pings: readonly string[];
}

/** `down`: a gateway's error page; `refusing`: Slack's own no; `gone`: the connection is cut; `silent`: no answer. */
export type SlackMood = 'up' | 'down' | 'refusing' | 'gone' | 'silent';

/** Slack's Web API, as far as n8n's Slack node calls it to send a message. */
export class SlackStandIn {
	mood: SlackMood = 'up';
	readonly token = 'xoxb-of-the-test';
	private received: SlackMessage[] = [];
	private tries = 0;

	get messages(): readonly SlackMessage[] {
		return this.received;
	}

	/** Also those that were not answered well. */
	get attempts(): number {
		return this.tries;
	}

	forget(): void {
		this.received = [];
		this.tries = 0;
	}

	readonly answer = async ({ path, authorization, body }: OutsideRequest): Promise<ProxiedAnswer> => {
		if (!path.startsWith('/api/chat.postMessage')) return json({ ok: true });
		this.tries += 1;
		if (this.mood === 'silent') await new Promise((resolve) => setTimeout(resolve, 600_000).unref());
		if (this.mood === 'gone') return 'close';
		if (this.mood === 'down') return { statusCode: 503, body: '<html>Service Unavailable</html>' };
		if (authorization !== `Bearer ${this.token}`) return json({ ok: false, error: 'invalid_auth' });
		if (this.mood === 'refusing') return json({ ok: false, error: 'channel_not_found' });
		const message = readMessage(body);
		this.received.push(message);
		return message.problems.length > 0
			? json({ ok: false, error: 'invalid_blocks' })
			: json({ ok: true, channel: 'C1', ts: '1.0', message: {} });
	};
}

function readMessage(body: string): SlackMessage {
	const value = JSON.parse(body) as Readonly<Record<string, unknown>>;
	const { channel, text, blocks } = value;
	const sentBlocks: readonly unknown[] = Array.isArray(blocks) ? blocks : [];
	return {
		at: Date.now(),
		channel: typeof channel === 'string' ? channel : '',
		text: typeof text === 'string' ? text : '',
		blocks: sentBlocks,
		problems: blocks === undefined ? [] : blocksProblems(sentBlocks),
		pings: pings(`${String(text)} ${JSON.stringify(sentBlocks)}`),
	};
}

function json(value: object): ProxiedAnswer {
	return {
		statusCode: 200,
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(value),
	};
}
