import type { N8nDatabase } from './killedDatabase.mts';
import type { Lane } from './killedLanes.mts';

const countIn = (sets: Iterable<ReadonlySet<string>>, id: string): number => [...sets].filter((set) => set.has(id)).length;

/** What n8n's database shows of each document that was made, looked at whenever n8n is down. */
export class KilledBooks {
	readonly #database: N8nDatabase;
	readonly #state: Lane['state'];
	/** What each execution was started with; n8n may empty one that it finds crashed. */
	readonly #started = new Map<string, Set<string>>();
	/** Of each kill: what an execution was started with since the one before, and is not stored as given out: n8n itself will run that poll again. */
	readonly #repeated: Array<Set<string>> = [];
	/** Of each kill: what is stored as given out, and no execution was started with: the trigger gave it to n8n, which lost it. */
	readonly #dropped: Array<Set<string>> = [];

	constructor(database: N8nDatabase, state: Lane['state']) {
		this.#database = database;
		this.#state = state;
	}

	get #allStarted(): Set<string> {
		return new Set([...this.#started.values()].flatMap((ids) => [...ids]));
	}

	#readExecutions(): void {
		for (const [execution, ids] of this.#database.started()) this.#started.set(execution, new Set([...(this.#started.get(execution) ?? []), ...ids]));
	}

	isAllGivenOut(made: ReadonlySet<string>): boolean {
		this.#readExecutions();
		return [...made].every((id) => this.#allStarted.has(id));
	}

	/** Looks at what a kill has left behind. */
	look(made: ReadonlySet<string>): string {
		const before = new Set(this.#started.keys());
		this.#readExecutions();
		const latest = new Set([...this.#started].flatMap(([execution, ids]) => (before.has(execution) ? [] : [...ids])));
		const started = new Set([...this.#allStarted].filter((id) => made.has(id)));
		const remembered = this.#database.remembered(this.#state.column, this.#state.table);
		const repeated = new Set([...latest].filter((id) => made.has(id) && !remembered.has(id)));
		const dropped = new Set([...remembered].filter((id) => made.has(id) && !started.has(id)));
		this.#repeated.push(repeated);
		this.#dropped.push(dropped);
		return `${started.size} of ${made.size} documents given out, ${repeated.size} in a poll that n8n will run again, ${dropped.size} lost inside n8n`;
	}

	/**
	 * - `missed`: no execution was started with it, and n8n did not lose it on the way.
	 * - `doubled`: more than one execution was started with it; `unexplained` of them without n8n having run a poll again.
	 */
	figures(made: ReadonlySet<string>): { documents: number; missed: number; doubled: number; unexplained: number; lostInN8n: number } {
		const times = [...made].map((id) => ({ times: countIn(this.#started.values(), id), repeated: countIn(this.#repeated, id), dropped: countIn(this.#dropped, id) }));
		const never = times.filter((one) => one.times === 0);
		return {
			documents: made.size,
			missed: never.filter(({ dropped }) => dropped === 0).length,
			doubled: times.filter((one) => one.times > 1).length,
			unexplained: times.filter((one) => one.times > 1 + one.repeated).length,
			lostInN8n: never.filter(({ dropped }) => dropped > 0).length,
		};
	}
}
