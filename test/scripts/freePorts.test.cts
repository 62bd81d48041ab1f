import { createServer, type AddressInfo } from 'node:net';
import { freePorts } from '../../scripts/n8n/freePorts.cjs';

describe('free ports', () => {
	it('are given once, however many ask at the same time', async () => {
		const given = (await Promise.all(Array.from({ length: 50 }, async () => await freePorts(3)))).flat();
		expect(new Set(given).size).toBe(150);
	});

	it('can be listened on', async () => {
		const [port = 0] = await freePorts(1);
		const server = createServer();
		await new Promise<void>((resolve, reject) => {
			server.once('error', reject);
			server.listen(port, '127.0.0.1', resolve);
		});
		expect((server.address() as AddressInfo).port).toBe(port);
		await new Promise((resolve) => server.close(resolve));
	});

	it('are none that a system gives to outgoing connections', async () => {
		for (const port of await freePorts(200)) expect(port).toBeLessThan(32_768);
	});
});
