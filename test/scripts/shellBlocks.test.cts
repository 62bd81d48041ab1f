import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readySign, shellBlocks } from '../figures/shellBlocks.cjs';
import { ROOT } from '../support/n8nPackage.cjs';

describe('what documentation tells its reader to type', () => {
	it('is found under its heading, without comments, prompts of other languages and blank lines', () => {
		const markdown =
			'# A\n\n## B\n\n```sh\nnpm ci  # two minutes\n\n# only a remark\ncd "$x#y"\n```\n\n```ts\nno\n```\n';
		expect(shellBlocks(markdown)).toEqual([{ heading: 'B', commands: ['npm ci', 'cd "$x#y"'] }]);
	});

	it('is found in README, with what must be ended by hand', () => {
		const commands = shellBlocks(readFileSync(join(ROOT, 'README.md'), 'utf8')).flatMap(
			(block) => block.commands,
		);
		expect(commands).toEqual(expect.arrayContaining(['npm ci', 'npm start -- --once', 'npm start']));
		expect(commands.filter((command) => readySign(command) !== undefined)).toEqual([
			'npm start',
			'npm run simulator',
		]);
	});

	it('knows what those print when there is something to see', () => {
		const printed = ['scripts/demo/start.cts', 'simulator/start.cts'].map((file) =>
			readFileSync(join(ROOT, file), 'utf8'),
		);
		expect(printed[0]).toMatch(readySign('npm start') ?? /never/);
		expect(printed[1]).toMatch(readySign('npm run simulator') ?? /never/);
	});
});
