/** R4.2: the hold tag, alone or with an end. */
export function isHeld(tags: readonly string[], holdTag: string, now: number): boolean {
	return tags.some((tag) => {
		if (tag === holdTag) return true;
		if (!tag.startsWith(`${holdTag}_until_`)) return false;
		const end = tag.slice(holdTag.length + '_until_'.length);
		const [date = '', time = ''] = end.split('T');
		const at = Date.UTC(
			Number(date.slice(0, 4)),
			Number(date.slice(4, 6)) - 1,
			Number(date.slice(6, 8)),
			Number(time.slice(0, 2)),
			Number(time.slice(2, 4)),
		);
		return now < at;
	});
}
