import { at, setClass, setText } from './elements.mjs';
import { post, type State } from './simulatorApi.mjs';

/** Virtual time, its speed, and the counters of the run. */
export class ClockView {
	private readonly speed = at('speed') as HTMLSelectElement;

	constructor(afterwards: () => void) {
		this.speed.addEventListener('change', () => {
			void post('clock', { speed: Number(this.speed.value) }).then(afterwards);
		});
	}

	show({ clock, requestCount, violations }: State): void {
		setText(at('time'), clock.now.slice(0, 19).replace('T', ' '));
		const value = String(clock.speed);
		if (![...this.speed.options].some((option) => option.value === value)) {
			this.speed.append(new Option(`${value}×`, value));
		}
		if (document.activeElement !== this.speed) this.speed.value = value;
		setText(at('request-count'), String(requestCount));
		setText(at('violation-count'), String(violations.count));
		setClass(at('violation-count'), violations.count > 0 ? 'bad' : '');
	}
}
