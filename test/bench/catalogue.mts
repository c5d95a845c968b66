import { Readable } from 'node:stream';

import type { ILoadOptionsFunctions, INode } from 'n8n-workflow';

import { Emulator } from '../emulator/server.mts';
import { KingdeeJdy, KingdeeJdyApi } from '../helpers/built.mts';
import { tokenCredential } from '../helpers/credentials.mts';
import { runWorkflow } from '../helpers/engine.mts';

const QUERIES = ['xsdd', '销售', 'sales order', 'scm/sal', 'c', 'kehu', '报表', 'common_operate', 'nothing at all'];
const TYPES = ['scm/sal_order', 'scm/pur_order', 'scm/sal_out_bound', 'bd/customer', 'bd/material', 'fi/voucher', 'arap/ar_credit'];
const SALES_ORDER = { __rl: true, mode: 'list', value: 'scm/sal_order' };

/** The editor, for an account that answers at once and has no custom fields. */
function editor(type: string): ILoadOptionsFunctions {
	const answer = JSON.stringify({ errcode: 0, description: 'success', data: { rows: [] } });
	const credential = { authentication: 'appToken', clientId: '1', clientSecret: 'bench', appToken: 'bench', routerDomain: 'https://tf.jdy.com', gatewayUrl: 'https://jdy.invalid' };
	return {
		getNode: () => ({ name: 'JDY', parameters: {} }),
		getCurrentNodeParameter: (name: string) => (name.startsWith('type') ? type : undefined),
		getCredentials: async () => credential,
		logger: { debug: () => undefined, info: () => undefined, warn: () => undefined },
		helpers: { httpRequest: async () => ({ statusCode: 200, headers: {}, body: Readable.from([Buffer.from(answer)]) }) },
	} as unknown as ILoadOptionsFunctions;
}

interface Methods {
	listSearch: Record<string, (this: ILoadOptionsFunctions, filter?: string) => Promise<{ results: unknown[] }>>;
	resourceMapping: Record<string, (this: ILoadOptionsFunctions) => Promise<{ fields: unknown[] }>>;
}

async function slowest(runs: ReadonlyArray<() => Promise<unknown>>): Promise<number> {
	let slowestMs = 0;
	for (const run of runs) {
		const startedAt = performance.now();
		await run();
		slowestMs = Math.max(slowestMs, performance.now() - startedAt);
	}
	return slowestMs;
}

/** The first search of a process, which reads the catalogue, and the slowest of all others; ms. */
export async function searchMs(): Promise<{ firstMs: number; othersMs: number }> {
	const { listSearch } = new KingdeeJdy().methods as unknown as Methods;
	const firstMs = await slowest([async () => await listSearch.searchTypes?.call(editor(''), 'xsdd')]);
	const othersMs = await slowest(QUERIES.flatMap((query) => ['searchTypes', 'searchReports', 'searchCalls'].map((name) => async () => await listSearch[name]?.call(editor(''), query))));
	return { firstMs, othersMs };
}

/** The slowest form of filters and of fields to save; ms. */
export async function formMs(): Promise<number> {
	const { resourceMapping } = new KingdeeJdy().methods as unknown as Methods;
	return await slowest(TYPES.flatMap((type) => ['getFilterFields', 'getSaveFields'].map((name) => async () => await resourceMapping[name]?.call(editor(type)))));
}

/** How many calls 250 sales orders take. */
export async function callsFor250Rows(): Promise<number> {
	const emulator = await Emulator.start({ seed: 'firm', callsPerSecond: Infinity });
	try {
		const parameters: INode['parameters'] = { resource: 'record', operation: 'getMany', type: SALES_ORDER, returnAll: true, options: {} };
		const credentials = { kingdeeJdyApi: { id: '1', name: 'jdy' } };
		const result = await runWorkflow(
			{
				name: 'rows',
				nodes: [
					{ id: '1', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
					{ id: '2', name: 'JDY', type: 'jdy', typeVersion: 1, position: [0, 0], parameters, credentials },
				],
				connections: { Start: { main: [[{ node: 'JDY', type: 'main', index: 0 }]] } },
				pinData: { Start: [{ json: {} }] },
			},
			{ nodeTypes: { jdy: new KingdeeJdy() }, credentialType: new KingdeeJdyApi(), credential: tokenCredential(emulator) },
		);
		const rows = result.outputs('JDY').flat().length;
		if (rows !== 250) throw new Error(`${rows} rows instead of 250`);
		return emulator.ledger.filter(({ path }) => path === '/jdy/v2/scm/sal_order').length;
	} finally {
		await emulator.stop();
	}
}
