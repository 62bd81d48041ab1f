import { createServer } from 'node:net';

/** Below those that systems give to outgoing connections and to whoever asks for any: Linux begins at 32768. */
const firstPort = 20_000;
const lastPort = 32_000;

/** Several processes may be about to start at the same time: what one was given no other gets. */
const given = new Set<number>();

/** `count` different loopback ports nobody listens on right now, and that were not given before. */
export async function freePorts(count: number): Promise<number[]> {
	const ports: number[] = [];
	while (ports.length < count) {
		const port = firstPort + Math.floor(Math.random() * (lastPort - firstPort));
		if (given.has(port)) continue;
		given.add(port);
		if (await isFree(port)) ports.push(port);
	}
	return ports;
}

function isFree(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(false));
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});
}
