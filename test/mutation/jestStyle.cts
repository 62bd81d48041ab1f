/**
 * Teaches Mocha the few words of Jest that the unit tests use. Mutants run in Mocha because it keeps all modules
 * loaded between two mutants: one costs milliseconds, where Jest would load everything again.
 */
import { createRequire } from 'node:module';
import { expect } from 'expect';
import { bind } from 'jest-each';

type Registers = Parameters<typeof bind>[0];

interface Context {
	readonly describe: Registers;
	readonly it: Registers;
	readonly before: unknown;
	readonly after: unknown;
}

interface Suite {
	on(event: 'pre-require', told: (context: Context) => void): void;
}

/** Mocha's own types declare the globals that Jest's declare, so they cannot be here too. */
const { interfaces } = createRequire(__filename)('mocha') as {
	readonly interfaces: { bdd: (suite: Suite) => void };
};
const { bdd } = interfaces;

interfaces.bdd = (suite) => {
	bdd(suite);
	suite.on('pre-require', (context) => {
		for (const registers of [context.describe, context.it]) {
			Object.assign(registers, { each: bind(registers, false) });
		}
		Object.assign(context, {
			expect,
			test: context.it,
			beforeAll: context.before,
			afterAll: context.after,
		});
	});
};
