import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from '../bench.cjs';
import { Claims, expect } from '../check.cjs';
import { branchesOnLondon, london, organizationId } from '../scenarios.cjs';
import { Site } from '../site.cjs';

const branches = 200;

/** A hub outage as its users are told about it: by messages, not by hundreds of them. */
export async function manyBranches(bench: Bench): Promise<void> {
	// In real time from the first swap on: how long 200 writes take decides how many runs overlap.
	const site = await Site.open(bench, {
		scenario: branchesOnLondon(branches),
		messages: true,
		everySeconds: 30,
		speed: 1,
	});
	try {
		await site.runs(1);
		expect('nothing is told while all is well', bench.slack.messages.length === 0, bench.slack.messages);
		const before = tagsOf(site);
		site.loseEverythingTo(london.publicIp);
		site.simulator.clock.advance(5 * 60_000);
		await site.until('all branches have moved', () => allMoved(site), 300);
		await site.runs(2);
		await sleep(10_000);
		const claims = new Claims();
		checkMoves(site, before, claims);
		checkMessages(bench, claims);
		const failed = (await site.executions()).filter(({ status }) => status === 'error');
		claims.check('no run ends in error', failed.length === 0, failed);
		claims.end();
	} finally {
		await site.close();
	}
}

function allMoved(site: Site): boolean {
	const networks = site.simulator.state.organization(organizationId)?.networks ?? [];
	return networks.every(({ tags }) => tags.includes('paris_backup_up'));
}

/** By single writes or by batches. */
function checkMoves(site: Site, before: Tags, claims: Claims): void {
	const written = site.writes.map(({ networkId }) => networkId);
	claims.check('no branch is written twice', new Set(written).size === written.length, {
		writes: written.length,
		branches: new Set(written).size,
	});
	const wrong = [...tagsOf(site)].filter(([id, tags]) => tags !== onBackup(before.get(id) ?? ''));
	claims.check('no other tag is touched', wrong.length === 0, wrong[0]);
	const { violations } = site.simulator;
	claims.check('no request breaks the contract', violations.count === 0, violations.all);
}

type Tags = ReadonlyMap<string, string>;

function tagsOf(site: Site): Tags {
	const networks = site.simulator.state.organization(organizationId)?.networks ?? [];
	return new Map(networks.map(({ id, tags }) => [id, tags.join(' ')]));
}

function onBackup(tags: string): string {
	return tags
		.replace('london_primary_up', 'london_primary_down')
		.replace('paris_backup_down', 'paris_backup_up');
}

function checkMessages({ slack, mailbox }: Bench, claims: Claims): void {
	const reports = slack.messages.filter(({ text }) => text.includes('moved'));
	const told = {
		slack: slack.messages.map(({ text }) => text),
		mails: mailbox.mails.map(({ subject }) => subject),
	};
	claims.check('a few messages, one for each wave', reports.length >= 1 && slack.messages.length <= 6, told);
	const counted = reports.map(({ text }) => Number(/(\d+) branch(?:es)? moved/.exec(text)?.[1] ?? 0));
	const sum = counted.reduce((total, count) => total + count, 0);
	claims.check(`the messages tell of ${branches} moves`, sum === branches, told);
	const refused = slack.messages.filter(({ problems }) => problems.length > 0);
	claims.check(
		'Slack accepts every message',
		refused.length === 0,
		refused.map(({ problems }) => problems),
	);
	const calling = slack.messages.filter(({ pings }) => pings.length > 0);
	claims.check(
		'no message calls anybody',
		calling.length === 0,
		calling.map(({ pings }) => pings),
	);
	claims.check('as many mails as Slack messages', mailbox.mails.length === slack.messages.length, told);
	const html = mailbox.mails.map((mail) => mail.html);
	claims.check(
		'each mail has HTML',
		html.every((page) => page.includes('<table')),
		html[0],
	);
	claims.check(
		'no markup of a name is alive in a mail',
		html.every((page) => !page.includes('<b onclick')),
		html[0],
	);
	claims.check(
		'each mail stays below the 102 kB at which Gmail cuts',
		html.every((page) => page.length < 102_000),
	);
}
