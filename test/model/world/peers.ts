/** The VPN peers of an organization, and what is wrong with them. */
import type { Peer } from '../input';
import type { HourDice } from './hourDice';

export const DNS = '8.8.8.8';
export const PEER_IPS = ['203.0.113.10', '203.0.113.20', '203.0.113.30'] as const;
export const PEER_NAMES: readonly string[] = ['london', 'paris_2', 'Rom-Süd'];
export const ROLE_WORDS: readonly string[] = ['primary', 'backup', 'backup2'];

export function makePeers(dice: HourDice, peerCount: number): Peer[] {
	const upTag = (at: number) => `${PEER_NAMES[at] ?? ''}_${ROLE_WORDS[at] ?? ''}_up`;
	return PEER_IPS.slice(0, peerCount).flatMap((own, at): Peer[] => {
		const peer = { ip: own, tags: ['some', upTag(at)] };
		if (!dice.chance(0.08)) return [peer];
		const fault = dice.pick(['noPeer', 'hostName', 'all', 'twice', 'otherTag']);
		dice.count(`VPN peer: ${fault}`);
		switch (fault) {
			case 'noPeer':
				return [];
			case 'hostName':
				return [{ ...peer, ip: null }];
			case 'all':
				return [{ ...peer, tags: [...peer.tags, 'all'] }];
			case 'twice':
				return [peer, { ip: '203.0.113.77', tags: [upTag(at)] }];
			case 'otherTag':
				return [{ ...peer, tags: [upTag(at).replace('up', 'UP')] }];
		}
	});
}
