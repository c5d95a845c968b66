/** Work on items that only wait for something: it is detached, so that the next items begin meanwhile. */
export class DetachedWork {
	private readonly steps = new Map<number, () => void>();

	private readonly unfinished = new Set<Promise<unknown>>();

	/** Resolves to what the work on an item returns, or to true as soon as it is detached. */
	async orUntilDetached(itemIndex: number, work: Promise<boolean>): Promise<boolean> {
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
	detach(itemIndex: number): void {
		this.steps.get(itemIndex)?.();
	}

	/** Resolves when all detached work has ended, too. */
	async finished(): Promise<void> {
		await Promise.all(this.unfinished);
	}
}
