import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import { setTimeout as sleep } from 'node:timers/promises';
import { unflatten } from './flattedText.cjs';

export interface Owner {
	readonly email: string;
	readonly password: string;
}

export interface ExecutionSummary {
	readonly id: string;
	readonly status: string;
	readonly mode: string;
	readonly startedAt?: string;
	readonly stoppedAt?: string | null;
}

/** As n8n stores it: `data.resultData.runData[<node name>]` holds what each node put out. */
export interface Execution extends ExecutionSummary {
	readonly data: unknown;
}

export interface StoredWorkflow {
	readonly id: string;
	readonly versionId?: string;
	readonly active: boolean;
	readonly staticData?: Readonly<Record<string, unknown>> | null;
	readonly [field: string]: unknown;
}

export interface NewCredential {
	readonly name: string;
	readonly type: string;
	readonly data: Readonly<Record<string, unknown>>;
}

export interface ServedFile {
	readonly status: number;
	readonly contentType: string;
	readonly text: string;
}

/** The two minutes for which n8n leaves to a process what that has begun, and some more. */
const PUBLICATION_ENDS_WITHIN_MS = 150_000;

export class N8nRefused extends Error {
	constructor(
		readonly status: number,
		request: string,
		body: unknown,
	) {
		super(`n8n answered ${request} with ${status}: ${JSON.stringify(body).slice(0, 800)}`);
		this.name = 'N8nRefused';
	}
}

/** n8n's own REST interface, the one its editor uses; the same from 1.123 to 2.41. */
export class N8nRest {
	private readonly http: AxiosInstance;
	private cookie = '';

	constructor(private readonly url: string) {
		this.http = axios.create({
			baseURL: `${url}/rest`,
			proxy: false,
			// Before it installs a package, n8n 2.0.0 asks a service of its own, and waits a minute where that is out of reach.
			timeout: 180_000,
			validateStatus: () => true,
		});
	}

	/** Creates the owner on a fresh n8n, else signs in. */
	async signIn({ email, password }: Owner): Promise<void> {
		const settings = await this.get<{ userManagement?: { showSetupOnFirstLoad?: boolean } }>('/settings');
		if (settings.userManagement?.showSetupOnFirstLoad) {
			await this.post('/owner/setup', { email, password, firstName: 'Network', lastName: 'Engineer' });
		} else {
			await this.post('/login', { emailOrLdapLoginId: email, email, password });
		}
	}

	createCredential(credential: NewCredential): Promise<{ readonly id: string; readonly name: string }> {
		return this.post('/credentials', credential);
	}

	/** n8n's own "Test" button: `{ status: 'OK' | 'Error', message }`. */
	testCredential(
		credential: NewCredential & { readonly id: string },
	): Promise<{ status: string; message?: string }> {
		return this.post('/credentials/test', { credentials: credential });
	}

	/** As the editor's import does; older lines refuse a workflow that does not say whether it is active. */
	createWorkflow(workflow: object): Promise<StoredWorkflow> {
		return this.post('/workflows', { ...workflow, active: false });
	}

	workflow(id: string): Promise<StoredWorkflow> {
		return this.get(`/workflows/${id}`);
	}

	/** A published workflow goes on as it was until it is published again. */
	async changeWorkflow(id: string, change: Readonly<Record<string, unknown>>): Promise<StoredWorkflow> {
		const { versionId } = await this.workflow(id);
		return await this.call('PATCH', `/workflows/${id}`, { ...change, versionId });
	}

	/** Older lines have no route for it and take `active` with the workflow. */
	async publish(id: string): Promise<StoredWorkflow> {
		const { versionId } = await this.workflow(id);
		const stored = await this.orElse<StoredWorkflow>(
			() => this.post(`/workflows/${id}/activate`, { versionId }),
			() => this.call('PATCH', `/workflows/${id}`, { active: true, versionId }),
		);
		await this.publicationEnded(id);
		return stored;
	}

	async unpublish(id: string): Promise<StoredWorkflow> {
		const { versionId } = await this.workflow(id);
		const stored = await this.orElse<StoredWorkflow>(
			() => this.post(`/workflows/${id}/deactivate`, {}),
			() => this.call('PATCH', `/workflows/${id}`, { active: false, versionId }),
		);
		await this.publicationEnded(id);
		return stored;
	}

	/** Newest first. Runs that went well are listed only if the workflow's settings save them. */
	async executions(workflowId: string, limit = 100): Promise<readonly ExecutionSummary[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const list = await this.get<{ results: ExecutionSummary[] }>(
			`/executions?limit=${limit}&filter=${filter}`,
		);
		return list.results;
	}

	async execution(id: string): Promise<Execution> {
		const found = await this.get<Execution>(`/executions/${id}`);
		return typeof found.data === 'string' ? { ...found, data: unflatten(found.data) } : found;
	}

	/** What n8n serves beside its REST interface: type descriptions, icons. */
	async file(path: string): Promise<ServedFile> {
		const { status, headers, data } = await this.http.get<string>(path, {
			baseURL: this.url,
			headers: { cookie: this.cookie },
			responseType: 'text',
			transformResponse: (text: unknown) => text,
		});
		return { status, contentType: String(headers['content-type']), text: data };
	}

	get<T>(path: string): Promise<T> {
		return this.call('GET', path);
	}

	post<T>(path: string, body: unknown): Promise<T> {
		return this.call('POST', path, body);
	}

	async call<T>(method: string, path: string, body?: unknown): Promise<T> {
		const headers = this.cookie ? { cookie: this.cookie } : {};
		const response: AxiosResponse<{ data?: T } & T> = await this.http.request({
			method,
			url: path,
			data: body,
			headers,
		});
		for (const line of response.headers['set-cookie'] ?? []) {
			if (line.startsWith('n8n-auth=')) this.cookie = line.split(';')[0] ?? '';
		}
		if (response.status >= 400) throw new N8nRefused(response.status, `${method} ${path}`, response.data);
		return response.data.data ?? response.data;
	}

	/**
	 * Newer lines answer before they have carried it out (2.41.1: `workflow-publication-outbox-consumer`). Killed in
	 * between, n8n does not touch the workflow for two minutes after its start.
	 */
	private async publicationEnded(id: string): Promise<void> {
		const giveUpAt = Date.now() + PUBLICATION_ENDS_WITHIN_MS;
		const status = () =>
			this.orElse(
				() => this.get<{ status: string }>(`/workflows/${id}/publication-status`),
				() => Promise.resolve({ status: 'known at once' }),
			);
		while ((await status()).status === 'in_progress') {
			if (Date.now() > giveUpAt) throw new Error(`n8n is still publishing or unpublishing workflow ${id}`);
			await sleep(50);
		}
	}

	private async orElse<T>(first: () => Promise<T>, whenUnknown: () => Promise<T>): Promise<T> {
		try {
			return await first();
		} catch (error) {
			if (!(error instanceof N8nRefused) || error.status !== 404) throw error;
		}
		return await whenUnknown();
	}
}
