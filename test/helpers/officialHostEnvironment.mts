import { TestEnvironment } from 'jest-environment-node';
import { getGlobalDispatcher, setGlobalDispatcher } from 'undici';

import { routed } from './officialHost.mts';
import type { OfficialHost } from './officialHost.mts';

/** Jest's own environment, with the official gateway led to loopback for Node's `fetch`, which lives outside of it. */
export default class OfficialHostEnvironment extends TestEnvironment {
	private readonly before = getGlobalDispatcher();

	override async setup(): Promise<void> {
		await super.setup();
		const host: OfficialHost = { port: 9, ca: '', connections: 0 };
		this.global.officialHost = host;
		setGlobalDispatcher(routed(host));
	}

	override async teardown(): Promise<void> {
		const led = getGlobalDispatcher();
		// The other test files of this process use `fetch` too.
		setGlobalDispatcher(this.before);
		await led.close();
		await super.teardown();
	}
}
