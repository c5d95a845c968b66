import { UNSURE_MS } from './clock';
import { remember } from './given';
import type { Given } from './given';
import { positionAfter, readSpan, wasWrong } from './readWindow';
import type { Position, Watch } from './readWindow';
import type { Read } from './timedList';
import { OVERLAP_MS, lastSecond, startOf } from './window';

/** How often the end of what is there by now is looked for, where answers take longer than the seconds that they tell. */
const MAX_TRIES = 5;

/**
 * What has been there before although it is stamped later than the last second that has surely passed: in this very second, or
 * by a clock that is ahead. The two are kept apart, because what a poll remembers up to a moment may change without a trace in
 * its row until then: that moment must not be later than needed.
 */
async function ahead(watch: Watch, given: Given[], untilMs: number): Promise<Read<Given[]>> {
	let remembered = given;
	let fromMs = untilMs + 1;
	for (let tries = 1; ; tries++) {
		const nowMs = lastSecond(watch.now()) + 2 * UNSURE_MS;
		const near = await readSpan(watch.list, { fromMs, untilMs: nowMs });
		if ('failure' in near) return near;
		remembered = remember(remembered, near.value, { untilMs: nowMs }, -Infinity);
		fromMs = nowMs + 1;
		const farMs = nowMs + OVERLAP_MS;
		const far = await readSpan(watch.list, { fromMs, untilMs: farMs });
		if ('failure' in far) return far;
		if (watch.now() <= nowMs || tries === MAX_TRIES) return { value: remember(remembered, far.value, { untilMs: farMs }, -Infinity) };
	}
}

/** Where the reading of a list that was never read before starts: whatever it shows by now has been there before. */
export async function startHere(watch: Watch): Promise<Read<Position>> {
	let untilMs: number;
	let entries: Awaited<ReturnType<typeof readSpan>>;
	let readings = 0;
	do {
		untilMs = lastSecond(watch.startedAt());
		entries = await readSpan(watch.list, { fromMs: startOf(Infinity, untilMs), untilMs });
		if ('failure' in entries) return entries;
		readings += 1;
	} while (readings === 1 && wasWrong(watch, untilMs));
	const given = await ahead(watch, remember([], entries.value, { untilMs }, -Infinity), untilMs);
	if ('failure' in given) return given;
	return { value: { ...positionAfter({ fromMs: untilMs, untilMs }, watch), given: given.value } };
}
