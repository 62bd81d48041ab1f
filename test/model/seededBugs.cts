/** Bugs that the model and the properties must catch: each is one change of one text in core/. */
export interface SeededBug {
	readonly name: string;
	/** The rule that it breaks. */
	readonly rule: string;
	readonly file: string;
	/** Stands in the file exactly once. */
	readonly find: string;
	readonly replace: string;
}

export const SEEDED_BUGS: readonly SeededBug[] = [
	{
		name: 'an older answer wins over a newer one',
		rule: 'R1.1',
		file: 'core/health/series.ts',
		find: 'newestAnswer: Choose = (_known, added) => added',
		replace: 'newestAnswer: Choose = (known) => known',
	},
	{
		name: 'the spare is judged however fresh the primary appliance is',
		rule: 'R1.3',
		file: 'core/health/applianceInUse.ts',
		find: "({ role }) => role === 'primary'",
		replace: "({ role }) => role !== 'primary'",
	},
	{
		name: 'one sample is data enough',
		rule: 'R2.1',
		file: 'core/health/seriesHealth.ts',
		find: 'if (measuredCount < FEWEST_MEASURED)',
		replace: 'if (measuredCount < 1)',
	},
	{
		name: 'loss that is over still counts as failing',
		rule: 'R2.3',
		file: 'core/health/seriesHealth.ts',
		find: 'const isFailing = isNewestOver || isSecondNewestOver;',
		replace: 'const isFailing = true;',
	},
	{
		name: 'a recovery may have any number of gaps',
		rule: 'R2.4',
		file: 'core/health/seriesHealth.ts',
		find: "if (tooManyGaps(gaps)) return 'no';",
		replace: '',
	},
	{
		name: 'an escape goes to a primary that is lossy itself',
		rule: 'R3.2',
		file: 'core/decide/decide.ts',
		find: "isMeasuredClean(primary) ? { kind: 'target'",
		replace: "primary.health.kind === 'measured' ? { kind: 'target'",
	},
	{
		name: 'a lossy backup is a candidate',
		rule: 'R3.4',
		file: 'core/decide/decide.ts',
		find: "if (backup.health.kind === 'noData' || backup.health.loss === 'clean') return true;",
		replace: 'return true;',
	},
	{
		name: 'the hold tag is not asked',
		rule: 'R4.2',
		file: 'core/decide/decide.ts',
		find: "if (isHeld) return veto('hold');",
		replace: '',
	},
	{
		name: 'loss in a maintenance window counts when it has ended',
		rule: 'R4.4',
		file: 'core/settings/maintenanceWindow.ts',
		find: 'if (ended.length === 0) return series;',
		replace: 'if (ended.length >= 0) return series;',
	},
	{
		name: 'an appliance without an active uplink is moved',
		rule: 'R4.5',
		file: 'core/decide/decide.ts',
		find: "if (appliance === 'offline') return veto('offline');",
		replace: '',
	},
	{
		name: 'a peer that never answered moves its branches',
		rule: 'R4.7',
		file: 'core/evaluate/guardInputs.ts',
		find: "return unknown.length > 0 ? { kind: 'arming', ips: unknown } : false;",
		replace: 'return true;',
	},
	{
		name: "a fault of the branch's own line moves it",
		rule: 'R4.8',
		file: 'core/health/lineFault.ts',
		find: "? 'lineFault'",
		replace: "? 'notTheLine'",
	},
	{
		name: 'onsets that no run watched are forgotten',
		rule: 'R4.10',
		file: 'core/evaluate/onsetCoverage.ts',
		find: 'if (memory === null || memory.watch !== watch) return null;',
		replace: 'if (memory === null) return null;',
	},
	{
		name: 'a move by hand is undone',
		rule: 'R4.10',
		file: 'core/decide/decide.ts',
		find: "return facts.isHandMove() ? veto('handMove')",
		replace: "return false ? veto('handMove')",
	},
	{
		name: 'the failover limit is one network too high',
		rule: 'R5.1',
		file: 'core/decide/limits.ts',
		find: 'offPrimary.size > failoverLimit.networks',
		replace: 'offPrimary.size > failoverLimit.networks + 1',
	},
	{
		name: 'swap backs have no rate',
		rule: 'R5.2',
		file: 'core/decide/limits.ts',
		find: 'swappingBack.size >= swapBacksPerRun',
		replace: 'swappingBack.size >= Infinity',
	},
	{
		name: 'a decision is carried out whatever role is active now',
		rule: 'R6',
		file: 'core/swap/plan.ts',
		find: 'if (!isActive(reading, decision.have)) {',
		replace: 'if (false) {',
	},
	{
		name: 'a decision is valid for ever',
		rule: 'R6',
		file: 'core/swap/plan.ts',
		find: 'if (ageMs >= validForMs)',
		replace: 'if (ageMs >= Infinity)',
	},
	{
		name: 'a write sorts the tags',
		rule: 'R7',
		file: 'core/swap/plan.ts',
		find: 'tagsAfter: tagsWithActive(tags, reading, target.role),',
		replace: 'tagsAfter: tagsWithActive(tags, reading, target.role).sort(),',
	},
	{
		name: 'a write loses duplicates',
		rule: 'R7',
		file: 'core/swap/plan.ts',
		find: 'tagsAfter: tagsWithActive(tags, reading, target.role),',
		replace: 'tagsAfter: [...new Set(tagsWithActive(tags, reading, target.role))],',
	},
];
