/** One thing that a readiness check found on one network, or in the organization. */
export interface Finding {
	/** `prevents`: no failover would take place, or not safely. `weakens`: it would, but less well than it could. */
	readonly kind: 'prevents' | 'weakens';
	/** Findings with the same heading are told together: what is wrong, with the peer or tag that has it. */
	readonly heading: string;
	/** How to mend it. */
	readonly nextStep: string;
	/** What only this network has; empty where the heading says it all. */
	readonly explanation: string;
}

export function prevents(heading: string, nextStep: string, explanation = ''): Finding {
	return { kind: 'prevents', heading, nextStep, explanation };
}

export function weakens(heading: string, nextStep: string, explanation = ''): Finding {
	return { kind: 'weakens', heading, nextStep, explanation };
}
