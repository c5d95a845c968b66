/** Messages that one trigger remembers. */
const MAX_REMEMBERED = 1000;

/** The newest messages by what names them: JDY may send one again. Whether it does is not documented [?]. */
export class RecentMessages {
	private ids = new Set<string>();

	has(id: string): boolean {
		return this.ids.has(id);
	}

	add(id: string): void {
		this.ids = new Set([...this.ids, id].slice(-MAX_REMEMBERED));
	}

	/** Adds what another process has seen, as older than what was received here. */
	recall(ids: readonly string[]): void {
		if (ids.every((id) => this.ids.has(id))) return;
		const own = this.ids;
		this.ids = new Set([...ids.filter((id) => !own.has(id)), ...own].slice(-MAX_REMEMBERED));
	}

	/** Oldest first. */
	list(): string[] {
		return [...this.ids];
	}
}
