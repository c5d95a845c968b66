import type { IDataObject, INodeExecutionData, INodeParameters, INodeType } from 'n8n-workflow';

import { KingdeeJdy } from '../helpers/built.mts';
import { fetchNodesBase, httpRequestNode } from '../helpers/n8n/nodesBase.mts';
import type { BenchGateway } from './benchGateway.mts';
import { heapMb, median } from './measure.mts';
import { FIELDS, OFFICIAL, runNode } from './sides.mts';
import type { Sender } from './sides.mts';

const ROWS = 10_000;
const SERVICE_MS = 20;
const ROUNDS = 3;
const PAGE = 100;
const LIST = '/jdy/v2/cust/list';

/** Whether all rows came, each once and in order. */
function countInOrder(ids: unknown[]): number {
	return ids.filter((id, index) => id === String(1_600_000_000_000_000_000n + BigInt(index))).length;
}

/** This package's node, from the first page to the last. */
function reading(rows: number): Sender {
	return {
		nodeType: KingdeeJdy,
		credential: { ...FIELDS, gatewayUrl: OFFICIAL },
		parameters: { resource: 'customDocument', operation: 'getMany', bizType: 'ts_1', returnAll: true },
		options: {},
		count: (output) => countInOrder(output.map(({ json }) => json.id)),
		expected: rows,
	};
}

/** The rows of the pages that the HTTP Request node gives; to make items of them takes one more node, which is not counted. */
function rowsOf(output: INodeExecutionData[]): IDataObject[] {
	return output.flatMap(({ json }) => (json.data as { data: { rows: IDataObject[] } }).data.rows);
}

/** n8n's own node with its pagination and this package's credential: as it does it, one page after the other. */
function paginating({ port }: BenchGateway, rows: number): Sender {
	const node = httpRequestNode();
	const { version } = node.description as { version: number | number[] };
	const pagination = {
		paginationMode: 'updateAParameterInEachRequest',
		parameters: { parameters: [{ type: 'body', name: 'page_no', value: '={{ String($pageCount + 1) }}' }] },
		paginationCompleteWhen: 'other',
		completeExpression: `={{ $response.body.data.data.rows.length < ${PAGE} }}`,
		requestInterval: 0,
	};
	return {
		nodeType: class {
			constructor() {
				return httpRequestNode();
			}
		} as unknown as new () => INodeType,
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: Array.isArray(version) ? Math.max(...version) : version,
		credential: { ...FIELDS, gatewayUrl: `https://127.0.0.1:${port}` },
		parameters: {
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'kingdeeJdyApi',
			method: 'POST',
			url: `https://127.0.0.1:${port}${LIST}`,
			sendBody: true,
			specifyBody: 'json',
			jsonBody: JSON.stringify({ biz_type: 'ts_1', data: {}, page_no: '1', page_size: String(PAGE) }),
		} as INodeParameters,
		options: { pagination: { pagination } },
		count: (output) => countInOrder(rowsOf(output).map(({ id }) => id)),
		expected: rows,
	};
}

/** 10,000 rows, answers after 20 ms: how many times as fast as the HTTP Request node this package's node reads them. */
export async function compareReading(gateway: BenchGateway): Promise<{ one: number; five: number }> {
	fetchNodesBase();
	await gateway.takes(SERVICE_MS, ROWS);
	const [helper, one, five]: [number[], number[], number[]] = [[], [], []];
	for (let round = 0; round < ROUNDS; round++) {
		helper.push((await runNode(paginating(gateway, ROWS), 1, 1)).wallMs);
		one.push((await runNode(reading(ROWS), 1, 1)).wallMs);
		five.push((await runNode(reading(ROWS), 1, 5)).wallMs);
	}
	return { one: median(helper) / median(one), five: median(helper) / median(five) };
}

/**
 * How much more is on the heap after reading than before, in MB, while the engine still holds the run. The output items are
 * measured by what a copy of them takes, because what the run remembers shares their rows.
 */
export async function heapOfReading(gateway: BenchGateway, rows = ROWS): Promise<number> {
	await gateway.takes(0, rows);
	await runNode(reading(rows), 1, 5);
	let growth = Number.NaN;
	await runNode(reading(rows), 1, 5, async (execute) => {
		const before = heapMb();
		const output = await execute();
		const after = heapMb();
		const copy = structuredClone(output);
		const copyMb = heapMb() - after;
		growth = after - before - copyMb;
		copy.length = 0;
	});
	return growth;
}

/** Milliseconds a row. */
export async function timeOfReading(gateway: BenchGateway, rows: number): Promise<number> {
	await gateway.takes(0, rows);
	return (await runNode(reading(rows), 1, 5)).wallMs / rows;
}
