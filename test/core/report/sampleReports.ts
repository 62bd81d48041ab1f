import type { ReportModel, ReportRow, ReportSection } from '../../../core/report/model';

/** 2 May 2024, 12:12 UTC. */
export const REPORTED_AT = Date.UTC(2024, 4, 2, 12, 12);

export const MINUTE_MS = 60_000;

export function row(part: Partial<ReportRow> = {}): ReportRow {
	return {
		networkId: 'N_1',
		networkName: 'Leeds',
		networkUrl: 'https://n1.meraki.com/Leeds/n/abc/manage/usage/list',
		from: 'London',
		to: 'Paris',
		explanation: 'Loss to London 203.0.113.1 was 30 % or more in 3 of 5 minutes, newest 80 %.',
		lossPercents: [0, 0, 35, 80, null],
		durationMs: 8 * MINUTE_MS,
		tagsBefore: ['retail', 'london_primary_up', 'paris_backup_down'],
		tagsAfter: ['retail', 'london_primary_down', 'paris_backup_up'],
		...part,
	};
}

export function section(part: Partial<ReportSection> = {}): ReportSection {
	return {
		heading: 'Moved from London to Paris',
		severity: 'warning',
		nextStep: '',
		rows: [row()],
		...part,
	};
}

export function report(part: Partial<ReportModel> = {}): ReportModel {
	return {
		kind: 'report',
		severity: 'warning',
		title: '1 site moved from London to Paris: loss on London since 12:04 UTC',
		summary: 'They go back by themselves after 5 clean minutes.',
		incidentId: 'inc_london_1',
		organizationId: '549236',
		organizationName: 'Acme',
		isDryRun: false,
		reportedAt: REPORTED_AT,
		lossThresholdPercent: 30,
		sections: [section()],
		...part,
	};
}

export function rows(count: number, part: (index: number) => Partial<ReportRow> = () => ({})): ReportRow[] {
	return Array.from({ length: count }, (_, index) =>
		row({ networkId: `N_${index}`, networkName: `Site ${index}`, ...part(index) }),
	);
}
