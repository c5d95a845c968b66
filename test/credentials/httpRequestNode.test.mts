import type { ICredentialDataDecryptedObject, IDataObject, INode } from 'n8n-workflow';

import { systemClock } from '../../nodes/KingdeeJdy/gateway/signing/clock.ts';
import { readCredential } from '../../nodes/KingdeeJdy/gateway/credential/credential.ts';
import { openSession } from '../../nodes/KingdeeJdy/gateway/session/session.ts';
import { throughFetch } from '../../nodes/KingdeeJdy/gateway/transport/fetch.ts';
import { lost, redirect } from '../emulator/replies.mts';
import { Emulator } from '../emulator/server.mts';
import { demoAccount } from '../emulator/settings.mts';
import { runWorkflow } from '../helpers/engine.mts';
import { appKeyCredential, instanceCredential, tokenCredential } from '../helpers/credentials.mts';
import { credentialWith, stateOf, secretsOf } from '../helpers/jdy.mts';
import { httpRequestNode } from '../helpers/n8n/nodesBase.mts';
import { keepProduced } from '../helpers/produced.mts';

const TYPE = 'n8n-nodes-base.httpRequest';
const LIST = '/jdy/v2/cust/list';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start();
});
afterEach(async () => await emulator.stop());

const WAYS: Array<[way: string, credential: () => ICredentialDataDecryptedObject]> = [
	['appToken', () => tokenCredential(emulator)],
	['appKey', () => appKeyCredential(emulator)],
	['instance', () => instanceCredential(emulator)],
];

/** Has a token fetched, as a Kingdee node of the same process does. */
async function afterNode(credential: ICredentialDataDecryptedObject): Promise<ICredentialDataDecryptedObject> {
	const line = { send: throughFetch(), clock: systemClock, state: stateOf(emulator) };
	await openSession(line, readCredential(credential), { timeoutMs: 10_000 });
	return credential;
}

/** Runs n8n's own HTTP Request node with the credential as Predefined Credential Type. */
async function request(credential: ICredentialDataDecryptedObject, parameters: IDataObject, settings: Partial<INode> = {}) {
	const nodeType = httpRequestNode();
	const { version, defaultVersion } = nodeType.description as { version: number | number[]; defaultVersion?: number };
	const workflow = {
		name: 'HTTP Request',
		nodes: [
			{ id: '1', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0] as [number, number], parameters: {} },
			{
				id: '2',
				name: 'Request',
				type: TYPE,
				typeVersion: defaultVersion ?? (Array.isArray(version) ? Math.max(...version) : version),
				position: [0, 0] as [number, number],
				parameters: { authentication: 'predefinedCredentialType', nodeCredentialType: 'kingdeeJdyApi', ...parameters } as INode['parameters'],
				credentials: { kingdeeJdyApi: { id: '1', name: 'jdy' } },
				...settings,
			},
		],
		connections: { Start: { main: [[{ node: 'Request', type: 'main' as const, index: 0 }]] } },
	};
	const result = await runWorkflow(workflow, { nodeTypes: { [TYPE]: nodeType }, credentialType: credentialWith(stateOf(emulator)), credential });
	const items = result.outputs('Request')[0]?.map(({ json }) => json) ?? [];
	keepProduced({ items, message: result.error?.message, description: result.error?.description, logs: result.logs }, secretsOf(emulator, credential));
	return { items, error: result.error };
}

function jsonBody(body: unknown): IDataObject {
	return { method: 'POST', sendBody: true, specifyBody: 'json', jsonBody: JSON.stringify(body) };
}

const list = (page: number | string) => ({ biz_type: 'ts_1', data: {}, page_no: String(page), page_size: '2' });

/** The save of one document, straight into the emulator's books. */
function put(no: string): void {
	emulator.gateway.documents.save(demoAccount, { biz_type: 'ts_1', data: { no } });
}

describe.each(WAYS)("n8n's HTTP Request node with %s", (_way, credential) => {
	it('POSTs JSON', async () => {
		put('A');
		const { items, error } = await request(await afterNode(credential()), { url: `${emulator.url}${LIST}`, ...jsonBody(list(1)) });
		expect(error).toBeUndefined();
		expect(items).toMatchObject([{ errcode: 0, data: { data: { count: 1, rows: [{ no: 'A' }] } } }]);
	});

	it('GETs with Chinese, spaces, +, * and ~ in the query', async () => {
		const query = { 名称: '上海 贸易+*~', 'a b': "(x)'!" };
		const { error } = await request(await afterNode(credential()), {
			url: `${emulator.url}${LIST}?q=1%20+2`,
			sendQuery: true,
			queryParameters: { parameters: Object.entries(query).map(([name, value]) => ({ name, value })) },
		});
		const entry = emulator.ledger.at(-1);
		// Signed right, so that it gets as far as the method: 5002, "method not allowed".
		expect(JSON.stringify(error)).toContain('method not allowed');
		expect(entry).toMatchObject({ method: 'GET', path: LIST, status: 519, accountId: demoAccount.accountId });
		expect(Object.fromEntries(new URLSearchParams(entry?.query))).toEqual({ q: '1  2', ...query });
	});

	it('pages by query', async () => {
		for (const no of ['A', 'B', 'C', 'D', 'E']) put(no);
		const { items } = await request(await afterNode(credential()), {
			url: `${emulator.url}${LIST}`,
			method: 'POST',
			sendBody: true,
			specifyBody: 'json',
			jsonBody: '={{ JSON.stringify({ biz_type: "ts_1", data: {}, page_no: String($pageCount + 1), page_size: "2" }) }}',
			options: {
				pagination: {
					pagination: {
						paginationMode: 'updateAParameterInEachRequest',
						parameters: {
							parameters: [
								{ type: 'qs', name: 'page', value: '={{ $pageCount + 1 }}' },
								{ type: 'body', name: 'page_no', value: '={{ String($pageCount + 1) }}' },
							],
						},
						paginationCompleteWhen: 'other',
						completeExpression: '={{ $response.body.data.data.rows.length < 2 }}',
						limitPagesFetched: true,
						maxRequests: 5,
					},
				},
			},
		});
		const calls = emulator.ledger.filter(({ path }) => path === LIST);
		expect(calls.map(({ query, status }) => [query, status])).toEqual([['page=1', 200], ['page=2', 200], ['page=3', 200]]);
		expect(items.flatMap((item) => ((item.data as { data: { rows: Array<{ no: string }> } }).data.rows).map(({ no }) => no))).toEqual(['A', 'B', 'C', 'D', 'E']);
	});

	it('sends a POST that meets a reset connection once', async () => {
		emulator.chooseFault = ({ target }) => (target === '/jdy/v2/cust/save' ? lost() : undefined);
		const { error } = await request(await afterNode(credential()), { url: `${emulator.url}/jdy/v2/cust/save`, ...jsonBody({ biz_type: 'ts_1', data: {} }) });
		expect(error).toBeDefined();
		expect(emulator.ledger.filter(({ path }) => path === '/jdy/v2/cust/save')).toHaveLength(1);
		expect(emulator.savedIds).toHaveLength(1);
	});

	it('carries the token to no other host', async () => {
		emulator.chooseFault = ({ target }) => (target === LIST ? redirect(302, 'http://127.0.0.1:9/') : undefined);
		const { error } = await request(await afterNode(credential()), { url: `${emulator.url}${LIST}` });
		expect(error?.message).toMatch(/302|redirect/i);
		const elsewhere = await request(await afterNode(credential()), { url: 'http://127.0.0.1:9/' });
		expect(elsewhere.error?.message).toMatch(/not the Gateway URL of this credential/);
	});
});
