import type { AlignedData, Options } from 'uplot';
import { colorOf } from './peerColors.mjs';

/** The time that both charts show. */
export const SHOWN_SECONDS = 3600;
const HEIGHT = 190;

export interface Line {
	readonly label: string;
	readonly color: string;
	readonly dash?: readonly number[];
	readonly isStepped?: boolean;
}

export interface Band {
	readonly from: number;
	readonly until: number;
	readonly color: string;
}

export interface Drawing {
	readonly lines: readonly Line[];
	/** Seconds since 1970, then one list of values for each line. */
	readonly data: AlignedData;
	readonly bands: readonly Band[];
	readonly until: number;
	/** Left out: as high as the values. */
	readonly highest?: number;
	readonly unit: string;
}

/** A chart that is made anew only when its lines or the page's colours change. */
export class Chart {
	private plot: uPlot | undefined;
	private made = '';
	private bands: readonly Band[] = [];
	private until = 0;
	private highest: number | undefined;

	constructor(private readonly target: HTMLElement) {
		new ResizeObserver(() => this.plot?.setSize(this.size())).observe(target);
	}

	show(drawing: Drawing): void {
		this.bands = drawing.bands;
		this.until = drawing.until;
		this.highest = drawing.highest;
		const wanted = JSON.stringify([drawing.lines, colorOf('--ink')]);
		if (wanted === this.made) {
			this.plot?.setData(drawing.data);
			return;
		}
		this.made = wanted;
		this.plot?.destroy();
		this.plot = new uPlot(this.options(drawing), drawing.data, this.target);
	}

	private options({ lines, unit }: Drawing): Options {
		const axis = {
			stroke: colorOf('--quiet'),
			grid: { stroke: colorOf('--line'), width: 1 },
			ticks: { show: false },
		};
		return {
			...this.size(),
			cursor: { drag: { x: false, y: false } },
			legend: { live: false },
			scales: {
				x: { time: true, range: () => [this.until - SHOWN_SECONDS, this.until] },
				y: { range: (_plot, _low, high) => [0, this.highest ?? Math.max(1, high)] },
			},
			axes: [
				{
					...axis,
					size: 30,
					values: (_plot, splits) => splits.map((at) => new Date(at * 1000).toISOString().slice(11, 16)),
				},
				{ ...axis, size: 56, values: (_plot, splits) => splits.map((value) => `${value}${unit}`) },
			],
			series: [{}, ...lines.map(seriesOf)],
			hooks: { drawClear: [(plot) => this.drawBands(plot)] },
		};
	}

	private drawBands(plot: uPlot): void {
		const { ctx, bbox } = plot;
		ctx.save();
		ctx.globalAlpha = 0.13;
		for (const { from, until, color } of this.bands) {
			const left = Math.max(bbox.left, plot.valToPos(from, 'x', true));
			const right = Math.min(bbox.left + bbox.width, plot.valToPos(until, 'x', true));
			ctx.fillStyle = color;
			if (right > left) ctx.fillRect(left, bbox.top, right - left, bbox.height);
		}
		ctx.restore();
	}

	private size(): { width: number; height: number } {
		return { width: Math.max(240, this.target.clientWidth), height: HEIGHT };
	}
}

function seriesOf({ label, color, dash, isStepped }: Line): uPlot.Series {
	const stepped = isStepped ? uPlot.paths.stepped?.({ align: 1 }) : undefined;
	return {
		label,
		stroke: color,
		width: 2,
		points: { show: false },
		...(dash === undefined ? {} : { dash: [...dash] }),
		...(stepped === undefined ? {} : { paths: stepped }),
	};
}
