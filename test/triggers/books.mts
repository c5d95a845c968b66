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

/** By then no clock and no delay excuses a poll. */
const SETTLED_MS = 200_000;

/** What changed less than this before a poll may be later than where its window ends: the last second that has surely passed. */
const AHEAD_MS = 3_000;

/** Keeps book of what changed and what was given out, and judges the trigger by nothing else. */
export class Books {
	readonly #stories = new Map<string, Story>();
	readonly #event: 'changed' | 'created';
	/** Whether the trigger can know what time it is where documents are stamped. */
	readonly #knowsTime: boolean;
	/** The first poll: what changed meanwhile may count as before it, or as after it. */
	#activation = { fromMs: Infinity, untilMs: Infinity };
	/** Polls that ended well and left nothing for the next ones. */
	readonly #polls: Array<{ fromMs: number; untilMs: number }> = [];

	constructor(event: 'changed' | 'created', knowsTime: boolean) {
		this.#event = event;
		this.#knowsTime = knowsTime;
	}

	activated(poll: { fromMs: number; untilMs: number }): void {
		this.#activation = poll;
	}

	polled(poll: { fromMs: number; untilMs: number }): void {
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
			for (const change of told) if (this.#isMissed(change, story)) this.#note(verdict, 'missed', id, story);
			for (const [index] of story.givings.entries()) if (this.#isDoubled(index, story)) this.#note(verdict, 'doubled', id, story);
		}
		return verdict;
	}

	#note(verdict: Verdict, what: 'missed' | 'doubled', id: string, story: Story): void {
		verdict[what] += 1;
		verdict.wrong.push(`${what} ${id} ${JSON.stringify(story)} activated ${JSON.stringify(this.#activation)}`);
	}

	/** No poll gave it out that can have seen it. What was deleted before a poll must have looked cannot be given out. */
	#isMissed({ shownAtMs, version, isVisible }: Change, { givings, removedAtMs, changes }: Story): boolean {
		// A list tells the last change only: by a clock that is behind, a document that is changed again and again is always ahead.
		const settledAtMs = (untilMs: number) => SETTLED_MS + (this.#knowsTime ? shownAtMs : Math.max(shownAtMs, ...changes.map((other) => other.shownAtMs).filter((atMs) => atMs <= untilMs)));
		// Such a poll must have shown it, unless the document was changed once more just then: it was ahead of the window.
		const wasAhead = (fromMs: number, untilMs: number) => changes.some((other) => other.shownAtMs > fromMs - AHEAD_MS && other.shownAtMs <= untilMs);
		if (!this.#polls.some(({ fromMs, untilMs }) => fromMs > settledAtMs(untilMs) && untilMs < removedAtMs && !wasAhead(fromMs, untilMs))) return false;
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
