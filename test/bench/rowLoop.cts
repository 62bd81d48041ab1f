import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import { setTimeout as sleep } from 'node:timers/promises';
import { KEY, ORGANIZATION_ID } from './fleets.cjs';

interface Row {
	readonly networkId: string;
	readonly ip: string;
	readonly timeSeries: readonly { readonly lossPercent: number | null }[];
}

export interface LoopResult {
	readonly seconds: number;
	readonly calls: number;
	readonly rateLimited: number;
}

/**
 * What the sample script of the pattern and its descendants do: read the loss once, then for each lossy row in turn one
 * GET of its network and one PUT of its tags. They give up at a 429; this one waits it out, so that it ends.
 */
export class RowLoop {
	private readonly http: AxiosInstance;
	private calls = 0;
	private rateLimited = 0;

	constructor(url: string) {
		this.http = axios.create({
			baseURL: `${url}/api/v1`,
			proxy: false,
			headers: { Authorization: `Bearer ${KEY}` },
			validateStatus: () => true,
		});
	}

	async run(): Promise<LoopResult> {
		const startedAt = performance.now();
		const path = `/organizations/${ORGANIZATION_ID}/devices/uplinksLossAndLatency`;
		const rows = await this.call<Row[]>('GET', path);
		for (const { networkId, ip, timeSeries } of rows) {
			if (ip === '8.8.8.8' || !timeSeries.some(({ lossPercent }) => (lossPercent ?? 0) >= 30)) continue;
			const { tags } = await this.call<{ tags: string[] }>('GET', `/networks/${networkId}`);
			await this.call('PUT', `/networks/${networkId}`, { tags: tags.map(swapped) });
		}
		const seconds = (performance.now() - startedAt) / 1000;
		return { seconds, calls: this.calls, rateLimited: this.rateLimited };
	}

	private async call<T>(method: string, url: string, data?: object): Promise<T> {
		for (;;) {
			this.calls += 1;
			const answer: AxiosResponse<T> = await this.http.request({ method, url, data });
			if (answer.status === 200) return answer.data;
			if (answer.status !== 429) throw new Error(`${method} ${url} was answered with ${answer.status}`);
			this.rateLimited += 1;
			await sleep(Number(answer.headers['retry-after'] ?? 1) * 1000);
		}
	}
}

function swapped(tag: string): string {
	if (tag === 'london_primary_up') return 'london_primary_down';
	return tag === 'paris_backup_down' ? 'paris_backup_up' : tag;
}
