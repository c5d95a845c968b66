import { randomInt } from 'node:crypto';

import type { GatewayState } from '../state';
import type { Clock, SendResult } from '../types';

const MAX_NONCE = 2 ** 47;

/** Clocks that differ by more are not corrected: such a date is more likely wrong than the machine. */
const MAX_OFFSET_MS = 400 * 24 * 60 * 60 * 1000;

/** The machine's own clock and its random numbers. */
export const systemClock: Clock = {
	now: () => Date.now(),
	nonce: () => String(randomInt(1, MAX_NONCE)),
	random: () => Math.random(),
};

/** The timestamp that a gateway expects: 13 digits, valid for 5 minutes. [D] */
export function timestampFor({ clockOffsets }: GatewayState, gatewayOrigin: string, nowMs: number): string {
	return String(nowMs + (clockOffsets.get(gatewayOrigin) ?? 0));
}

/** Notes the gateway's time by the `Date` of an answer. */
export function noteDate({ dateOffsets }: GatewayState, gatewayOrigin: string, result: SendResult, nowMs: number): void {
	const offsetMs = result.type === 'answer' ? Date.parse(result.answer.headers.date ?? '') - nowMs : NaN;
	if (Math.abs(offsetMs) <= MAX_OFFSET_MS) dateOffsets.set(gatewayOrigin, offsetMs);
}

/**
 * Learns the gateway's time from the `Date` header of an answer that refused a timestamp. If no date can be believed,
 * what was learned before is forgotten: it has just been refused.
 *
 * @returns whether the next timestamp will be another one
 */
export function correctClock({ clockOffsets }: GatewayState, gatewayOrigin: string, date: string | null, nowMs: number): boolean {
	const offsetMs = Date.parse(date ?? '') - nowMs;
	if (!(Math.abs(offsetMs) <= MAX_OFFSET_MS)) return clockOffsets.delete(gatewayOrigin);
	clockOffsets.set(gatewayOrigin, offsetMs);
	return true;
}
