import { stateSlot } from '../../gateway/state';

/** When to look for what a call without a clear answer has done; what is sent may reach the books after its call has ended [?]. */
interface LookUpState {
	/** In ms after the call ended; a test has no time to wait as long. */
	timesMs: readonly number[];
}

const LOOK_UP_TIMES_MS = [0, 5_000, 15_000, 30_000];

export const lookUpState = stateSlot((): LookUpState => ({ timesMs: LOOK_UP_TIMES_MS }));
