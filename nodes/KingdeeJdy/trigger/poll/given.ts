import type { Entry } from './entries';

/**
 * What a poll has given out, by the keys of the documents: a digest of the rows, and behind a dot one of the whole document
 * where that was given out. No document was stamped later than `untilMs` then.
 */
export interface Given {
	untilMs: number;
	digests: Record<string, string>;
	/** Set where the documents were read when they had been changed once more: they come again with the window of that time. */
	keepUntilMs?: number;
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
	document: string | undefined;
}

/** Digests as they are remembered. */
export function written({ digest, document }: Entry): string {
	return document === undefined ? digest : `${digest}.${document}`;
}

export function readDigests(text: string): { digest: string; document: string | undefined } {
	const [digest = '', document] = text.split('.');
	return { digest, document };
}

function knownIn(given: readonly Given[]): Map<string, Known> {
	return new Map(
		given.flatMap(({ untilMs, digests }) =>
			Object.entries(digests).map(([key, text]): [string, Known] => [key, { untilMs, ...readDigests(text) }]),
		),
	);
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
		if (!before) sifted.fresh.push(entry);
		else if (event === 'changed' && before.digest !== entry.digest) sifted.fresh.push({ ...entry, documentBefore: before.document });
		else if (event === 'changed' && !tellsTime(entry))
			sifted.doubtful.set(before.untilMs, [...(sifted.doubtful.get(before.untilMs) ?? []), entry]);
	}
	return sifted;
}

/**
 * What has to be remembered from now on: as long as a document could come again without a change, which is while the next
 * window begins no later than it may have been stamped. Oldest first.
 */
export function remember(given: readonly Given[], fresh: readonly Entry[], poll: Omit<Given, 'digests'>, fromMs: number): Given[] {
	const now = new Map(fresh.map((entry) => [entry.key, written(entry)]));
	const before = given.flatMap((earlier) => {
		const digests = Object.fromEntries(Object.entries(earlier.digests).filter(([key]) => !now.has(key)));
		return (earlier.keepUntilMs ?? earlier.untilMs) < fromMs || Object.keys(digests).length === 0 ? [] : [{ ...earlier, digests }];
	});
	return now.size === 0 ? before : [...before, { ...poll, digests: Object.fromEntries(now) }].sort((a, b) => a.untilMs - b.untilMs);
}
