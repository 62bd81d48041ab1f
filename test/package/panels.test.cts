import type { INodeProperties } from 'n8n-workflow';
import { DEFAULT_SETTINGS, settingProblems } from '../../core/settings/settings';
import { DEFAULT_TAG_FORMAT } from '../../core/tags/tagFormat';
import { builtPackage } from '../support/n8nPackage.cjs';

let evaluate: readonly INodeProperties[] = [];
let swap: readonly INodeProperties[] = [];

beforeAll(async () => {
	const built = await builtPackage();
	evaluate = built.evaluate.description.properties;
	swap = built.swap.description.properties;
});

function property(properties: readonly INodeProperties[], ...path: readonly string[]): INodeProperties {
	const [name, ...rest] = path;
	const found = properties.find((each) => each.name === name);
	if (found === undefined) throw new Error(`The panel has no ${name}`);
	return rest.length === 0 ? found : property(nested(found), ...rest);
}

function nested({ options }: INodeProperties): INodeProperties[] {
	return (options ?? []).filter((option): option is INodeProperties => 'type' in option);
}

const shown = (...path: readonly string[]) => property(evaluate, ...path).default;

describe('the defaults that the panels show', () => {
	it('are those of core', () => {
		const { trackedIps, networks, judgedUplinks, latencyThresholdMs, repeatIntervalMs } = DEFAULT_SETTINGS;
		expect(shown('lossThresholdPercent')).toBe(DEFAULT_SETTINGS.lossThresholdPercent);
		expect(shown('preset')).toBe('balanced');
		expect(shown('moves')).toBe(DEFAULT_SETTINGS.moves);
		expect(shown('recoveryMinutes')).toBe(DEFAULT_SETTINGS.recoveryMinutes);
		expect(shown('recoveryThresholdPercent')).toBe(DEFAULT_SETTINGS.recoveryThresholdPercent);
		expect(shown('trackedIps')).toBe(trackedIps.kind);
		expect(shown('networks')).toBe(networks.kind);
		expect(shown('maintenance')).toEqual({});
		expect({
			sharePercent: shown('options', 'limitSharePercent'),
			above: shown('options', 'aboveLimit'),
		}).toEqual(DEFAULT_SETTINGS.massFailover);
		expect(shown('options', 'swapBacksPerRun')).toBe(DEFAULT_SETTINGS.swapBacksPerRun);
		expect(shown('options', 'backupMustBe')).toBe(DEFAULT_SETTINGS.backupMustBe);
		expect(shown('options', 'holdTag')).toBe(DEFAULT_SETTINGS.holdTag);
		expect(shown('options', 'lossyWhen')).toBe(DEFAULT_SETTINGS.lossyWhen);
		expect(shown('failoverSamples')).toBe(DEFAULT_SETTINGS.failoverSamples);
		expect(shown('options', 'windowMinutes')).toBe(DEFAULT_SETTINGS.windowMinutes);
		expect(shown('options', 'repeatHours')).toBe(repeatIntervalMs / 3_600_000);
		expect([latencyThresholdMs, shown('latencyThresholdMs')]).toEqual([null, 0]);
		expect([judgedUplinks.kind, shown('options', 'judgedUplinks')]).toEqual(['active', []]);
		expect(property(swap, 'options', 'holdTag').default).toBe(DEFAULT_SETTINGS.holdTag);
	});

	it('are those of the tag format, in both nodes', () => {
		for (const properties of [evaluate, swap]) {
			const fields = nested(property(properties, 'tagFormat')).map((field) => [field.name, field.default]);
			expect(Object.fromEntries(fields)).toEqual(DEFAULT_TAG_FORMAT);
		}
	});

	it('are those of design and rules', () => {
		expect(property(swap, 'dryRun').default).toBe(true);
		expect(property(swap, 'holdAfterwards').default).toBe(true);
		expect(property(swap, 'action').default).toBe('asEvaluated');
		expect(property(swap, 'options', 'validForMinutes').default).toBe(3);
		expect(shown('excludedIps')).toBe('8.8.8.8');
	});
});

describe('a problem with a setting', () => {
	it('names it as the panel does', () => {
		const wrong = {
			...DEFAULT_SETTINGS,
			lossThresholdPercent: NaN,
			latencyThresholdMs: -1,
			windowMinutes: 9,
			failoverSamples: 9.5,
			recoveryMinutes: 0.5,
			recoveryThresholdPercent: -1,
			repeatIntervalMs: 0,
			massFailover: { networks: -1, sharePercent: 101, above: 'confirm' as const },
			swapBacksPerRun: 0,
			holdTag: '',
			tagFormat: { format: '', primaryWord: '', backupWord: '', upWord: '', downWord: '' },
		};
		const more = [
			{ ...wrong, trackedIps: { kind: 'listed' as const, ipsByPeer: new Map() } },
			{ ...wrong, networks: { kind: 'withTag' as const, tag: '' } },
			{ ...wrong, networks: { kind: 'listed' as const, networkIds: [] } },
		];
		const names = new Set([wrong, ...more].flatMap(settingProblems).map(({ setting }) => setting));
		const labels = labelsOf(evaluate);
		expect(names.size).toBeGreaterThan(10);
		for (const name of names) {
			const isShown = labels.some((label) => label === name || label.startsWith(`${name} (`));
			expect([name, isShown]).toEqual([name, true]);
		}
	});

	function labelsOf(properties: readonly INodeProperties[]): string[] {
		return properties.flatMap((each) => [each.displayName, ...labelsOf(nested(each))]);
	}
});
