import { randomInt } from 'node:crypto';

import type { Clock } from './types';

const MAX_NONCE = 2 ** 47;

/** The machine's own clock and its random numbers. */
export const systemClock: Clock = {
	now: () => Date.now(),
	nonce: () => String(randomInt(1, MAX_NONCE)),
};

/** How far each gateway's clock is ahead of the machine's, in ms, where one has complained. */
const offsets = new Map<string, number>();

/** The timestamp that a gateway expects: 13 digits, valid for 5 minutes. [D] */
export function timestampFor(gatewayOrigin: string, nowMs: number): string {
	return String(nowMs + (offsets.get(gatewayOrigin) ?? 0));
}

/**
 * Learns the gateway's time from the `Date` header of an answer that refused a timestamp.
 *
 * @returns whether there was a time to learn
 */
export function correctClock(gatewayOrigin: string, date: string | null, nowMs: number): boolean {
	const gatewayMs = Date.parse(date ?? '');
	if (Number.isNaN(gatewayMs)) return false;
	offsets.set(gatewayOrigin, gatewayMs - nowMs);
	return true;
}
