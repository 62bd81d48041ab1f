/**
 * What the transport sends with every request. The shape `AppName/Version VendorName`, letters and digits only in
 * a name, is Meraki's own rule (Dashboard API documentation, "User Agents"): it lets Meraki's staff see who calls.
 */
export const USER_AGENT = 'MerakiVpnFailover/0.1 N8nCommunity';

export const ACCEPT = 'application/json';
