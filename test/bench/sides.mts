import type { ICredentialDataDecryptedObject, IDataObject, IExecuteFunctions, INodeExecutionData, INodeParameters, INodeType } from 'n8n-workflow';
import { Pool, buildConnector } from 'undici';

import { SignedSave } from '../faults/contender.mts';
import { KingdeeJdyApi, KingdeeJdyCustomSave } from '../helpers/built.mts';
import { runWorkflow } from '../helpers/engine.mts';
import type { BenchGateway } from './benchGateway.mts';
import { measure } from './measure.mts';
import type { Cost } from './measure.mts';

export const OFFICIAL = 'https://api.kingdee.com';
const PATH = '/jdy/v2/cust/save';
export const FIELDS = {
	authentication: 'appToken',
	clientId: '205022',
	clientSecret: 'client-secret-of-the-benchmark-0',
	appToken: 'app-token-of-the-benchmark',
	routerDomain: 'https://tf.jdy.com',
};

/** Sends so many documents, so many at once; the cost is that of sending alone. */
export type Side = (items: number, concurrency: number) => Promise<Cost>;

const document = (no: number) => ({ order_no: `SO-${no}`, customer: '上海某某贸易有限公司', amount: '1234.50', custom_field__2__1a2b: 'remark' });

/** A body and headers made beforehand. */
const READY = {
	body: JSON.stringify({ biz_type: 'ts_1', data: document(1) }),
	headers: {
		'Content-Type': 'application/json',
		'X-Api-ClientID': FIELDS.clientId,
		'X-Api-Auth-Version': '2.0',
		'X-Api-TimeStamp': '1670305063559',
		'X-Api-SignHeaders': 'X-Api-TimeStamp,X-Api-Nonce',
		'X-Api-Nonce': '4427456950',
		'X-Api-Signature': 'OTFiZTliNDFiMjNkYTI3YzVhNzg4MDI4ZGU3MWY1ZTA5ZTk1NjVlNGM1YTI1ZjIxY2Y5YTA3ZGY2OGI1MGQ1MQ==',
		'app-token': FIELDS.appToken,
		'X-GW-Router-Addr': FIELDS.routerDomain,
	},
};

/** A ready-made body and headers through undici's own pool: the least that a call over TLS can cost. */
export function floor({ port, tls }: BenchGateway): Side {
	const connector = buildConnector({ ca: tls.cert, servername: 'api.kingdee.com' });
	return async (items, concurrency) => {
		const pool = new Pool(OFFICIAL, {
			connections: concurrency,
			connect: (options, callback) => connector({ ...options, hostname: '127.0.0.1', host: '127.0.0.1', port: String(port) }, callback),
		});
		let left = items;
		const sender = async () => {
			while (left-- > 0) await (await pool.request({ path: PATH, method: 'POST', ...READY })).body.text();
		};
		const cost = await measure(async () => await Promise.all(Array.from({ length: concurrency }, sender)));
		await pool.close();
		return cost;
	};
}

/** The same through Node's pooled `fetch`: the least that code without a dependency can reach. */
export const bareFetch: Side = async (items, concurrency) => {
	let left = items;
	const sender = async () => {
		while (left-- > 0) await (await fetch(`${OFFICIAL}${PATH}`, { method: 'POST', headers: READY.headers, body: READY.body, redirect: 'manual' })).text();
	};
	return await measure(async () => await Promise.all(Array.from({ length: concurrency }, sender)));
};

/** A node to run, and where it sends to. */
export interface Sender {
	nodeType: new () => INodeType;
	credential: ICredentialDataDecryptedObject;
	parameters: INodeParameters;
	/** Options of this package's node. */
	options: IDataObject;
	/** The full name of the node type; n8n lets only its own HTTP Request node use any credential. */
	type?: string;
	/** 1 unless told. */
	typeVersion?: number;
	/** How many items of the output are what was wanted; the envelopes of saves unless told, one for each input item. */
	count?: (output: INodeExecutionData[]) => number;
	/** How many are expected; as many as there are input items unless told. */
	expected?: number;
}

const savesIn = (output: INodeExecutionData[]) => output.filter(({ json }) => json.errcode === 0).length;

type Execute = () => Promise<INodeExecutionData[]>;

/** A node in n8n's engine. What is measured is its `execute`, without the engine's start and end. */
export async function runNode(sender: Sender, items: number, concurrency: number, around: (execute: Execute) => Promise<unknown> = async (execute) => await execute()): Promise<Cost> {
	let cost: Cost | undefined;
	let found = 0;
	const { count = savesIn, expected = items, type = 'sender', typeVersion = 1 } = sender;
	const nodeType = new sender.nodeType();
	const { execute } = nodeType;
	nodeType.execute = async function (this: IExecuteFunctions) {
		const counted: Execute = async () => {
			const [output = []] = (await execute?.call(this)) as INodeExecutionData[][];
			found = count(output);
			return output;
		};
		cost = await measure(async () => await around(counted));
		return [[]];
	};
	const parameters = { ...sender.parameters, batchSize: concurrency, options: { concurrency, callsPerMinute: 0, ...sender.options } } as INodeParameters;
	const result = await runWorkflow(
		{
			name: 'bench',
			nodes: [
				{ id: '1', name: 'Items', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
				{ id: '2', name: 'Save', type, typeVersion, position: [0, 0], parameters, credentials: { kingdeeJdyApi: { id: '1', name: 'jdy' } } },
			],
			connections: { Items: { main: [[{ node: 'Save', type: 'main', index: 0 }]] } },
			pinData: { Items: Array.from({ length: items }, (_unused, no) => ({ json: document(no) })) },
		},
		{ nodeTypes: { [type]: nodeType }, credentialType: new KingdeeJdyApi(), credential: sender.credential },
	);
	if (result.error || !cost) throw result.error ?? new Error('The node did not run');
	if (found !== expected) throw new Error(`${found} of ${expected} were saved or read`);
	return cost;
}

/** This package's node, over the pooled connection to the official gateway. */
export const saving: Sender = {
	nodeType: KingdeeJdyCustomSave,
	credential: { ...FIELDS, gatewayUrl: OFFICIAL },
	parameters: { bizType: 'ts_1', dataMode: 'inputItem' },
	options: {},
};

class ReadingOnce extends KingdeeJdyCustomSave {
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const read = this.getCredentials.bind(this);
		let credential: ReturnType<typeof read> | undefined;
		this.getCredentials = (async (...args: Parameters<typeof read>) => await (credential ??= read(...args))) as typeof this.getCredentials;
		return (await KingdeeJdyCustomSave.prototype.execute?.call(this)) as INodeExecutionData[][];
	}
}

export const node: Side = async (items, concurrency) => await runNode(saving, items, concurrency);

/** The same, with the credential read for the first item only: what reading it for each item costs is the difference. */
export const nodeReadingOnce: Side = async (items, concurrency) => await runNode({ ...saving, nodeType: ReadingOnce }, items, concurrency);

/** n8n's request helper with this package's credential, as the HTTP Request node sends. */
export function helper({ port }: BenchGateway): Side {
	const credential = { ...FIELDS, gatewayUrl: `https://127.0.0.1:${port}` };
	return async (items, concurrency) => await runNode({ nodeType: SignedSave, credential, parameters: { timeout: 30_000 }, options: {} }, items, concurrency);
}
