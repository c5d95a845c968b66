import tls from 'node:tls';
import type { ConnectionOptions } from 'node:tls';

import { TestEnvironment } from 'jest-environment-node';
import { getGlobalDispatcher, setGlobalDispatcher } from 'undici';

import { OFFICIAL_NAME, routed } from './officialHost.mts';
import type { OfficialHost } from './officialHost.mts';

/** Node's `https`, and so n8n's helper, connects through this one, which it looks up anew each time. */
const connect = tls.connect;

/**
 * Jest's own environment, with the official gateway led to loopback: for Node's `fetch`, which lives outside of it, and for
 * n8n's request helper.
 */
export default class OfficialHostEnvironment extends TestEnvironment {
	private readonly before = getGlobalDispatcher();

	override async setup(): Promise<void> {
		await super.setup();
		const host: OfficialHost = { port: 9, ca: '', connections: 0, helperConnections: 0 };
		this.global.officialHost = host;
		setGlobalDispatcher(routed(host));
		const led = (options: ConnectionOptions, callback?: () => void) => {
			if (options.host !== OFFICIAL_NAME || host.helperPort === undefined) return connect(options, callback);
			host.helperConnections = (host.helperConnections ?? 0) + 1;
			return connect({ ...options, host: '127.0.0.1', port: host.helperPort, servername: OFFICIAL_NAME, ca: host.ca }, callback);
		};
		tls.connect = led as typeof connect;
	}

	override async teardown(): Promise<void> {
		tls.connect = connect;
		const led = getGlobalDispatcher();
		// The other test files of this process use `fetch` too.
		setGlobalDispatcher(this.before);
		await led.close();
		await super.teardown();
	}
}
