import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { installDebian, isOnPath } from '../helpers/n8n/debian.mts';
import { Program, freePort, runCommand, until } from '../helpers/n8n/programs.mts';

const isRoot = process.getuid?.() === 0;

const POSTGRES_HOME = '/usr/lib/postgresql';

/** Newest installed version's programs. */
function postgresFolder(): string | undefined {
	if (!existsSync(POSTGRES_HOME)) return undefined;
	const folders = readdirSync(POSTGRES_HOME).sort((a, b) => Number(b) - Number(a)).map((version) => join(POSTGRES_HOME, version, 'bin'));
	return folders.find((folder) => existsSync(join(folder, 'initdb')));
}

/** Installs Redis and PostgreSQL from Debian's packages where they are missing. */
export function installServers(log: (line: string) => void): void {
	if (!isOnPath('redis-server') || !postgresFolder()) installDebian(['redis-server', 'postgresql'], log);
}

/** A Redis of this script's own, in memory. */
export async function startRedis(): Promise<{ port: number; stop: () => Promise<void> }> {
	const port = await freePort();
	const redis = new Program('redis-server', ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no']);
	await until('The start of Redis', 20_000, () => redis.output.includes('Ready to accept connections'));
	return { port, stop: async () => await redis.stop() };
}

/** A PostgreSQL of this script's own, on loopback, with one database; `settings` point n8n at it. */
export async function startPostgres(): Promise<{ settings: NodeJS.ProcessEnv; stop: () => Promise<void> }> {
	const folder = postgresFolder();
	if (!folder) throw new Error('PostgreSQL is not installed');
	const port = await freePort();
	const data = resolve('/tmp', `n8n-jdy-postgres-${port}`);
	rmSync(data, { recursive: true, force: true });
	// PostgreSQL refuses to run as root.
	const as = (program: string, args: string[]): [string, string[]] => (isRoot ? ['runuser', ['-u', 'postgres', '--', join(folder, program), ...args]] : [join(folder, program), args]);
	const run = (program: string, args: string[]) => runCommand(...as(program, args), { cwd: '/tmp' });
	if (isRoot) {
		mkdirSync(data);
		runCommand('chown', ['postgres', data]);
	}
	run('initdb', ['-D', data, '-A', 'trust', '-U', 'n8n', '--no-sync']);
	const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c max_connections=100`;
	run('pg_ctl', ['-D', data, '-o', options, '-l', join(data, 'log'), '-w', 'start']);
	run('createdb', ['-h', '127.0.0.1', '-p', String(port), '-U', 'n8n', 'n8n']);
	const stop = async () => {
		run('pg_ctl', ['-D', data, '-m', 'immediate', '-w', 'stop']);
		rmSync(data, { recursive: true, force: true });
	};
	const settings = {
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(port),
		DB_POSTGRESDB_DATABASE: 'n8n',
		DB_POSTGRESDB_USER: 'n8n',
		DB_POSTGRESDB_PASSWORD: 'trust',
	};
	return { settings, stop };
}
