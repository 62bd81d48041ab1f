import { parseArgs } from 'node:util';

export const sabotages = ['swap-disconnected', 'dry-run-left-on', 'foreign-tag-changed'] as const;
export type Sabotage = (typeof sabotages)[number];

export interface StartOptions {
	readonly help: boolean;
	/** Ends by itself, with an exit code. */
	readonly once: boolean;
	readonly sabotage?: Sabotage;
	readonly n8nVersion?: string;
	readonly n8nPort?: number;
	readonly simulatorPort?: number;
	/** Virtual seconds per real second while the outage is shown. */
	readonly speed: number;
}

export const usage = `npm start [-- options]

Starts a simulated Meraki dashboard and a real n8n with this package, and shows one outage in fast-forward.

  --once                  end after the outage: exit code 0 if everything was as it should be, else 1
  --speed <n>             virtual seconds per real second (default 24, 4 to 60)
  --n8n <version>         another n8n release, for example 1.123.81
  --n8n-port <port>       default: any free one
  --simulator-port <port> default: any free one
  --sabotage <fault>      break something on purpose, to see that it is noticed (with --once):
                          ${sabotages.join(', ')}`;

export function startOptions(commandLine: readonly string[]): StartOptions {
	const { values } = parseArgs({
		args: [...commandLine],
		options: {
			help: { type: 'boolean', short: 'h', default: false },
			once: { type: 'boolean', default: false },
			sabotage: { type: 'string' },
			n8n: { type: 'string' },
			'n8n-port': { type: 'string' },
			'simulator-port': { type: 'string' },
			speed: { type: 'string', default: '24' },
		},
	});
	const sabotage = sabotages.find((known) => known === values.sabotage);
	if (values.sabotage !== undefined && !sabotage) {
		throw new Error(`--sabotage "${values.sabotage}" is unknown; one of ${sabotages.join(', ')}`);
	}
	const n8nPort = whole('--n8n-port', values['n8n-port'], 1, 65_535);
	const simulatorPort = whole('--simulator-port', values['simulator-port'], 1, 65_535);
	return {
		help: values.help,
		once: values.once,
		// Slower takes for ever; faster leaves a run of the workflow less time than it needs.
		speed: whole('--speed', values.speed, 4, 60) ?? 24,
		...(sabotage && { sabotage }),
		...(values.n8n !== undefined && { n8nVersion: values.n8n }),
		...(n8nPort !== undefined && { n8nPort }),
		...(simulatorPort !== undefined && { simulatorPort }),
	};
}

function whole(name: string, text: string | undefined, least: number, most: number): number | undefined {
	if (text === undefined) return undefined;
	const value = Number(text);
	if (!/^\d+$/.test(text) || value < least || value > most) {
		throw new Error(`${name} "${text}" is not a whole number from ${least} to ${most}`);
	}
	return value;
}
