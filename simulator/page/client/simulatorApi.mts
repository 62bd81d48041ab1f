export interface Peer {
	readonly name: string;
	readonly publicIp?: string;
	readonly networkTags: readonly string[];
}

export interface Organization {
	readonly id: string;
	readonly name: string;
	readonly networkCount: number;
	readonly peers: readonly Peer[];
}

export interface Condition {
	readonly id: string;
	readonly kind: string;
	readonly lossPercent?: number;
	readonly where?: { readonly networks?: readonly string[]; readonly ip?: string };
}

export interface Fault {
	readonly id: string;
	readonly effect: { readonly kind: string };
}

export interface State {
	readonly clock: { readonly now: string; readonly startedAt: string; readonly speed: number };
	readonly organizations: readonly Organization[];
	readonly conditions: readonly Condition[];
	readonly faults: readonly Fault[];
	readonly requestCount: number;
	readonly violations: { readonly count: number };
}

export interface Branch {
	readonly id: string;
	readonly name: string;
	readonly organizationId: string;
	readonly activePeers: readonly string[];
	readonly isOnline: boolean;
	readonly lossPercent: number | null;
}

export interface Sample {
	readonly ts: string;
	readonly lossPercent: number | null;
}

export interface LossRow {
	readonly serial: string;
	readonly uplink: string;
	readonly ip: string;
	readonly timeSeries: readonly Sample[];
}

export interface BranchDetail {
	readonly id: string;
	readonly name: string;
	readonly organizationId: string;
	readonly tags: readonly string[] | null;
	readonly activePeers: readonly string[];
	readonly isOnline: boolean;
	readonly history: readonly LossRow[];
}

export interface Move {
	readonly at: string;
	readonly networkId: string;
	readonly networkName: string;
	readonly from: readonly string[];
	readonly to: readonly string[];
	readonly key: string | null;
}

export interface LoggedCall {
	readonly number: number;
	readonly at: string;
	readonly method: string;
	readonly path: string;
	readonly status: number | null;
	readonly faults: readonly string[];
	readonly tagsAfter: readonly string[] | null;
	readonly actions: readonly unknown[];
}

export interface Message {
	readonly at: string;
	readonly body: unknown;
}

export async function read<T>(path: string): Promise<T> {
	const answer = await fetch(`/simulator/${path}`);
	if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
	return (await answer.json()) as T;
}

export async function post(path: string, body: object): Promise<void> {
	await sent(path, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
}

export async function remove(path: string): Promise<void> {
	await sent(path, { method: 'DELETE' });
}

async function sent(path: string, request: RequestInit): Promise<void> {
	const answer = await fetch(`/simulator/${path}`, request);
	if (!answer.ok) throw new Error(await answer.text());
}
