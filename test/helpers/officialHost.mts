import { Agent, buildConnector } from 'undici';

import type { Emulator, Tls } from '../emulator/server.mts';

/** Where the official gateway is to be found: the port of an emulator on loopback, and the certificate to trust. */
export interface OfficialHost {
	port: number;
	/** The port for n8n's request helper; undefined: it finds no such host, as on this machine. */
	helperPort?: number;
	ca: string;
	/** Connections that `fetch` opened. */
	connections: number;
	/** Connections that n8n's helper opened. */
	helperConnections?: number;
}

export const OFFICIAL_NAME = 'api.kingdee.com';

/** The host of the test file's environment. */
export function officialHost(): OfficialHost {
	return (globalThis as unknown as { officialHost: OfficialHost }).officialHost;
}

/** Leads the official name to an emulator: for `fetch`, and for n8n's helper where wanted. */
export function leadTo(emulator: Emulator, { cert }: Tls, { alsoHelper = true } = {}): void {
	const port = Number(new URL(emulator.url).port);
	Object.assign(officialHost(), { port, helperPort: alsoHelper ? port : undefined, ca: cert, connections: 0, helperConnections: 0 });
}

/** A dispatcher that leads every call of `fetch` to that emulator. */
export function routed(host: OfficialHost): Agent {
	return new Agent({
		connect: (options, callback) => {
			host.connections += 1;
			const connect = buildConnector({ ca: host.ca, servername: options.hostname });
			connect({ ...options, hostname: '127.0.0.1', host: '127.0.0.1', port: String(host.port) }, callback);
		},
	});
}
