import { Agent, buildConnector } from 'undici';

/** Where the official gateway is to be found: the port of an emulator on loopback, and the certificate to trust. */
export interface OfficialHost {
	port: number;
	ca: string;
	/** Connections that `fetch` opened. */
	connections: number;
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
