import type { IExecuteFunctions } from 'n8n-workflow';
import { parameterError } from './nodeErrors';

/** A switch. An expression may give anything, and the text "false" would count as true: then the run stops. */
export function readBoolean(
	context: IExecuteFunctions,
	itemIndex: number,
	setting: string,
	value: unknown,
): boolean {
	if (typeof value === 'boolean') return value;
	throw parameterError(
		context.getNode(),
		`${setting} must be true or false`,
		'Correct the parameter or its expression. Nothing was written.',
		itemIndex,
	);
}
