import { cleanWithin } from './cleanText';
import { escapePlain } from './escapePlain';
import { renderHtml } from './html';
import { MAX_HEADING_LENGTH, MAX_ID_LENGTH, MAX_NETWORK_EXPLANATION_LENGTH, MAX_NETWORKS } from './limits';
import { renderMarkdown } from './markdown';
import type { RenderedNetwork, RenderedReport, ReportModel, ReportRow, ReportSection } from './model';
import { networkLink } from './networkLink';
import { buildPage, nameText, peerText } from './page';
import { renderPlainText } from './plainText';
import { renderSlack } from './slack';

/**
 * Writes a report for every target. Lists are cut with a count, everything from outside is escaped for where it goes.
 *
 * `networks` has the rows of all sections in their order, also those that the texts leave out, up to `MAX_NETWORKS`:
 * n8n stores it with every execution, so it carries no samples and no tags, and a long explanation is cut.
 * Its strings are cleaned (see cleanText.ts) but not escaped: who shows them escapes them.
 */
export function renderReport(model: ReportModel): RenderedReport {
	const page = buildPage(model);
	return {
		title: escapePlain(page.title),
		text: renderPlainText(page),
		markdown: renderMarkdown(page),
		html: renderHtml(page),
		slack: { blocks: renderSlack(page) },
		severity: model.severity,
		kind: model.kind,
		incidentId: model.incidentId === null ? null : cleanWithin(model.incidentId, MAX_ID_LENGTH),
		organizationId: cleanWithin(model.organizationId, MAX_ID_LENGTH),
		networks: renderNetworks(model.sections),
	};
}

function renderNetworks(sections: readonly ReportSection[]): readonly RenderedNetwork[] {
	const networks: RenderedNetwork[] = [];
	for (const section of sections) {
		const heading = cleanWithin(section.heading, MAX_HEADING_LENGTH);
		for (const row of section.rows) {
			if (networks.length === MAX_NETWORKS) return networks;
			networks.push(renderNetwork(row, heading));
		}
	}
	return networks;
}

function renderNetwork(row: ReportRow, section: string): RenderedNetwork {
	return {
		networkId: cleanWithin(row.networkId, MAX_ID_LENGTH),
		networkName: nameText(row),
		networkUrl: networkLink(row.networkUrl),
		section,
		from: peerText(row.from),
		to: peerText(row.to),
		explanation: cleanWithin(row.explanation, MAX_NETWORK_EXPLANATION_LENGTH),
	};
}
