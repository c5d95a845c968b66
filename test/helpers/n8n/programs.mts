import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Listens for a moment; port 0 takes a free one. */
async function occupy(wanted: number): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve, reject) => server.once('error', reject).listen(wanted, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}

/** A free port on loopback. */
export async function freePort(): Promise<number> {
	return await occupy(0);
}

export async function isFree(port: number): Promise<boolean> {
	return await occupy(port).then(
		() => true,
		() => false,
	);
}

export async function sleepMs(ms: number): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, ms));
}

/** Asks until the answer is yes; an error counts as no. */
export async function until(what: string, timeoutMs: number, isDone: () => Promise<boolean> | boolean): Promise<void> {
	const endAt = Date.now() + timeoutMs;
	for (;;) {
		try {
			if (await isDone()) return;
		} catch (error) {
			if (Date.now() > endAt) throw error;
		}
		if (Date.now() > endAt) throw new Error(`${what} did not happen within ${timeoutMs / 1000} s`);
		await sleepMs(200);
	}
}

/** Runs a command to its end; its output is shown only when it fails. */
export function runCommand(command: string, args: string[], options: { cwd?: string; env?: NodeJS.ProcessEnv; input?: string } = {}): string {
	const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024, ...options });
	if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed (${status ?? error?.message})\n${stdout}\n${stderr}`.slice(0, 5000));
	return stdout;
}

export function attempt(times: number, work: () => void): void {
	for (let left = times; ; left--) {
		try {
			work();
			return;
		} catch (error) {
			if (left <= 1) throw error;
		}
	}
}

/** A server that a script started, with what it printed. */
export class Program {
	readonly child: ChildProcess;
	readonly ended: Promise<void>;
	output = '';

	constructor(command: string, args: string[], options: SpawnOptions = {}) {
		this.child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
		this.ended = new Promise((resolve) => this.child.once('exit', () => resolve()));
		const keep = (chunk: Buffer) => (this.output += chunk.toString('utf8'));
		this.child.stdout?.on('data', keep);
		this.child.stderr?.on('data', keep);
	}

	get isRunning(): boolean {
		return this.child.exitCode === null && this.child.signalCode === null;
	}

	/** Ends it, by force where it does not go by itself. */
	async stop(signal: NodeJS.Signals = 'SIGTERM', patienceMs = 15_000): Promise<void> {
		if (!this.isRunning) return;
		this.child.kill(signal);
		const timer = setTimeout(() => this.child.kill('SIGKILL'), patienceMs);
		await this.ended;
		clearTimeout(timer);
	}
}
