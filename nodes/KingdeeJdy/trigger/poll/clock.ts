import type { Gateway } from '../../gateway/call';
import type { Remembered } from '../remembered';

/** A date that is further away is more likely wrong than the machine. */
const MAX_OFFSET_MS = 400 * 24 * 60 * 60 * 1000;

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
			// A date tells whole seconds and was on its way: the gateway's clock is at least as far ahead as this.
			const offsetMs = result.type === 'answer' ? Date.parse(result.answer.headers.date ?? '') - gateway.clock.now() : NaN;
			if (Math.abs(offsetMs) <= MAX_OFFSET_MS) clockOffsets.set(gatewayOrigin, offsetMs);
			return result;
		},
	};
}

/**
 * A moment of the machine's clock on that of the gateway, as the last answer told it: never later than it really is there.
 * Where no answer has told the time yet, both are taken for the same.
 */
export function onGatewayClock(atMs: number, { credential }: Gateway, { clockOffsets }: Remembered): number {
	return atMs + (clockOffsets.get(credential.gatewayOrigin) ?? 0);
}
