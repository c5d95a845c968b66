/**
 * Works through a list in order, some entries at a time. Takes no new entry once the work on one says to stop or throws,
 * and ends when everything under way has ended.
 *
 * @param work gives whether to go on
 * @throws what the work threw
 */
export async function inParallel<T>(entries: readonly T[], concurrency: number, work: (entry: T) => Promise<boolean>): Promise<void> {
	let next = 0;
	let goesOn = true;

	async function worker(): Promise<void> {
		for (let entry = entries[next]; goesOn && entry !== undefined; entry = entries[next]) {
			next += 1;
			let mayGoOn = false;
			try {
				mayGoOn = await work(entry);
			} finally {
				goesOn &&= mayGoOn;
			}
		}
	}

	const workers = Array.from({ length: Math.min(concurrency, entries.length) }, worker);
	const [failed] = (await Promise.allSettled(workers)).filter((result) => result.status === 'rejected');
	if (failed) throw failed.reason;
}

/** Lets some pieces of work run at once and the others wait in line. */
export class Slots {
	private free: number;

	private readonly waiting: Array<() => void> = [];

	constructor(count: number) {
		this.free = count;
	}

	async run<T>(work: () => Promise<T>): Promise<T> {
		if (this.free > 0) this.free -= 1;
		else await new Promise<void>((resolve) => this.waiting.push(resolve));
		try {
			return await work();
		} finally {
			const next = this.waiting.shift();
			if (next) next();
			else this.free += 1;
		}
	}
}
