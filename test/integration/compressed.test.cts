import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import axios from 'axios';
import {
	Bench,
	EVALUATE,
	jsonOf,
	ON_BACKUP,
	ON_PRIMARY,
	primaryLoss,
	SUMMARY,
} from '../support/n8nMeraki.cjs';

/** Meraki compresses its answers for whoever accepts that; the simulator does not. */
async function compressing(target: string, keep: (whole: Buffer) => Buffer): Promise<Server> {
	const server = createServer((request, reply) => {
		const pieces: Buffer[] = [];
		request.on('data', (piece: Buffer) => pieces.push(piece));
		request.on('end', () => {
			const { authorization = '', 'user-agent': agent = '', 'content-type': type } = request.headers;
			void axios
				.request<Buffer>({
					method: request.method ?? 'GET',
					url: `${target}${request.url ?? ''}`,
					headers: {
						authorization,
						'user-agent': agent,
						...(type !== undefined && { 'content-type': type }),
					},
					...(pieces.length > 0 && { data: Buffer.concat(pieces) }),
					responseType: 'arraybuffer',
					proxy: false,
					validateStatus: () => true,
				})
				.then(({ status, headers, data }) => {
					const isLoss = request.url?.includes('uplinksLossAndLatency') === true;
					const whole = gzipSync(data);
					const date = String(headers['date']);
					reply.writeHead(status, { 'content-type': 'application/json', 'content-encoding': 'gzip', date });
					reply.end(isLoss ? keep(whole) : whole);
				});
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return server;
}

let bench: Bench;
let server: Server;

afterEach(async () => {
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
	await bench.close();
});

async function runBehind(keep: (whole: Buffer) => Buffer) {
	bench = await Bench.open({ events: [primaryLoss({ networks: ['N_1'], atMinutes: -3 })] });
	server = await compressing(bench.addresses.url, keep);
	const customUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return await bench.run(bench.chain(), { credential: { customUrl } });
}

describe('answers that come compressed', () => {
	it('are read as they are', async () => {
		const { outputs } = await runBehind((whole) => whole);
		expect(jsonOf(outputs(EVALUATE)[SUMMARY])).toMatchObject([{ status: 'evaluated', managedNetworks: 3 }]);
		expect(bench.tags('N_1')).toEqual(ON_BACKUP);
	});

	it('and break off in the middle move nothing: the run is blind', async () => {
		const { outputs } = await runBehind((whole) => whole.subarray(0, whole.length / 2));
		expect(jsonOf(outputs(EVALUATE)[SUMMARY])).toMatchObject([{ status: 'blind' }]);
		expect(bench.tags('N_1')).toEqual(ON_PRIMARY);
	}, 60_000);
});
