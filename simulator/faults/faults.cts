import type { Effect, Fault, RequestPattern } from './types.cjs';

export interface FaultRequest {
	readonly method: string;
	/** Below `/api/v1`. */
	readonly path: string;
	readonly key: string;
}

interface ArmedFault {
	readonly id: string;
	readonly fault: Fault;
	readonly path: RegExp;
	toSkip: number;
	timesLeft: number;
}

/** The faults that wait for their requests. */
export class Faults {
	private armed: ArmedFault[] = [];
	private added = 0;

	add(fault: Fault): string {
		this.added += 1;
		const id = fault.id ?? `fault-${this.added}`;
		this.armed.push({
			id,
			fault,
			path: pathPattern(fault.match?.path ?? '*'),
			toSkip: fault.skip ?? 0,
			timesLeft: fault.times ?? Infinity,
		});
		return id;
	}

	remove(id: string): boolean {
		const found = this.armed.some((armed) => armed.id === id);
		this.armed = this.armed.filter((armed) => armed.id !== id);
		return found;
	}

	clear(): void {
		this.armed = [];
	}

	list(): ReadonlyArray<Fault & { readonly id: string }> {
		return this.armed.map(({ id, fault }) => ({ ...fault, id }));
	}

	/** The effects this request meets, in the order the faults were added; each use counts. */
	take(request: FaultRequest, minutes: number): readonly Effect[] {
		const met = this.armed.filter((armed) => isDue(armed.fault, minutes) && matches(armed, request));
		const used = met.filter((armed) => {
			if (armed.toSkip > 0) {
				armed.toSkip -= 1;
				return false;
			}
			armed.timesLeft -= 1;
			return true;
		});
		this.armed = this.armed.filter((armed) => armed.timesLeft > 0);
		return used.map((armed) => armed.fault.effect);
	}
}

function isDue(fault: Fault, minutes: number): boolean {
	return minutes >= (fault.fromMinutes ?? -Infinity) && minutes < (fault.untilMinutes ?? Infinity);
}

function matches({ fault, path }: ArmedFault, request: FaultRequest): boolean {
	const { method, key }: RequestPattern = fault.match ?? {};
	return (
		(method ?? request.method) === request.method &&
		(key ?? request.key) === request.key &&
		path.test(request.path)
	);
}

function pathPattern(pattern: string): RegExp {
	const literal = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	return new RegExp(`^${literal.join('.*')}$`);
}
