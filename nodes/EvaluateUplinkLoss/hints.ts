import type { NodeHint } from 'n8n-workflow';

/** n8n shows these in the panel while its condition holds. `$parameter` are the values as entered. */
export const hints: NodeHint[] = [
	warning(
		'Recovery Threshold is not below Loss Threshold: the run will refuse it, since a branch would swap back onto a lossy peer.',
		'$parameter["preset"] === "custom" && $parameter["recoveryThresholdPercent"] >= $parameter["lossThresholdPercent"]',
	),
	warning(
		'Bad Samples to Fail Over is more than the minutes of the Window: the run will refuse it, since no branch could ever fail over.',
		'$parameter["preset"] === "custom" && $parameter["failoverSamples"] > ($parameter["options"]["windowMinutes"] ?? 5)',
	),
	warning(
		'Tag Format needs {peer}, {role} and {state}, once each: the run will refuse it.',
		'!["peer", "role", "state"].every((part) => ($parameter["tagFormat"]["format"] ?? "{peer}{role}{state}").split("{" + part + "}").length === 2)',
	),
	warning(
		'Nothing will ever fail over: backups are not measured with Every Tracked IP Except, and Backup Must Be asks for Measured Clean.',
		'$parameter["trackedIps"] === "everyExcept" && $parameter["options"]["backupMustBe"] === "measuredClean"',
	),
	warning(
		"No IP is excluded: a fault of 8.8.8.8, which Meraki tracks by default, would look like one of every branch's primary peer.",
		'$parameter["trackedIps"] === "everyExcept" && !$parameter["excludedIps"]',
	),
	warning(
		'With Loss Threshold under 5 %, ordinary loss of the internet moves branches.',
		'$parameter["preset"] === "custom" && $parameter["lossThresholdPercent"] < 5',
	),
	warning(
		'With Swap Back After under 3 minutes, an unsteady primary peer gets its branches back too early.',
		'$parameter["preset"] === "custom" && $parameter["recoveryMinutes"] < 3',
	),
	warning(
		'With Mass Failover off, one bad reading can move every branch at once.',
		'$parameter["options"]["aboveLimit"] === "noLimit"',
	),
	warning(
		'With Stop and Alert, a real outage of the data center moves no branch until somebody moves it manually.',
		'$parameter["options"]["aboveLimit"] === "swapNone"',
	),
	warning(
		'Meraki does not measure over integrated cellular uplinks by default: they would have no data.',
		'($parameter["options"]["judgedUplinks"] ?? []).includes("cellular")',
	),
	{
		message:
			'A manual execution shows every message, but remembers nothing. The schedule remembers what it sent.',
		type: 'info',
		location: 'outputPane',
		whenToDisplay: 'afterExecution',
		displayCondition: '={{ $execution.mode === "test" && $parameter["operation"] !== "checkUp" }}',
	},
];

function warning(message: string, condition: string): NodeHint {
	return {
		message,
		type: 'warning',
		location: 'ndv',
		whenToDisplay: 'always',
		displayCondition: `={{ ${condition} }}`,
	};
}
