import { fork } from 'node:child_process';
import { resolve } from 'node:path';

import { setGlobalDispatcher } from 'undici';

import type { Tls } from '../emulator/server.mts';
import { certificate, trust } from '../helpers/certificate.mts';
import { routed } from '../helpers/officialHost.mts';
import type { Order } from './gateway.mts';

/** The gateway in a process of its own; the official host is led to it for `fetch`. */
export class BenchGateway {
	port = 0;
	readonly tls: Tls;
	readonly #child = fork(resolve('test', 'bench', 'gateway.mts'));

	private constructor(tls: Tls) {
		this.tls = tls;
	}

	static async start(): Promise<BenchGateway> {
		const gateway = new BenchGateway(await certificate(['api.kingdee.com']));
		gateway.port = (await gateway.#told({ tls: gateway.tls })) as number;
		trust(gateway.tls);
		setGlobalDispatcher(routed({ port: gateway.port, ca: gateway.tls.cert, connections: 0 }));
		return gateway;
	}

	/** @param rows how many its list has */
	async takes(serviceMs: number, rows = 0): Promise<void> {
		await this.#told({ serviceMs, rows });
	}

	stop(): void {
		this.#child.kill();
	}

	async #told(order: Order): Promise<unknown> {
		const answer = new Promise((tell) => this.#child.once('message', tell));
		this.#child.send(order);
		return await answer;
	}
}
