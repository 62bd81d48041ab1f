/** Of an odd number of values the one in the middle, else the mean of the two. */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((one, other) => one - other);
	const middle = sorted.length / 2;
	const [low = NaN, high = NaN] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
	return (low + high) / 2;
}

/** `5.71 (5.70 to 5.75)`: the median, and between what the runs lay; without the latter for a single run. */
export function spread(values: readonly number[], digits: number): string {
	const text = (value: number) => value.toFixed(digits);
	if (values.length < 2) return text(median(values));
	return `${text(median(values))} (${text(Math.min(...values))} to ${text(Math.max(...values))})`;
}

/** The slope of the line through the logarithms, by least squares: 1 is linear, 2 is quadratic. */
export function exponent(points: readonly { readonly size: number; readonly value: number }[]): number {
	const xs = points.map(({ size }) => Math.log(size));
	const ys = points.map(({ value }) => Math.log(value));
	const mean = (list: readonly number[]) => list.reduce((sum, each) => sum + each, 0) / list.length;
	const [meanX, meanY] = [mean(xs), mean(ys)];
	const products = xs.reduce((sum, x, at) => sum + (x - meanX) * ((ys[at] ?? 0) - meanY), 0);
	const squares = xs.reduce((sum, x) => sum + (x - meanX) ** 2, 0);
	return products / squares;
}
