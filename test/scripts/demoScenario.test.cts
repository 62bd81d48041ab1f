import { demoBranches, demoScenario } from '../../scripts/demo/scenario.cjs';
import { validScenario } from '../../simulator/scenario/validate.cjs';

test("the scenario follows the simulator's format", () => {
	expect(() => validScenario(demoScenario)).not.toThrow();
});

test('exactly the two tags of the pair differ between primary and backup', () => {
	for (const { onPrimary, onBackup } of demoBranches) {
		expect(onPrimary.filter((tag, index) => tag !== onBackup[index])).toHaveLength(2);
	}
});

test('some branches lose their primary peer, and at least one does not', () => {
	expect(new Set(demoBranches.map(({ affected }) => affected))).toEqual(new Set([true, false]));
});
