import { worst } from '../notify/alertReport';
import type { Condition } from '../notify/dedup';
import { organizationRow } from '../notify/organizationAlerts';
import type { ReportModel, ReportRow, ReportSection } from '../report/model';
import { exampleTags } from '../tags/tagFormat';
import type { TagFormat } from '../tags/tagFormat';
import type { Organization, Severity } from '../domain/types';
import { countReady } from './readinessCheck';
import type { CheckedNetwork, ReadinessCheck, ReadinessCheckCount } from './readinessCheck';
import type { Finding } from './finding';

export interface ReadinessCheckContext {
	readonly organization: Pick<Organization, 'id' | 'name'>;
	/** What of the organization could not be read. */
	readonly unreadable: readonly Condition[];
	readonly reportedAt: number;
	readonly lossThresholdPercent: number;
	readonly tagFormat: TagFormat;
}

/** Always a message: whoever asks wants to read that all is well, too. */
export function readinessCheckReport(result: ReadinessCheck, context: ReadinessCheckContext): ReportModel {
	const { organization, reportedAt, lossThresholdPercent } = context;
	const count = countReady(result);
	const sections = [
		...organizationSections(result.ofAll, organization.id),
		...context.unreadable.map(({ heading, severity, nextStep, row }) => ({
			heading,
			severity,
			nextStep,
			rows: [row],
		})),
		...networkSections(result.networks, 'prevents'),
		...networkSections(result.networks, 'weakens'),
	];
	return {
		kind: 'readinessCheck',
		severity: worst(sections.map(({ severity }) => severity)),
		title: `${organization.name}: readiness check: ${readyWords(count)}`,
		summary: summaryWords(result, count, context.tagFormat),
		incidentId: null,
		organizationId: organization.id,
		organizationName: organization.name,
		isDryRun: false,
		reportedAt,
		lossThresholdPercent,
		sections,
	};
}

/** The healthy ones first. */
function readyWords({ networks, ready }: ReadinessCheckCount): string {
	const not = networks - ready;
	if (networks === 0) return 'no network takes part';
	if (networks === 1) return `the one network would ${ready === 1 ? 'fail over' : 'not fail over'}`;
	if (not === 0) return `all ${networks} networks would fail over`;
	if (ready === 0) return `none of ${networks} networks would fail over`;
	return `${ready} of ${networks} networks would fail over; ${not} would not`;
}

function summaryWords(
	{ networks }: ReadinessCheck,
	count: ReadinessCheckCount,
	tagFormat: TagFormat,
): string {
	const nothing = 'This was a readiness check: nothing was moved, and nothing is remembered of it.';
	const { primaryUp } = exampleTags(tagFormat, 'london');
	const { backupDown } = exampleTags(tagFormat, 'paris');
	if (networks.length === 0)
		return `No network that passes the Networks filter carries VPN tags such as ${primaryUp} and ${backupDown}. Check the tags, the Tag Format, and what the API key may see. ${nothing}`;
	const weakened = networks.filter(({ findings }) => findings.some(({ kind }) => kind === 'weakens')).length;
	const better = weakened === 0 ? '' : ` ${weakened} could be protected better.`;
	return `${count.ready === count.networks ? 'Nothing would prevent a failover.' : 'What would prevent a failover stands first, with how to mend it.'}${better} ${nothing}`;
}

const SEVERITY: Record<Finding['kind'], Severity> = { prevents: 'warning', weakens: 'info' };

function organizationSections(findings: readonly Finding[], organizationId: string): ReportSection[] {
	return findings.map(({ heading, kind, nextStep, explanation }) => ({
		heading,
		severity: kind === 'prevents' ? 'critical' : 'warning',
		nextStep,
		rows: [organizationRow(organizationId, explanation)],
	}));
}

/** What most networks have stands first: it is mended once. */
function networkSections(networks: readonly CheckedNetwork[], kind: Finding['kind']): ReportSection[] {
	const sections = new Map<string, ReportSection & { readonly rows: ReportRow[] }>();
	for (const checked of networks) {
		for (const { heading, nextStep, explanation } of checked.findings.filter((each) => each.kind === kind)) {
			const section = sections.get(heading) ?? { heading, severity: SEVERITY[kind], nextStep, rows: [] };
			section.rows.push(networkRow(checked, explanation));
			sections.set(heading, section);
		}
	}
	return [...sections.values()].sort((one, other) => other.rows.length - one.rows.length);
}

function networkRow({ network, peers }: CheckedNetwork, explanation: string): ReportRow {
	const [from = null, to = null] = peers;
	return {
		...EMPTY_ROW,
		networkId: network.id,
		networkName: network.name,
		networkUrl: network.url,
		from,
		to,
		explanation,
	};
}

const EMPTY_ROW = { lossPercents: [], durationMs: null, tagsBefore: [], tagsAfter: [] } as const;
