import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGunzip } from 'node:zlib';

import type { IDataObject, INode, INodeExecutionData, INodeType, IWebhookData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { additionalDataFor } from './engine.mts';
import type { Installation } from './engine.mts';
import { n8nCore, n8nWorkflow } from './n8n/n8n.mts';

interface Parsed extends Omit<IncomingMessage, 'rawBody'> {
	query: Record<string, string | string[]>;
	rawBody: Buffer | undefined;
	readRawBody: () => Promise<void>;
}

/** n8n's own limit for a body. */
const PAYLOAD_MAX = 16 * 1024 * 1024;

function queryOf(target: string): Parsed['query'] {
	const { searchParams } = new URL(target, 'http://127.0.0.1');
	return Object.fromEntries([...new Set(searchParams.keys())].map((name) => [name, searchParams.getAll(name).length > 1 ? searchParams.getAll(name) : (searchParams.get(name) ?? '')]));
}

/** A request as n8n's web server hands it on: its query read, its body to be read on demand. */
function prepared(request: IncomingMessage): Parsed {
	const parsed = request as unknown as Parsed;
	parsed.query = queryOf(request.url ?? '');
	parsed.readRawBody = async () => {
		const chunks: Buffer[] = [];
		let length = 0;
		for await (const chunk of request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request) {
			chunks.push(chunk as Buffer);
			length += (chunk as Buffer).length;
			if (length > PAYLOAD_MAX) throw Object.assign(new Error('request entity too large'), { type: 'entity.too.large', status: 413 });
		}
		parsed.rawBody = Buffer.concat(chunks);
	};
	return parsed;
}

/** A response with the two methods of Express that nodes use. */
function expressive(response: ServerResponse): ServerResponse {
	const status = (code: number) => Object.assign(response, { statusCode: code });
	const json = (body: unknown) => {
		response.setHeader('content-type', 'application/json; charset=utf-8');
		return response.end(JSON.stringify(body));
	};
	return Object.assign(response, { status, json });
}

/** n8n's answer once it has the execution: what the description says goes before what the webhook returned. */
function onReceived(responseData: unknown, { webhookResponse }: IWebhookResponseData): unknown {
	if (responseData === 'noData') return undefined;
	return responseData || (webhookResponse ?? { message: 'Workflow was started' });
}

export interface WebhookOptions {
	node: INode;
	nodeType: INodeType;
	installation: Installation;
	/** @default 'webhook'; `manual` is the test URL of the editor */
	mode?: 'webhook' | 'manual';
	workflowId?: string;
}

/**
 * What n8n does with calls to a webhook, up to the execution: its own context, and its order of steps in mode onReceived, in
 * which it loses what the webhook changes in the static data.
 */
export class Webhooks {
	/** Items with which the workflow was started, in order. */
	readonly started: INodeExecutionData[][] = [];
	/** The static data of the workflow, as n8n's database holds them: written when an execution has ended. */
	stored: IDataObject = {};
	/** Called when an execution is to be started; throws where the database does not take it. */
	onStart: () => void | Promise<void> = () => undefined;
	/** Calls that are over, answered or not. */
	closed = 0;
	readonly #options: WebhookOptions;
	readonly #server: Server;

	private constructor(options: WebhookOptions) {
		this.#options = options;
		this.#server = createServer((request, response) => {
			response.once('close', () => void (this.closed += 1));
			void this.#handle(prepared(request), expressive(response)).catch((error: unknown) => {
				// As n8n tells a failure that comes before the answer.
				if (!response.headersSent) expressive(response.writeHead(500)).end(JSON.stringify({ code: 0, message: String(error) }));
			});
		});
	}

	static async listen(options: WebhookOptions): Promise<Webhooks> {
		const webhooks = new Webhooks(options);
		await new Promise<void>((resolve) => void webhooks.#server.listen(0, '127.0.0.1', resolve));
		return webhooks;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/webhook/push`;
	}

	async stop(): Promise<void> {
		this.#server.closeAllConnections();
		await new Promise((resolve) => this.#server.close(resolve));
	}

	async #handle(request: Parsed, response: ServerResponse): Promise<void> {
		const { node, nodeType, installation, mode = 'webhook', workflowId = 'pushed' } = this.#options;
		const workflow = new n8nWorkflow.Workflow({
			id: workflowId,
			name: 'Pushed',
			nodes: [structuredClone(node)],
			connections: {},
			active: mode === 'webhook',
			settings: { executionOrder: 'v1' },
			staticData: structuredClone(this.stored),
			nodeTypes: { getByName: () => nodeType, getByNameAndVersion: () => nodeType, getKnownTypes: () => ({}) },
		});
		await workflow.expression.acquireIsolate?.();
		const additionalData = Object.assign(additionalDataFor(installation), { httpRequest: request, httpResponse: response });
		const own = workflow.getNode(node.name) ?? node;
		const webhookData = { webhookDescription: nodeType.description.webhooks?.[0], node: node.name } as unknown as IWebhookData;
		const context = new n8nCore.WebhookContext(workflow, own, additionalData, mode, webhookData, [], null) as unknown as IWebhookFunctions;
		const result: IWebhookResponseData = (await nodeType.webhook?.call(context)) ?? {};
		if (result.workflowData) {
			await this.onStart();
			this.started.push(result.workflowData[0] ?? []);
		}
		const responseData: unknown = workflow.expression.getComplexParameterValue(own, webhookData.webhookDescription.responseData, mode, {}, undefined, 'firstEntryJson');
		await workflow.expression.releaseIsolate?.();
		if (result.noWebhookResponse === true) return;
		const answer = onReceived(responseData, result);
		if (typeof answer === 'string') response.end(answer);
		else expressive(response).end(JSON.stringify(answer));
	}
}
