import type { IExecuteFunctions } from 'n8n-workflow';
import type { RenderedReport } from '../../core/report/model';
import { DEFAULT_TAG_FORMAT, exampleTags } from '../../core/tags/tagFormat';
import type { TagFormat } from '../../core/tags/tagFormat';
import type { Summary } from '../../core/cycle/summary';
import type { EvaluateParameters } from './readSettings';

/** What whoever pressed the button should know of the run, beside its items. */
export function hintAtTags(
	context: IExecuteFunctions,
	runs: readonly {
		readonly parameters: EvaluateParameters;
		readonly summary: Pick<Summary, 'status' | 'networks' | 'managedNetworks'>;
	}[],
): void {
	for (const { parameters, summary } of runs) {
		if (summary.status !== 'evaluated') continue;
		const { tagFormat } = parameters.settings;
		const tags = `${exampleTags(tagFormat, 'london').primaryUp} and ${exampleTags(tagFormat, 'paris').backupDown}`;
		if (summary.managedNetworks === 0) {
			hint(
				context,
				`No network takes part: none of the ${summary.networks} that the key can see and the Networks filter lets through carries VPN tags such as ${tags}.`,
			);
		} else if (!isDefault(tagFormat)) {
			const message = `With this Tag Format, VPN tags look like ${tags}. ${summary.managedNetworks} of ${summary.networks} networks carry such tags.`;
			context.addExecutionHints({ message, type: 'info', location: 'outputPane' });
		}
	}
}

function isDefault(tagFormat: TagFormat): boolean {
	return JSON.stringify(tagFormat) === JSON.stringify(DEFAULT_TAG_FORMAT);
}

/** The first line of a readiness check, so that nobody must look for it. */
export function hintAtReadinessCheck(context: IExecuteFunctions, reports: readonly RenderedReport[]): void {
	for (const { title, severity } of reports) {
		const type = severity === 'info' ? 'info' : 'warning';
		context.addExecutionHints({ message: `${title}. Alert says more.`, type, location: 'outputPane' });
	}
}

export function hint(context: IExecuteFunctions, message: string): void {
	context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
}
