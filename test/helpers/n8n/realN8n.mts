import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { N8N_BINARY, N8N_FOLDER, environment, installPackage } from './n8nInstallation.mts';
import { Program, freePort, runCommand, until } from './programs.mts';

const OFF = [
	'N8N_DIAGNOSTICS_ENABLED',
	'N8N_VERSION_NOTIFICATIONS_ENABLED',
	'N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED',
	'N8N_TEMPLATES_ENABLED',
	'N8N_DYNAMIC_BANNERS_ENABLED',
	'N8N_HIRING_BANNER_ENABLED',
	'N8N_PERSONALIZATION_ENABLED',
	'N8N_VERIFIED_PACKAGES_ENABLED',
	'N8N_LICENSE_AUTO_RENEW_ENABLED',
	'N8N_AI_ENABLED',
	'N8N_SECURE_COOKIE',
];

export const OWNER = { email: 'owner@example.com', firstName: 'Demo', lastName: 'Owner', password: 'Demo-password-1' };

/** One n8n with this package, on loopback, that calls nobody. */
export class RealN8n {
	readonly port: number;
	readonly #env: NodeJS.ProcessEnv;
	readonly #programs: Program[] = [];
	#cookie = '';

	private constructor(port: number, env: NodeJS.ProcessEnv) {
		this.port = port;
		this.#env = env;
	}

	/** An n8n that starts from nothing. */
	static async fresh(userFolder: string, extra: NodeJS.ProcessEnv = {}): Promise<RealN8n> {
		rmSync(userFolder, { recursive: true, force: true });
		return await RealN8n.prepare(userFolder, extra);
	}

	/**
	 * An n8n that goes on with what its user folder holds.
	 *
	 * @param extra more settings of n8n, e.g. for its database
	 */
	static async prepare(userFolder: string, extra: NodeJS.ProcessEnv = {}): Promise<RealN8n> {
		installPackage(userFolder);
		const port = Number(extra.N8N_PORT ?? (await freePort()));
		const env = environment({
			...Object.fromEntries(OFF.map((name) => [name, 'false'])),
			N8N_USER_FOLDER: userFolder,
			N8N_ENCRYPTION_KEY: 'a-key-for-tests-only',
			N8N_PORT: String(port),
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_HOST: '127.0.0.1',
			EXTERNAL_FRONTEND_HOOKS_URLS: '',
			N8N_DISABLED_MODULES: 'mcp-registry',
			...extra,
		});
		return new RealN8n(port, env);
	}

	get url(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	/** Runs one of n8n's commands to its end. */
	async command(...args: string[]): Promise<string> {
		const broker = String(await freePort());
		return runCommand(process.execPath, [N8N_BINARY, ...args], { env: { ...this.#env, N8N_RUNNERS_BROKER_PORT: broker } });
	}

	async importJson(kind: 'credentials' | 'workflow', entities: unknown[]): Promise<void> {
		const file = join(N8N_FOLDER, `import-${kind}.json`);
		writeFileSync(file, JSON.stringify(entities));
		await this.command(`import:${kind}`, `--input=${file}`);
		rmSync(file);
	}

	/** Starts one of n8n's servers beside the others. */
	async launch(args: string[], extra: NodeJS.ProcessEnv = {}): Promise<Program> {
		const broker = String(await freePort());
		const program = new Program(process.execPath, [N8N_BINARY, ...args], { env: { ...this.#env, N8N_RUNNERS_BROKER_PORT: broker, ...extra } });
		this.#programs.push(program);
		return program;
	}

	/** Starts the main server, makes the owner and logs in. */
	async start(): Promise<Program> {
		const main = await this.launch(['start']);
		await until('The start of n8n', 300_000, async () => {
			if (!main.isRunning) throw new Error(`n8n ended:\n${main.output.slice(-3000)}`);
			return (await fetch(`${this.url}/healthz/readiness`)).ok;
		});
		await until('The login of the owner', 30_000, async () => (await this.#logIn()) || ((await this.#send('POST', '/rest/owner/setup', OWNER)).ok && (await this.#logIn())));
		return main;
	}

	/** One call of n8n's own REST interface as the owner. */
	async rest<T>(path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST'): Promise<T> {
		const response = await this.#send(method, `/rest${path}`, body);
		if (!response.ok) throw new Error(`${path}: HTTP ${response.status} ${(await response.text()).slice(0, 500)}`);
		return ((await response.json()) as { data: T }).data;
	}

	async #logIn(): Promise<boolean> {
		const login = await this.#send('POST', '/rest/login', { emailOrLdapLoginId: OWNER.email, password: OWNER.password });
		if (login.ok) this.#cookie = (login.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
		return login.ok;
	}

	async stop(): Promise<void> {
		await Promise.all(this.#programs.map(async (program) => await program.stop()));
	}

	/** n8n ties a session to the browser that logged in. */
	async #send(method: string, path: string, body?: unknown): Promise<Response> {
		const headers = { cookie: this.#cookie, 'browser-id': 'tests', 'content-type': 'application/json' };
		return await fetch(`${this.url}${path}`, { method, headers, body: body === undefined ? null : JSON.stringify(body) });
	}
}
