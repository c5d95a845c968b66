/** A small generator of repeatable random numbers (mulberry32). */
export class Random {
	#state: number;

	constructor(seed: number) {
		this.#state = seed >>> 0;
	}

	/** From 0 up to, but not including, 1. */
	next(): number {
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let mixed = this.#state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}

	below(limit: number): number {
		return Math.floor(this.next() * limit);
	}

	coin(): boolean {
		return this.next() < 0.5;
	}

	/** Some different numbers below a limit. */
	choose(count: number, limit: number): Set<number> {
		const chosen = new Set<number>();
		while (chosen.size < count) chosen.add(this.below(limit));
		return chosen;
	}
}
