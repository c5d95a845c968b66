import { whyAborted } from '../failures';
import type { Place, Refresh } from '../memory';
import { unlessAborted } from '../transport/timing';
import type { HeldResult } from './refresh';

function begin(place: Place, start: (signal: AbortSignal) => Promise<HeldResult>, isPatient: boolean): Refresh {
	const abort = new AbortController();
	const under: Refresh = {
		abort,
		isPatient,
		waiting: 0,
		result: start(abort.signal)
			.then((result) => {
				if ('session' in result) place.session = result.session;
				return result;
			})
			.finally(() => {
				if (place.refresh === under) place.refresh = undefined;
			}),
	};
	// Whoever still waits sees an error; that nobody does is no reason to end the process.
	under.result.catch(() => undefined);
	return under;
}

/**
 * Runs one refresh for all who ask meanwhile. When the last of them has stopped waiting, it sends nothing more.
 */
export async function sharedRefresh(
	place: Place,
	signal: AbortSignal | undefined,
	start: (signal: AbortSignal) => Promise<HeldResult>,
	isPatient = false,
): Promise<HeldResult> {
	const under = (place.refresh ??= begin(place, start, isPatient));
	under.waiting += 1;
	try {
		return await unlessAborted<HeldResult>(under.result, signal, () => ({ failure: whyAborted(signal ?? AbortSignal.abort()) }));
	} finally {
		under.waiting -= 1;
		if (under.waiting === 0) {
			if (place.refresh === under) place.refresh = undefined;
			under.abort.abort();
		}
	}
}
