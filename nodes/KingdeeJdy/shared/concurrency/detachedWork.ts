/** Items that only wait for something: they step aside, so that the next ones have their turn meanwhile. */
export class Aside {
	private readonly steps = new Map<number, () => void>();

	private readonly unfinished = new Set<Promise<unknown>>();

	/** What the work on an item gives, or true as soon as it has stepped aside. */
	async orUntilAside(itemIndex: number, work: Promise<boolean>): Promise<boolean> {
		const { promise: stepped, resolve } = Promise.withResolvers<boolean>();
		this.steps.set(itemIndex, () => resolve(true));
		this.unfinished.add(work);
		const forget = () => {
			this.steps.delete(itemIndex);
			this.unfinished.delete(work);
		};
		return await Promise.race([stepped, work.finally(forget)]);
	}

	/** Lets the next item begin, although this one has not ended. */
	step(itemIndex: number): void {
		this.steps.get(itemIndex)?.();
	}

	/** Resolves when those aside have ended, too. */
	async finished(): Promise<void> {
		await Promise.all(this.unfinished);
	}
}
