/**
 * Works through several lists at once, each in order and some entries of it at a time. Takes no new entry from any once the
 * work on one says to stop or throws, and ends when everything under way has ended.
 *
 * @param concurrency entries of one list under way at once
 * @param work resolves to whether to go on
 * @throws what the work threw
 */
export async function forEachLane<T>(
	lanes: ReadonlyArray<readonly T[]>,
	concurrency: number,
	work: (entry: T) => Promise<boolean>,
): Promise<void> {
	let goesOn = true;

	async function worker(entries: Iterator<T>): Promise<void> {
		for (let taken = goesOn && entries.next(); taken && !taken.done; taken = goesOn && entries.next()) {
			let mayGoOn = false;
			try {
				mayGoOn = await work(taken.value);
			} finally {
				goesOn &&= mayGoOn;
			}
		}
	}

	const workers = lanes.flatMap((lane) => {
		const entries = lane.values();
		return Array.from({ length: Math.min(concurrency, lane.length) }, async () => await worker(entries));
	});
	const [failed] = (await Promise.allSettled(workers)).filter((result) => result.status === 'rejected');
	if (failed) throw failed.reason;
}

/** The same for a single list. */
export async function forEachAtOnce<T>(entries: readonly T[], concurrency: number, work: (entry: T) => Promise<boolean>): Promise<void> {
	await forEachLane([entries], concurrency, work);
}

/** For each item n8n reads the credential from its database: that takes half the time an item if many are asked for at once. */
const PART = 50;

/** Works on every entry, one part of the list after the other; returns the results in order. */
export async function mapInParts<T, R>(entries: readonly T[], work: (entry: T) => Promise<R>): Promise<R[]> {
	const results: R[] = [];
	for (let start = 0; start < entries.length; start += PART) {
		results.push(...(await Promise.all(entries.slice(start, start + PART).map(work))));
	}
	return results;
}

/** Lets some pieces of work run at once and the others wait in line. */
export class Semaphore {
	private free: number;

	private readonly waiting: Array<() => void> = [];

	constructor(count: number) {
		this.free = count;
	}

	/** Runs some work as soon as a slot is free; if one is, at once, without an asynchronous step. */
	run<T>(work: () => Promise<T>): Promise<T> {
		if (this.free === 0) return this.acquire().then(() => this.doing(work));
		this.free -= 1;
		return this.doing(work);
	}

	private acquire(): Promise<void> {
		return new Promise((resolve) => this.waiting.push(resolve));
	}

	private doing<T>(work: () => Promise<T>): Promise<T> {
		const done = work();
		void done.then(this.release, this.release);
		return done;
	}

	private readonly release = (): void => {
		const next = this.waiting.shift();
		if (next) next();
		else this.free += 1;
	};
}
