import { Program, runCommand, until } from '../helpers/n8n/programs.mts';

/** Identifiers of JDY, as they stand in n8n's rows. */
const ID = /\b\d{19}\b/g;

const HOLDER = 'holder';
const OTHERS = `from pg_stat_activity where datname = 'n8n' and pid <> pg_backend_pid()`;

/** n8n's PostgreSQL, looked at from outside. */
export class N8nDatabase {
	readonly #args: string[];
	#holder: Program | undefined;

	/** @param settings of n8n for this database */
	constructor({ DB_POSTGRESDB_HOST = '', DB_POSTGRESDB_PORT = '', DB_POSTGRESDB_USER = '', DB_POSTGRESDB_DATABASE = '' }: NodeJS.ProcessEnv) {
		this.#args = ['-h', DB_POSTGRESDB_HOST, '-p', DB_POSTGRESDB_PORT, '-U', DB_POSTGRESDB_USER, '-At', '-d', DB_POSTGRESDB_DATABASE, '-c'];
	}

	/** The lines of the answer; fields are separated by `|`. */
	query(sql: string): string[] {
		return runCommand('psql', [...this.#args, sql]).split('\n').filter(Boolean);
	}

	/** The identifiers that each execution was started with, whatever became of it. */
	started(): Map<string, Set<string>> {
		const executions = this.query('select "executionId", data from execution_data').map((row): [string, Set<string>] => [row.slice(0, row.indexOf('|')), new Set(row.slice(row.indexOf('|')).match(ID))]);
		return new Map(executions);
	}

	/** The identifiers that n8n has stored as given out. */
	remembered(column: string, table: string): Set<string> {
		return new Set(this.query(`select ${column} from ${table}`).join().match(ID));
	}

	/** Lets nobody write a table until `cutOff`. */
	async hold(table: string): Promise<void> {
		this.#holder = new Program('psql', [...this.#args, `lock table ${table} in share mode; select pg_sleep(600)`], { env: { ...process.env, PGAPPNAME: HOLDER } });
		const isHeld = `select 1 from pg_locks where relation = '${table}'::regclass and mode = 'ShareLock' and granted`;
		await until(`The lock of ${table}`, 10_000, () => this.query(isHeld).length > 0);
	}

	/** Waits until n8n waits for a table that is held. */
	async untilHeldUp(table: string): Promise<void> {
		await until(`A write to ${table}`, 60_000, () => this.query(`select 1 from pg_locks where relation = '${table}'::regclass and not granted`).length > 0);
	}

	/**
	 * Ends whatever a killed n8n has left under way: a statement that waits for a lock would still be carried out after the
	 * death of its client. Who holds the lock goes last.
	 */
	async cutOff(): Promise<void> {
		for (const who of [`and application_name <> '${HOLDER}'`, '']) {
			await until('The end of the connections', 10_000, () => this.query(`select pg_terminate_backend(pid) ${OTHERS} ${who}`).length === 0);
		}
		await this.#holder?.ended;
		this.#holder = undefined;
	}
}
