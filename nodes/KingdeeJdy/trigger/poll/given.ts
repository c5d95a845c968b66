import type { Entry } from './entries';

/** What a poll has given out: digests by the keys of the documents. No document was stamped later than `untilMs` then. */
export interface Given {
	untilMs: number;
	digests: Record<string, string>;
}

export type Event = 'changed' | 'created';

export interface Sifted {
	/** To be given out: new, or with other rows than before. */
	fresh: Entry[];
	/** With the same rows as those that a poll up to that moment gave out: either those again, or changed in what no row shows. */
	doubtful: Map<number, Entry[]>;
}

interface Known {
	untilMs: number;
	digest: string;
}

function knownIn(given: readonly Given[]): Map<string, Known> {
	return new Map(given.flatMap(({ untilMs, digests }) => Object.entries(digests).map(([key, digest]): [string, Known] => [key, { untilMs, digest }])));
}

/** Whether a row tells when it was changed: then it differs after any change. */
function tellsTime({ rows }: Entry): boolean {
	return rows.every(({ modify_time: time }) => typeof time === 'string' && time !== '');
}

/** Tells what was given out before from what was not. */
export function sift(entries: readonly Entry[], given: readonly Given[], event: Event): Sifted {
	const known = knownIn(given);
	const sifted: Sifted = { fresh: [], doubtful: new Map() };
	for (const entry of entries) {
		const before = known.get(entry.key);
		if (!before || (event === 'changed' && before.digest !== entry.digest)) sifted.fresh.push(entry);
		else if (event === 'changed' && !tellsTime(entry)) sifted.doubtful.set(before.untilMs, [...(sifted.doubtful.get(before.untilMs) ?? []), entry]);
	}
	return sifted;
}

/**
 * What has to be remembered from now on: as long as a document could come again without a change, which is while the next
 * window begins no later than it may have been stamped. Oldest first.
 */
export function remember(given: readonly Given[], fresh: readonly Entry[], untilMs: number, fromMs: number): Given[] {
	const now = new Map(fresh.map(({ key, digest }) => [key, digest]));
	const before = given.flatMap((poll) => {
		const digests = Object.fromEntries(Object.entries(poll.digests).filter(([key]) => !now.has(key)));
		return poll.untilMs < fromMs || Object.keys(digests).length === 0 ? [] : [{ ...poll, digests }];
	});
	return now.size === 0 ? before : [...before, { untilMs, digests: Object.fromEntries(now) }].sort((a, b) => a.untilMs - b.untilMs);
}
