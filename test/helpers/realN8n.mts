import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { Program, attempt, freePort, runCommand, until } from './programs.mts';

/** The version that is tried; newer patches of 2.41 name packages that cannot be had. */
export const N8N_VERSION = '2.41.1';

const FOLDER = resolve('.cache', 'n8n');
const BINARY = join(FOLDER, 'node_modules', 'n8n', 'bin', 'n8n');
const READY = join(FOLDER, `ready-${N8N_VERSION}`);

const nodeFolder = dirname(dirname(process.execPath));

function environment(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
	const headers = existsSync(join(nodeFolder, 'include', 'node')) ? { npm_config_nodedir: nodeFolder } : {};
	return { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH}`, ...headers, ...extra };
}

/** Installs n8n into .cache/ unless an earlier run has done so: about 5 minutes and 3 GB. */
export function installN8n(log: (line: string) => void): void {
	if (existsSync(READY)) return;
	log(`Installing n8n ${N8N_VERSION} into .cache/n8n, once: about 5 minutes and 3 GB`);
	mkdirSync(FOLDER, { recursive: true });
	writeFileSync(join(FOLDER, 'package.json'), JSON.stringify({ private: true, dependencies: { n8n: N8N_VERSION }, overrides: { linkedom: '0.18.13' } }));
	const npm = (...args: string[]) => attempt(3, () => void runCommand('npm', [...args, '--no-audit', '--no-fund'], { cwd: FOLDER, env: environment() }));
	log('  1 of 3: packages');
	npm('install', '--ignore-scripts');
	log('  2 of 3: the SQLite driver is built');
	npm('rebuild', 'sqlite3', '--ignore-scripts=false');
	log('  3 of 3: check');
	runCommand(process.execPath, ['-e', 'require("sqlite3"); new (require("isolated-vm").Isolate)()'], { cwd: FOLDER });
	writeFileSync(READY, '');
}

/** Packs this package and installs it into a user folder, the way n8n installs community packages. */
function installPackage(userFolder: string): void {
	runCommand('npm', ['run', 'build'], { env: environment() });
	const [{ filename }] = JSON.parse(runCommand('npm', ['pack', '--json', '--loglevel=error', '--pack-destination', FOLDER], { env: environment() })) as [{ filename: string }];
	const nodes = join(userFolder, '.n8n', 'nodes');
	mkdirSync(nodes, { recursive: true });
	writeFileSync(join(nodes, 'package.json'), JSON.stringify({ name: 'installed-nodes', private: true, dependencies: {} }));
	runCommand('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', join(FOLDER, filename)], { cwd: nodes, env: environment() });
}

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

	/** @param extra more settings of n8n, e.g. for its database */
	static async prepare(userFolder: string, extra: NodeJS.ProcessEnv = {}): Promise<RealN8n> {
		rmSync(userFolder, { recursive: true, force: true });
		installPackage(userFolder);
		const port = await freePort();
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
		return runCommand(process.execPath, [BINARY, ...args], { env: { ...this.#env, N8N_RUNNERS_BROKER_PORT: broker } });
	}

	async importJson(kind: 'credentials' | 'workflow', entities: unknown[]): Promise<void> {
		const file = join(FOLDER, `import-${kind}.json`);
		writeFileSync(file, JSON.stringify(entities));
		await this.command(`import:${kind}`, `--input=${file}`);
		rmSync(file);
	}

	/** Starts one of n8n's servers beside the others. */
	async launch(args: string[], extra: NodeJS.ProcessEnv = {}): Promise<Program> {
		const broker = String(await freePort());
		const program = new Program(process.execPath, [BINARY, ...args], { env: { ...this.#env, N8N_RUNNERS_BROKER_PORT: broker, ...extra } });
		this.#programs.push(program);
		return program;
	}

	/** Starts the main server, makes the owner and logs in. */
	async start(): Promise<Program> {
		const main = await this.launch(['start']);
		await until('The start of n8n', 120_000, async () => {
			if (!main.isRunning) throw new Error(`n8n ended:\n${main.output.slice(-3000)}`);
			return (await fetch(`${this.url}/healthz/readiness`)).ok;
		});
		await until('The owner account', 30_000, async () => (await this.#post('/rest/owner/setup', OWNER)).ok || (await this.#post('/rest/login', { emailOrLdapLoginId: OWNER.email, password: OWNER.password })).ok);
		const login = await this.#post('/rest/login', { emailOrLdapLoginId: OWNER.email, password: OWNER.password });
		this.#cookie = (login.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
		return main;
	}

	/** One call of n8n's own REST interface as the owner. */
	async rest<T>(path: string, body?: unknown): Promise<T> {
		const response = body === undefined ? await fetch(`${this.url}/rest${path}`, { headers: this.#headers }) : await this.#post(`/rest${path}`, body);
		if (!response.ok) throw new Error(`${path}: HTTP ${response.status} ${(await response.text()).slice(0, 500)}`);
		return ((await response.json()) as { data: T }).data;
	}

	async stop(): Promise<void> {
		await Promise.all(this.#programs.map(async (program) => await program.stop()));
	}

	/** n8n ties a session to the browser that logged in. */
	get #headers(): Record<string, string> {
		return { cookie: this.#cookie, 'browser-id': 'tests', 'content-type': 'application/json' };
	}

	async #post(path: string, body: unknown): Promise<Response> {
		return await fetch(`${this.url}${path}`, { method: 'POST', headers: this.#headers, body: JSON.stringify(body) });
	}
}
