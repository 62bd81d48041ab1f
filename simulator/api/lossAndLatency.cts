import { lossWindow } from '../telemetry/lossWindow.cjs';
import { maySee } from './access.cjs';
import { organizationOf, type Answer, type Call } from './call.cjs';
import { ContractBreach } from './requestReading.cjs';

export function readLossAndLatency(call: Call): Answer {
	const window = lossWindow(call.query, call.now);
	if (typeof window === 'string') throw new ContractBreach(400, [window]);
	const networks = organizationOf(call).networks.filter((network) => maySee(call.key, network, call.now));
	return { body: call.simulation.loss.rows(networks, window, call.query) };
}
