import { sleep } from 'n8n-workflow';

/** A cancelled sleep ends early; whoever slept asks the signal (older n8n ignore it, so waits should be short). */
export async function sleepUntilCancelled(ms: number, signal: AbortSignal | undefined): Promise<void> {
	try {
		await sleep(ms, signal);
	} catch {
		return;
	}
}
