import { fork } from 'node:child_process';
import { resolve } from 'node:path';

import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { Pool, buildConnector, setGlobalDispatcher } from 'undici';

import type { Tls } from '../emulator/server.mts';
import { SignedSave } from '../faults/contender.mts';
import { KingdeeJdyApi, KingdeeJdyCustomSave } from '../helpers/built.mts';
import { certificate, trust } from '../helpers/certificate.mts';
import { runWorkflow } from '../helpers/engine.mts';
import { routed } from '../helpers/officialHost.mts';
import type { Order } from './gateway.mts';
import { measure } from './measure.mts';
import type { Cost } from './measure.mts';

const OFFICIAL = 'https://api.kingdee.com';
const PATH = '/jdy/v2/cust/save';
const FIELDS = {
	authentication: 'appToken',
	clientId: '205022',
	clientSecret: 'client-secret-of-the-benchmark-0',
	appToken: 'app-token-of-the-benchmark',
	routerDomain: 'https://tf.jdy.com',
};

/** The gateway's process; `told` waits for what it answers to an order. */
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

	async takes(serviceMs: number): Promise<void> {
		await this.#told({ serviceMs });
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

/** Sends so many documents, so many at once; the cost is that of sending alone. */
export type Side = (items: number, concurrency: number) => Promise<Cost>;

const document = (no: number) => ({ order_no: `SO-${no}`, customer: '上海某某贸易有限公司', amount: '1234.50', custom_field__2__1a2b: 'remark' });

/** A ready-made body and headers through undici's own pool: the least that a call over TLS can cost. */
export function floor({ port, tls }: BenchGateway): Side {
	const connector = buildConnector({ ca: tls.cert, servername: 'api.kingdee.com' });
	const body = JSON.stringify({ biz_type: 'ts_1', data: document(1) });
	const headers = {
		'Content-Type': 'application/json',
		'X-Api-ClientID': FIELDS.clientId,
		'X-Api-Auth-Version': '2.0',
		'X-Api-TimeStamp': '1670305063559',
		'X-Api-SignHeaders': 'X-Api-TimeStamp,X-Api-Nonce',
		'X-Api-Nonce': '4427456950',
		'X-Api-Signature': 'OTFiZTliNDFiMjNkYTI3YzVhNzg4MDI4ZGU3MWY1ZTA5ZTk1NjVlNGM1YTI1ZjIxY2Y5YTA3ZGY2OGI1MGQ1MQ==',
		'app-token': FIELDS.appToken,
		'X-GW-Router-Addr': FIELDS.routerDomain,
	};
	return async (items, concurrency) => {
		const pool = new Pool(OFFICIAL, {
			connections: concurrency,
			connect: (options, callback) => connector({ ...options, hostname: '127.0.0.1', host: '127.0.0.1', port: String(port) }, callback),
		});
		let left = items;
		const sender = async () => {
			while (left-- > 0) await (await pool.request({ path: PATH, method: 'POST', headers, body })).body.text();
		};
		const cost = await measure(async () => await Promise.all(Array.from({ length: concurrency }, sender)));
		await pool.close();
		return cost;
	};
}

export interface NodeRun extends Cost {
	output: INodeExecutionData[];
}

/** A node in n8n's engine. What is measured is its `execute`, without the engine's start and end. */
export async function runNode(NodeType: new () => INodeType, gatewayUrl: string, parameters: object, items: number): Promise<NodeRun> {
	let cost: Cost | undefined;
	const nodeType = new NodeType();
	const { execute } = nodeType;
	nodeType.execute = async function (this: IExecuteFunctions) {
		let output: INodeExecutionData[][] = [];
		cost = await measure(async () => (output = (await execute?.call(this)) as INodeExecutionData[][]));
		return output;
	};
	const result = await runWorkflow(
		{
			name: 'bench',
			nodes: [
				{ id: '1', name: 'Items', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
				{ id: '2', name: 'Save', type: 'sender', typeVersion: 1, position: [0, 0], parameters: parameters as object & Record<string, never>, credentials: { kingdeeJdyApi: { id: '1', name: 'jdy' } } },
			],
			connections: { Items: { main: [[{ node: 'Save', type: 'main', index: 0 }]] } },
			pinData: { Items: Array.from({ length: items }, (_unused, no) => ({ json: document(no) })) },
		},
		{ nodeTypes: { sender: nodeType }, credentialType: new KingdeeJdyApi(), credential: { ...FIELDS, gatewayUrl } },
	);
	if (result.error || !cost) throw result.error ?? new Error('The node did not run');
	const [output = []] = result.outputs('Save');
	const saved = output.filter(({ json }) => json.errcode === 0);
	if (saved.length !== items) throw new Error(`${saved.length} of ${items} documents were saved`);
	return { ...cost, output };
}

/** This package's node over the pooled connection. */
export const node: Side = async (items, concurrency) =>
	await runNode(KingdeeJdyCustomSave, OFFICIAL, { bizType: 'ts_1', dataMode: 'inputItem', options: { concurrency, callsPerMinute: 0 } }, items);

/** n8n's request helper with this package's credential, as the HTTP Request node sends. */
export function helper({ port }: BenchGateway): Side {
	return async (items, concurrency) => await runNode(SignedSave, `https://127.0.0.1:${port}`, { timeout: 30_000, batchSize: concurrency }, items);
}

