import { readDigests } from '../entries';
import type { Entry } from '../entries';
import type { Event } from '../filters';
import type { Emitted } from './cursor';

interface Sifted {
	/** To be emitted: new, or with other rows than before. */
	fresh: Entry[];
	/** With the same rows as emitted, by `untilMs` of those: either the same again, or changed in what no row shows. */
	doubtful: Map<number, Entry[]>;
}

/** Whether a row has the time of its change: then it differs after any change. */
function tellsTime({ rows }: Entry): boolean {
	return rows.every(({ modify_time: time }) => typeof time === 'string' && time !== '');
}

/** Tells what was emitted before from what was not. */
export function sift(entries: readonly Entry[], emitted: Emitted, event: Event): Sifted {
	const sifted: Sifted = { fresh: [], doubtful: new Map() };
	for (const entry of entries) {
		const before = emitted.get(entry.key);
		if (!before) {
			sifted.fresh.push(entry);
			continue;
		}
		if (event === 'created') continue;
		const { digest, document } = readDigests(before.digests);
		const known = { ...entry, documentBefore: document };
		if (digest !== entry.digest) sifted.fresh.push(known);
		else if (!tellsTime(entry)) {
			const group = sifted.doubtful.get(before.untilMs);
			if (group) group.push(known);
			else sifted.doubtful.set(before.untilMs, [known]);
		}
	}
	return sifted;
}
