interface Due {
	atMs: number;
	no: number;
	ring: () => void;
}

/** Time that passes only when nothing else is to be done: minutes in milliseconds, and the same every time. */
export class VirtualTime {
	nowMs = 0;
	/** A heap: no entry is due before the one at half its index. */
	readonly #due: Due[] = [];
	#count = 0;

	async pause(ms: number, signal?: AbortSignal): Promise<void> {
		if (signal?.aborted) return;
		await new Promise<void>((resolve) => {
			this.#push({ atMs: this.nowMs + Math.max(0, ms), no: this.#count++, ring: resolve });
			signal?.addEventListener('abort', () => resolve());
		});
	}

	/** Lets time pass until nobody waits any more, or the end has come. */
	async run(untilMs = Infinity): Promise<void> {
		await settle();
		for (let next = this.#due[0]; next && next.atMs <= untilMs; next = this.#due[0]) {
			this.nowMs = next.atMs;
			this.#pop();
			next.ring();
			await settle();
		}
	}

	#isBefore(one: number, other: number): boolean {
		const [a, b] = [this.#due[one], this.#due[other]];
		if (!a || !b) return a !== undefined;
		return a.atMs < b.atMs || (a.atMs === b.atMs && a.no < b.no);
	}

	#swap(one: number, other: number): void {
		[this.#due[one], this.#due[other]] = [this.#due[other] as Due, this.#due[one] as Due];
	}

	#push(due: Due): void {
		this.#due.push(due);
		for (let at = this.#due.length - 1; at > 0; ) {
			const parent = (at - 1) >> 1;
			if (!this.#isBefore(at, parent)) return;
			this.#swap(at, parent);
			at = parent;
		}
	}

	#pop(): void {
		const last = this.#due.pop();
		if (!last || this.#due.length === 0) return;
		this.#due[0] = last;
		for (let at = 0; ; ) {
			const [left, right] = [2 * at + 1, 2 * at + 2];
			const first = this.#isBefore(right, left) ? right : left;
			if (!this.#isBefore(first, at) || first >= this.#due.length) return;
			this.#swap(at, first);
			at = first;
		}
	}
}

/** Lets everything run that waits for nothing but its turn. */
async function settle(): Promise<void> {
	await new Promise((resolve) => setImmediate(resolve));
}
