import { randomInt } from 'node:crypto';

import type { Clock } from './types';

const MAX_NONCE = 2 ** 47;

/** The machine's own clock and its random numbers. */
export const systemClock: Clock = {
	now: () => Date.now(),
	nonce: () => String(randomInt(1, MAX_NONCE)),
};
