import type { Gateway } from '../../gateway/call';
import type { Remembered } from '../state/remembered';

/** A date that is further away is more likely wrong than the machine. */
const MAX_OFFSET_MS = 400 * 24 * 60 * 60 * 1000;

/** A date has whole seconds, and was on its way: single answers differ by as much. */
export const UNSURE_MS = 2_000;

/**
 * The same gateway, with an eye on the `Date` of each answer: JDY stamps its documents with its own clock, which may differ
 * from that of the machine that runs n8n.
 */
export function watchingClock(gateway: Gateway, { clockOffsets }: Remembered): Gateway {
	const { gatewayOrigin } = gateway.credential;
	return {
		...gateway,
		send: async (request, options) => {
			const result = await gateway.send(request, options);
			// The gateway's clock is at least as far ahead as this.
			const offsetMs = result.type === 'answer' ? Date.parse(result.answer.headers.date ?? '') - gateway.clock.now() : NaN;
			const known = clockOffsets.get(gatewayOrigin) ?? -Infinity;
			const isSame = known >= offsetMs && known - offsetMs <= UNSURE_MS;
			if (Math.abs(offsetMs) <= MAX_OFFSET_MS && !isSame) clockOffsets.set(gatewayOrigin, offsetMs);
			return result;
		},
	};
}

/**
 * A moment of the machine's clock on that of the gateway, by the last answers: at most `UNSURE_MS` later than it is
 * there. If no answer has had a date yet, both are taken for the same.
 */
export function onGatewayClock(atMs: number, { credential }: Gateway, { clockOffsets }: Remembered): number {
	return atMs + (clockOffsets.get(credential.gatewayOrigin) ?? 0);
}
