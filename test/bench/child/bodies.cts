import axios from 'axios';
import { KEY } from '../fleets.cjs';

/** The answers of a quiet run as text. */
export interface Bodies {
	readonly loss: string;
	readonly networks: string;
}

export async function readBodies(url: string, organizationId: string): Promise<Bodies> {
	const http = axios.create({
		baseURL: `${url}/api/v1/organizations/${organizationId}`,
		proxy: false,
		headers: { Authorization: `Bearer ${KEY}` },
		responseType: 'text',
		transformResponse: (text: string) => text,
	});
	const loss = await http.get<string>('/devices/uplinksLossAndLatency');
	const networks = await http.get<string>('/networks?perPage=100000');
	return { loss: loss.data, networks: networks.data };
}

export function sizeOf({ loss, networks }: Bodies): number {
	return Buffer.byteLength(loss) + Buffer.byteLength(networks);
}
