import type { CallOptions } from '../../gateway/call';
import type { Sending } from '../contract/sending';
import type { AbortScope } from './abortScope';

/** How a call of a run is made: with the options of its item, until the run ends for it. */
export function callOptions(sending: Sending, { isHurried, cancelSignal, signal: ofRun }: AbortScope, signal: AbortSignal = ofRun): CallOptions {
	return { ...sending, isBrief: isHurried && !sending.areAttemptsSet, signal, cancelSignal };
}
