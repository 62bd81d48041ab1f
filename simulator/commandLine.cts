import { parseArgs } from 'node:util';
import { join } from 'node:path';

export interface Options {
	readonly scenario: string;
	readonly port: number;
	readonly speed: number;
	readonly startAt?: number;
}

export const USAGE = `Usage: tsx simulator/main.cts [--scenario FILE] [--port N] [--speed N] [--start TIME]

  --scenario FILE  what is simulated (default: simulator/scenarios/one-branch.json)
  --port N         loopback port (default: 8080; 0 takes a free one)
  --speed N        virtual seconds per second (default: 1; 0 stands still)
  --start TIME     virtual time at the start, ISO 8601 (default: the scenario's, else now)
  --help           this text`;

export function parseCommandLine(args: readonly string[]): Options | 'help' {
	const { values } = parseArgs({
		args: [...args],
		options: {
			scenario: { type: 'string', default: join(__dirname, 'scenarios', 'one-branch.json') },
			port: { type: 'string', default: '8080' },
			speed: { type: 'string', default: '1' },
			start: { type: 'string' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return 'help';
	return {
		scenario: values.scenario,
		port: numberFrom('--port', values.port, 65_535),
		speed: numberFrom('--speed', values.speed, 10_000),
		...(values.start === undefined ? {} : { startAt: timeFrom(values.start) }),
	};
}

function numberFrom(name: string, text: string, most: number): number {
	const value = Number(text);
	if (text.trim() === '' || !Number.isFinite(value) || value < 0 || value > most) {
		throw new Error(`${name} must be a number from 0 to ${most}; got "${text}"`);
	}
	return value;
}

function timeFrom(text: string): number {
	const at = Date.parse(text);
	if (Number.isNaN(at)) throw new Error(`--start must be a time such as 2026-01-05T08:00:00Z; got "${text}"`);
	return at;
}
