import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { Server as TlsServer, createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

import type { Reply } from './answers.mts';
import { control, isControl } from './control.mts';
import { deliver, keptBy } from './faults.mts';
import type { Fault } from './faults.mts';
import { Gateway } from './gateway.mts';
import { seedMasterData } from './jdy/masterData/seeding.mts';
import type { MasterData } from './jdy/masterData/seeding.mts';
import type { JdyRecord } from './jdy/records.mts';
import type { LedgerEntry } from './ledger.mts';
import { defaults, demoAccount } from './settings.mts';
import type { Account, Settings } from './settings.mts';
import { splitTarget } from './verify.mts';
import type { Arrived } from './verify.mts';

export type { LedgerEntry } from './ledger.mts';

/** Chooses the fault of a request; undefined lets it pass. */
export type FaultChooser = (arrived: Arrived, index: number) => Fault | undefined;

export interface Tls {
	key: string;
	cert: string;
}

async function readBody(request: IncomingMessage): Promise<{ bytes: Buffer; body: string }> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const bytes = Buffer.concat(chunks);
	return { bytes, body: bytes.toString('utf8') };
}

/** An answer as a client that takes gzip gets it. */
function compressedFor({ headers }: Arrived, reply: Reply): Reply {
	if (!(headers['accept-encoding'] ?? '').includes('gzip')) return reply;
	return { ...reply, headers: { ...reply.headers, 'Content-Encoding': 'gzip' }, body: gzipSync(reply.body) };
}

/** A JDY gateway on loopback, over HTTP or HTTPS. */
export class Emulator {
	readonly gateway: Gateway;
	readonly ledger: LedgerEntry[] = [];
	/** Connections that were opened. */
	connections = 0;
	chooseFault: FaultChooser = () => undefined;
	/** Chooses what becomes of a connection before anything is read from it. */
	chooseConnection: () => 'close' | undefined = () => undefined;
	/** Called when an answer has been written. */
	onAnswered: (entry: LedgerEntry) => void = () => undefined;
	readonly #server: Server;
	#reopening: Promise<void> | undefined;
	readonly #scheme: string;

	private constructor(settings: Settings, tls: Tls | undefined) {
		this.gateway = new Gateway(settings);
		const listener: RequestListener = (request, response) =>
			void this.#respond(request, response).catch((error: unknown) => {
				// A client that left in the middle is no mistake of the emulator.
				if (!request.errored) console.error('The emulator failed', error);
				response.destroy();
			});
		this.#server = tls ? createTlsServer(tls, listener) : createServer(listener);
		this.#server.on('connection', (socket) => {
			this.connections += 1;
			if (this.chooseConnection() === 'close') socket.destroy();
		});
		this.#scheme = tls ? 'https' : 'http';
	}

	/** Listens on loopback; port 0 takes a free one. */
	static async start(settings: Partial<Settings> = {}, { port = 0, tls }: { port?: number; tls?: Tls } = {}): Promise<Emulator> {
		const emulator = new Emulator({ ...defaults, ...settings }, tls);
		await new Promise<void>((resolve, reject) => {
			emulator.#server.once('error', reject).listen(port, '127.0.0.1', resolve);
		});
		return emulator;
	}

	get url(): string {
		return `${this.#scheme}://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
	}

	/** Ids of the documents that stand in the books. */
	get savedIds(): string[] {
		return this.gateway.documents.all.map(({ id }) => id);
	}

	/** How many calls arrived, by method and path below `/jdy/v2/`: `{ 'GET bd/customer': 2 }`. */
	calls(): Record<string, number> {
		const byCall = Map.groupBy(this.ledger, ({ method, path }) => `${method} ${path.replace('/jdy/v2/', '')}`);
		return Object.fromEntries([...byCall].map(([call, entries]) => [call, entries.length]));
	}

	/** Puts master data into an account that runs already. */
	seed(rows: MasterData[], account: Account = demoAccount): JdyRecord[] {
		return seedMasterData(this.gateway.records, account, rows);
	}

	/** Resolves when every document that comes late stands in the books. */
	async settled(): Promise<void> {
		await this.gateway.documents.late.settled();
	}

	async stop(): Promise<void> {
		await this.#reopening;
		this.gateway.documents.late.stop();
		this.#server.closeAllConnections();
		await new Promise((resolve) => this.#server.close(resolve));
	}

	/** As a gateway does after its own idle timeout. */
	closeIdleConnections(): void {
		this.#server.closeIdleConnections();
	}

	/** Refuses new connections for a while. */
	refuseFor(ms: number): void {
		if (!this.#server.listening) return;
		const { port } = this.#server.address() as AddressInfo;
		this.#server.close();
		this.#reopening = new Promise((resolve) => {
			setTimeout(() => this.#server.listen(port, '127.0.0.1', resolve), ms);
		});
	}

	/** Shows another certificate to new connections. */
	showCertificate(tls: Tls): void {
		if (this.#server instanceof TlsServer) this.#server.setSecureContext(tls);
	}

	async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const arrived: Arrived = {
			method: request.method ?? '',
			target: request.url ?? '',
			headers: request.headers as Arrived['headers'],
			...(await readBody(request)),
		};
		if (isControl(arrived)) return deliver(response, await control(this.gateway, arrived), undefined);
		const chosen = this.chooseFault(arrived, this.ledger.length);
		const handled = this.gateway.handle(arrived, keptBy(chosen));
		const fault = chosen ?? handled.fault;
		const requestId = randomUUID();
		const entry: LedgerEntry = {
			at: this.gateway.settings.now(),
			requestId,
			method: arrived.method,
			...splitTarget(arrived.target),
			headers: arrived.headers,
			body: arrived.body,
			status: handled.reply.status,
			accountId: handled.account?.accountId,
			savedId: handled.saved?.id,
			fault: fault?.type,
		};
		this.ledger.push(entry);
		const date = new Date(this.gateway.settings.now()).toUTCString();
		const { serviceMs, keepsConnections, compresses } = this.gateway.settings;
		if (serviceMs > 0) await new Promise((resolve) => setTimeout(resolve, serviceMs));
		const headers = { Date: date, ...handled.reply.headers, 'X-Api-Requestid': requestId, ...(!keepsConnections && { Connection: 'close' }) };
		const reply = { ...handled.reply, headers };
		deliver(response, compresses ? compressedFor(arrived, reply) : reply, fault);
		this.onAnswered(entry);
	}
}
