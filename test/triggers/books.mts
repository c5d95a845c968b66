/** A change of a document, and when the lists of JDY showed it. */
interface Change {
	version: number;
	shownAtMs: number;
	/** Whether the rows of the list show it. */
	isVisible: boolean;
}

interface Giving {
	/** From the first to the last call of the poll. */
	fromMs: number;
	untilMs: number;
	/** As the row showed it. */
	version: number;
}

/** From the first to the last call of a poll. */
interface Poll {
	fromMs: number;
	untilMs: number;
	/** IDs of documents that JDY left out of its lists meanwhile. */
	leftOut: ReadonlySet<string>;
}

interface Story {
	changes: Change[];
	givings: Giving[];
	/** When it was deleted, or changed in a way that the trigger does not tell. */
	removedAtMs: number;
}

export interface Verdict {
	changes: number;
	missed: number;
	doubled: number;
	/** What went wrong, for a person. */
	wrong: string[];
}

/** What changed less than this before a poll may come with the next one: its second may not have passed yet. */
const SECOND_MS = 5_000;

/** Keeps book of what changed and what was given out, and judges the trigger by nothing else. */
export class Books {
	readonly #stories = new Map<string, Story>();
	readonly #event: 'changed' | 'created';
	/** Polls that may leave a change to the next one, because they take its time for the second that has not passed yet. */
	readonly #patience: number;
	/** The first poll: what changed meanwhile may count as before it, or as after it. */
	#activation = { fromMs: Infinity, untilMs: Infinity };
	/** Polls that ended well and left nothing for the next ones. */
	readonly #polls: Poll[] = [];

	constructor(event: 'changed' | 'created', patience: number) {
		this.#event = event;
		this.#patience = patience;
	}

	activated(poll: { fromMs: number; untilMs: number }): void {
		this.#activation = poll;
	}

	polled(poll: Poll): void {
		this.#polls.push(poll);
	}

	changed(id: string, change: Change): void {
		this.#of(id).changes.push(change);
	}

	removed(id: string, atMs: number): void {
		this.#of(id).removedAtMs = Math.min(this.#of(id).removedAtMs, atMs);
	}

	given(id: string, giving: Giving): void {
		this.#of(id).givings.push(giving);
	}

	#of(id: string): Story {
		const story = this.#stories.get(id) ?? { changes: [], givings: [], removedAtMs: Infinity };
		this.#stories.set(id, story);
		return story;
	}

	judge(): Verdict {
		const verdict: Verdict = { changes: 0, missed: 0, doubled: 0, wrong: [] };
		for (const [id, story] of this.#stories) {
			const changes = story.changes.filter(({ shownAtMs }) => shownAtMs > this.#activation.untilMs);
			const told = this.#event === 'created' ? changes.filter(({ version }) => version === 1) : changes;
			verdict.changes += told.length;
			for (const change of told) if (this.#isMissed(id, change, story)) this.#note(verdict, 'missed', id, story);
			for (const [index] of story.givings.entries()) if (this.#isDoubled(index, story)) this.#note(verdict, 'doubled', id, story);
		}
		return verdict;
	}

	#note(verdict: Verdict, what: 'missed' | 'doubled', id: string, story: Story): void {
		verdict[what] += 1;
		verdict.wrong.push(`${what} ${id} ${JSON.stringify(story)} activated ${JSON.stringify(this.#activation)}`);
	}

	/** No poll gave it out that can have seen it. What was deleted before a poll must have looked cannot be given out. */
	#isMissed(id: string, { shownAtMs, version, isVisible }: Change, { givings, removedAtMs, changes }: Story): boolean {
		// Such a poll may leave it to the next one, if it was changed once more just then.
		const hasMoved = ({ fromMs, untilMs }: Poll) => changes.some((other) => other.shownAtMs > fromMs - SECOND_MS && other.shownAtMs <= untilMs);
		const looked = this.#polls.filter((poll) => poll.fromMs > shownAtMs && poll.untilMs < removedAtMs && !poll.leftOut.has(id) && !hasMoved(poll));
		if (looked.length <= this.#patience) return false;
		const shown = changes.filter((other) => other.isVisible && other.version <= version).at(-1)?.version ?? 0;
		return !givings.some((giving) => (isVisible ? giving.version >= shown && giving.untilMs >= shownAtMs : giving.untilMs >= shownAtMs));
	}

	/** Nothing had changed since it was given out before. */
	#isDoubled(index: number, { givings, changes }: Story): boolean {
		const [giving, before] = [givings[index], givings[index - 1]];
		if (!giving) return false;
		if (!before) return !changes.some(({ shownAtMs }) => shownAtMs > this.#activation.fromMs && shownAtMs <= giving.untilMs);
		if (this.#event === 'created') return true;
		if (giving.version !== before.version) return false;
		return !changes.some(({ isVisible, shownAtMs }) => !isVisible && shownAtMs > before.fromMs && shownAtMs <= giving.untilMs);
	}
}
