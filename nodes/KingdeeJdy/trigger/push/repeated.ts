/** Messages that one trigger remembers. */
const MAX_REMEMBERED = 1000;

/** The newest messages by their IDs: JDY may send one again. Whether it does is not documented [?]. */
export class Repeated {
	private readonly ids: Set<string>;

	/** @param ids oldest first */
	constructor(ids: readonly string[] = []) {
		this.ids = new Set(ids.slice(-MAX_REMEMBERED));
	}

	/** Whether a message has come before; from now on it has. */
	note(id: string): boolean {
		if (this.ids.has(id)) return true;
		this.ids.add(id);
		const [oldest] = this.ids;
		if (this.ids.size > MAX_REMEMBERED && oldest !== undefined) this.ids.delete(oldest);
		return false;
	}

	/** Adds what another process has seen, as older than what came here. */
	recall(ids: readonly string[]): void {
		const own = [...this.ids];
		const all = [...new Set([...ids, ...own])].slice(-MAX_REMEMBERED);
		this.ids.clear();
		for (const id of all) this.ids.add(id);
	}

	/** Oldest first. */
	list(): string[] {
		return [...this.ids];
	}
}
