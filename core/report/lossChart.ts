import { LOSS_LEVELS, lossLevel, percentText } from './sparkline';

const OVER_COLOUR = '#c81e1e';
const UNDER_COLOUR = '#64748b';
const UNMEASURED_COLOUR = '#e5e7eb';

const STEP_HEIGHT = 2;
const BAR_WIDTH = 6;

/**
 * Bars made of table cells, since mail clients drop SVG, scripts and the height of a div. Each column is one cell of
 * nothing over one coloured cell; a thin first column of fixed heights keeps the rows from collapsing.
 * Unmeasured minutes are pale over the full height, so that they look like neither good nor bad.
 */
export function lossChartHtml(samples: readonly (number | null)[], thresholdPercent: number): string {
	if (samples.length === 0) return '';
	const rows = Array.from({ length: LOSS_LEVELS }, (_, index) => chartRow(index, samples, thresholdPercent));
	return (
		`<div role="img" aria-label="${chartText(samples)}">` +
		`<table role="presentation" cellpadding="0" cellspacing="1" border="0" style="font-size:0;line-height:0">${rows.join('')}</table></div>`
	);
}

/** The chart for those who hear it. */
function chartText(samples: readonly (number | null)[]): string {
	const values = samples.map((loss) => (loss === null ? 'not measured' : percentText(loss)));
	return `Loss per minute, oldest first: ${values.join(', ')}`;
}

function chartRow(index: number, samples: readonly (number | null)[], thresholdPercent: number): string {
	const cells = samples.map((loss) => chartCell(index, loss, thresholdPercent)).join('');
	return `<tr><td height="${STEP_HEIGHT}"></td>${cells}</tr>`;
}

/** The cells of one column that begin in the row `index`, counted from the top. */
function chartCell(index: number, loss: number | null, thresholdPercent: number): string {
	if (loss === null) return index === 0 ? barCell(LOSS_LEVELS, UNMEASURED_COLOUR) : '';
	const empty = LOSS_LEVELS - lossLevel(loss);
	const colour = loss >= thresholdPercent ? OVER_COLOUR : UNDER_COLOUR;
	if (index === empty) return barCell(LOSS_LEVELS - empty, colour);
	return index === 0 ? `<td rowspan="${empty}" width="${BAR_WIDTH}"></td>` : '';
}

function barCell(height: number, colour: string): string {
	return `<td rowspan="${height}" width="${BAR_WIDTH}" bgcolor="${colour}"></td>`;
}
