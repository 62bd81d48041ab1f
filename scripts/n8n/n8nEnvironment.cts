import { withNodeFirst } from './npmCommand.cjs';

export interface N8nEnvironmentOptions {
	readonly home: string;
	readonly port: number;
	readonly brokerPort: number;
	readonly nodeExecutable: string;
	readonly extra?: Readonly<Record<string, string>>;
}

/** What somebody set for an n8n of their own (its database, queue, web address) must not reach this one. */
const ofAnotherN8n =
	/^(N8N|DB|EXECUTIONS|QUEUE|WEBHOOK|VUE_APP|npm)_|^(GENERIC_TIMEZONE|NODE_OPTIONS|NODE_ENV)$/i;

export function n8nEnvironment(
	options: N8nEnvironmentOptions,
	surrounding: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
	const kept = Object.entries(surrounding).filter(([name]) => !ofAnotherN8n.test(name));
	return {
		...withNodeFirst(options.nodeExecutable, Object.fromEntries(kept)),
		...loopbackWithoutProxy(surrounding),
		N8N_USER_FOLDER: options.home,
		N8N_PORT: String(options.port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_RUNNERS_BROKER_PORT: String(options.brokerPort),
		N8N_ENCRYPTION_KEY: 'only-for-trying-on-this-computer',
		N8N_SECURE_COOKIE: 'false', // plain http on loopback
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		GENERIC_TIMEZONE: 'UTC',
		...options.extra,
	};
}

/** The simulator is on loopback; a company's proxy cannot reach it. */
function loopbackWithoutProxy(surrounding: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	const already = surrounding['NO_PROXY'] ?? surrounding['no_proxy'];
	const value = [already, '127.0.0.1', 'localhost'].filter(Boolean).join(',');
	return { NO_PROXY: value, no_proxy: value };
}
