import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import schema from './scenario.schema.json';
import type { Fault } from '../faults/types.cjs';
import type { Scenario, ScenarioEvent } from './types.cjs';

/** Raised for a scenario, an event or a fault that does not follow the format; the message lists every place. */
export class ScenarioError extends Error {
	constructor(
		what: string,
		readonly problems: readonly string[],
	) {
		super(`${what} is not valid:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
		this.name = 'ScenarioError';
	}
}

const ajv = new Ajv({ allErrors: true, discriminator: true, allowUnionTypes: true });
addFormats(ajv);
ajv.addSchema(schema);

const validators = {
	scenario: validator<Scenario>('scenario'),
	event: validator<ScenarioEvent>('scenario#/$defs/event'),
	fault: validator<Fault>('scenario#/$defs/fault'),
};

function validator<T>(reference: string): ValidateFunction<T> {
	return ajv.compile<T>({ $ref: reference });
}

export function validScenario(input: unknown): Scenario {
	const scenario = valid('The scenario', validators.scenario, input);
	const problems = contradictions(scenario);
	if (problems.length > 0) throw new ScenarioError('The scenario', problems);
	return scenario;
}

export function validEvent(input: unknown): ScenarioEvent {
	return valid('The event', validators.event, input);
}

export function validFault(input: unknown): Fault {
	return valid('The fault', validators.fault, input);
}

function valid<T>(what: string, validate: ValidateFunction<T>, input: unknown): T {
	if (validate(input)) return input;
	throw new ScenarioError(what, (validate.errors ?? []).map(problemText));
}

function problemText(error: ErrorObject): string {
	const place = error.instancePath === '' ? 'at the top' : `at ${error.instancePath}`;
	const params: Record<string, unknown> = error.params;
	if (error.keyword === 'additionalProperties') {
		return `${place}: unknown field "${String(params['additionalProperty'])}"`;
	}
	if (error.keyword === 'enum' && Array.isArray(params['allowedValues'])) {
		return `${place}: must be one of ${params['allowedValues'].join(', ')}`;
	}
	if (error.keyword === 'discriminator') {
		return `${place}: unknown kind "${String(params['tagValue'])}"`;
	}
	return `${place}: ${error.message ?? error.keyword}`;
}

/** What a schema cannot say: names that must differ, and events that end before they begin. */
function contradictions(scenario: Scenario): string[] {
	const organizations = scenario.organizations ?? [];
	const networks = organizations.flatMap((organization) => organization.networks ?? []);
	const problems = [
		...repeated(
			'organization id',
			organizations.map((organization) => organization.id),
		),
		...repeated(
			'network id',
			networks.flatMap((network) => network.id ?? []),
		),
		...repeated(
			'key name',
			scenario.keys.map((key) => key.name),
		),
		...repeated(
			'key',
			scenario.keys.map((key) => key.key),
		),
	];
	for (const [index, event] of (scenario.events ?? []).entries()) {
		const until = 'untilMinutes' in event ? event.untilMinutes : undefined;
		if (until !== undefined && until <= (event.atMinutes ?? 0)) {
			problems.push(
				`at /events/${index}: untilMinutes ${until} is not after atMinutes ${event.atMinutes ?? 0}`,
			);
		}
	}
	if (organizations.length === 0 && scenario.generateOrganizations === undefined) {
		problems.push('at the top: needs organizations or generateOrganizations');
	}
	return problems;
}

function repeated(what: string, values: readonly string[]): string[] {
	const twice = values.filter((value, index) => values.indexOf(value) !== index);
	// A key is a secret, also a pretended one: its value stays out of messages.
	return [...new Set(twice)].map((value) => `${what} ${what === 'key' ? '' : `"${value}" `}is used twice`);
}
