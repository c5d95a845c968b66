import type { PollResult } from '../ask';
import type { CursorUpdate } from '../changeSource';
import { readChosen } from './chooseSpan';
import type { Cursor, EmittedDocument } from './cursor';
import { MAX_REMEMBERED, forget, note, tooMany } from './remember';
import { readAhead } from './stamps';
import type { Watch } from './watch';
import { AHEAD_MS, MARGIN_MS, startOfSecond } from './window';

/** Tells up to when a document is stamped: no later than needed, because until then it may change without a trace in its row. */
async function stampsOf(watch: Watch, endMs: number): Promise<PollResult<(key: string) => Pick<EmittedDocument, 'untilMs' | 'keepUntilMs'>>> {
	const recent = await watch.lists.readByEvent({ fromMs: endMs - MARGIN_MS + 1, untilMs: endMs + AHEAD_MS });
	if ('failure' in recent) return recent;
	const ahead = await readAhead(watch, endMs);
	if ('failure' in ahead) return ahead;
	const { near, nearUntilMs, far, farUntilMs, byCreation } = ahead.value;
	const recentKeys = new Set(recent.value.map(({ key }) => key));
	const untilMs = (key: string): number => {
		if (far.has(key)) return farUntilMs;
		if (near.has(key)) return nearUntilMs;
		return recentKeys.has(key) ? endMs : endMs - MARGIN_MS;
	};
	return { value: (key) => ({ untilMs: untilMs(key), keepUntilMs: byCreation.has(key) ? farUntilMs : undefined }) };
}

/** Where the reading of a list that was never read before starts: whatever it shows by now is not new. */
export async function startHere(watch: Watch): Promise<PollResult<CursorUpdate<Cursor>>> {
	const fromMs = (endMs: number) => startOfSecond(endMs - watch.lookBackMs - MARGIN_MS);
	const chosen = await readChosen({ ...watch, maxRows: Infinity }, { fromMs, readUntilMs: Infinity, maxRemembered: MAX_REMEMBERED });
	if ('failure' in chosen) return chosen;
	const { entries, heads, endMs } = chosen.value;
	const stamps = await stampsOf(watch, endMs);
	if ('failure' in stamps) return stamps;
	const emitted = new Map<string, EmittedDocument>();
	for (const entry of entries) note(emitted, entry, stamps.value(entry.key));
	const wantedFromMs = fromMs(endMs);
	const cursor = { fromMs: forget(emitted, heads.span.fromMs, endMs), untilMs: endMs, readAtMs: watch.startedAt(), emitted };
	return { value: { cursor, warnings: cursor.fromMs > wantedFromMs ? [tooMany(cursor.fromMs)] : [] } };
}
