import { delimiter, dirname, join } from 'node:path';
import { unflatten } from '../../scripts/n8n/flattedText.cjs';
import { progressLine } from '../../scripts/n8n/loggedCommand.cjs';
import { n8nEnvironment } from '../../scripts/n8n/n8nEnvironment.cjs';
import { withNodeFirst } from '../../scripts/n8n/npmCommand.cjs';
import { startOptions } from '../../scripts/demo/startOptions.cjs';

const nodeExecutable = join('opt', 'node24', 'bin', 'node');
const options = { home: 'home', port: 5000, brokerPort: 5001, nodeExecutable };

describe("n8n's environment", () => {
	test("another n8n's settings do not reach it, everything else does", () => {
		const surrounding = {
			DB_TYPE: 'postgresdb',
			N8N_HOST: 'n8n.example.com',
			EXECUTIONS_MODE: 'queue',
			LANG: 'C',
			npm_config_x: '1',
		};
		const environment = n8nEnvironment(options, surrounding);
		expect(environment).toMatchObject({ LANG: 'C', N8N_PORT: '5000', N8N_LISTEN_ADDRESS: '127.0.0.1' });
		for (const name of ['DB_TYPE', 'N8N_HOST', 'EXECUTIONS_MODE', 'npm_config_x'])
			expect(environment).not.toHaveProperty(name);
	});

	test('loopback goes past a proxy, and what was excepted stays so', () => {
		expect(n8nEnvironment(options, { NO_PROXY: 'intranet' })['NO_PROXY']).toBe(
			'intranet,127.0.0.1,localhost',
		);
		expect(n8nEnvironment(options, {})['no_proxy']).toBe('127.0.0.1,localhost');
	});

	test('what a caller adds wins', () => {
		expect(n8nEnvironment({ ...options, extra: { DB_TYPE: 'postgresdb' } }, {})['DB_TYPE']).toBe(
			'postgresdb',
		);
	});

	test.each(['PATH', 'Path'])('its Node is found first in %s', (name) => {
		expect(withNodeFirst(nodeExecutable, { [name]: 'rest' })).toEqual({
			[name]: [dirname(nodeExecutable), 'rest'].join(delimiter),
		});
	});
});

describe("n8n's stored executions", () => {
	test('texts, lists, objects, numbers and circles are restored', () => {
		const text = '[{"name":"1","list":"2","count":3,"nothing":null,"self":"0"},"Swap",["1",true,"3"],{}]';
		const value = unflatten(text);
		expect(value).toMatchObject({ name: 'Swap', list: ['Swap', true, {}], count: 3, nothing: null });
		expect(Reflect.get(Object(value), 'self')).toBe(value);
	});

	test('anything else is refused', () => {
		expect(() => unflatten('{}')).toThrow('not a list');
	});
});

describe('options', () => {
	test('defaults', () => {
		expect(startOptions([])).toEqual({ help: false, once: false, speed: 24 });
	});

	test('all of them', () => {
		const commandLine =
			'--once --sabotage dry-run-left-on --n8n 2.0.0 --n8n-port 5678 --simulator-port 8080 --speed 40';
		expect(startOptions(commandLine.split(' '))).toEqual({
			help: false,
			once: true,
			sabotage: 'dry-run-left-on',
			n8nVersion: '2.0.0',
			n8nPort: 5678,
			simulatorPort: 8080,
			speed: 40,
		});
	});

	test.each([
		[['--sabotage', 'all'], 'swap-disconnected'],
		[['--speed', '1000'], 'from 4 to 60'],
		[['--n8n-port', '0'], 'from 1 to 65535'],
		[['--n8n-port', '80x'], 'from 1 to 65535'],
		[['--onec'], '--onec'],
	])('%j is refused', (commandLine, words) => {
		expect(() => startOptions(commandLine)).toThrow(words);
	});
});

test('progress lines show the step, its seconds and what there is so far', () => {
	expect(progressLine('installing n8n 2.41.1', 64_400, '812 package folders')).toBe(
		'  installing n8n 2.41.1: 64 s, 812 package folders',
	);
	expect(progressLine('building sqlite3', 5_000, undefined)).toBe('  building sqlite3: 5 s');
});
