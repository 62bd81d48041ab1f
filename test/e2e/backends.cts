import type { ChildProcess } from 'node:child_process';
import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from '../../scripts/n8n/freePorts.cjs';
import { tail } from '../../scripts/n8n/loggedCommand.cjs';
import { hasEnded, startChild, stopChild } from '../../scripts/n8n/runningChildren.cjs';

interface Service {
	readonly name: string;
	readonly port: number;
	readonly child: ChildProcess;
	readonly logFile: string;
}

/** PostgreSQL refuses to run as root; this is the number of "nobody" on Linux. */
const nobody = 65_534;
const databaseUser = 'n8n';

/** What n8n needs in queue mode: a PostgreSQL and a Redis of their own, on loopback, empty. */
export class Backends {
	private constructor(
		private readonly postgres: Service,
		private readonly redis: Service,
		/** Outside of the others: another user must be able to enter it. */
		private readonly postgresFolder: string,
	) {}

	static async start(folder: string): Promise<Backends> {
		mkdirSync(folder, { recursive: true });
		const postgresFolder = mkdtempSync(join(tmpdir(), 'meraki-vpn-failover-postgres-'));
		const [postgresPort = 0, redisPort = 0] = await freePorts(2);
		const postgres = startPostgres(postgresFolder, postgresPort, join(folder, 'postgres.log'));
		const redis = startRedis(folder, redisPort, join(folder, 'redis.log'));
		await Promise.all([listening(postgres), listening(redis)]);
		return new Backends(postgres, redis, postgresFolder);
	}

	/** For every n8n process. */
	get environment(): Readonly<Record<string, string>> {
		return {
			EXECUTIONS_MODE: 'queue',
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(this.postgres.port),
			DB_POSTGRESDB_DATABASE: 'postgres',
			DB_POSTGRESDB_USER: databaseUser,
			DB_POSTGRESDB_PASSWORD: 'any',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(this.redis.port),
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		};
	}

	async stop(): Promise<void> {
		await stopChild(this.postgres.child);
		await stopChild(this.redis.child);
		rmSync(this.postgresFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
	}
}

function startPostgres(folder: string, port: number, logFile: string): Service {
	const isRoot = process.getuid?.() === 0;
	const asNobody = isRoot ? { uid: nobody, gid: nobody } : {};
	if (isRoot) chownSync(folder, nobody, nobody);
	const data = join(folder, 'data');
	const { status, stderr } = spawnSync(
		postgresProgram('initdb'),
		['-D', data, '-U', databaseUser, '-A', 'trust', '--no-sync'],
		{ cwd: folder, encoding: 'utf8', ...asNobody },
	);
	if (status !== 0) throw new Error(`initdb failed: ${stderr}`);
	const child = startChild({
		executable: postgresProgram('postgres'),
		commandArguments: [
			...['-D', data, '-p', String(port)],
			...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'fsync=off'],
		],
		folder,
		environment: process.env,
		logFile,
		...(isRoot && { userId: nobody }),
	});
	return { name: 'PostgreSQL', port, child, logFile };
}

function startRedis(folder: string, port: number, logFile: string): Service {
	const child = startChild({
		executable: 'redis-server',
		commandArguments: [
			...['--port', String(port), '--bind', '127.0.0.1'],
			...['--save', '', '--appendonly', 'no', '--dir', folder],
		],
		folder,
		environment: process.env,
		logFile,
	});
	return { name: 'Redis', port, child, logFile };
}

/** Debian keeps the server's programs out of the search path, one folder a version. */
function postgresProgram(name: string): string {
	const versions = '/usr/lib/postgresql';
	const found = (existsSync(versions) ? readdirSync(versions) : [])
		.sort((one, other) => Number(other) - Number(one))
		.map((version) => join(versions, version, 'bin', name))
		.find((path) => existsSync(path));
	return found ?? name;
}

async function listening({ name, port, child, logFile }: Service): Promise<void> {
	const giveUpAt = Date.now() + 60_000;
	while (Date.now() < giveUpAt && !hasEnded(child)) {
		if (await accepts(port)) return;
		await sleep(100);
	}
	throw new Error(
		`${name} did not start. Debian or Ubuntu: apt-get install postgresql redis-server\n${tail(logFile, 20)}`,
	);
}

function accepts(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1');
		socket.once('connect', () => {
			socket.destroy();
			resolve(true);
		});
		socket.once('error', () => {
			resolve(false);
		});
	});
}
