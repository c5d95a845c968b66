/** The node's setting under which a failed item goes to the error output and the others go on. */
export const CONTINUE = { onError: 'continueErrorOutput' } as const;

/** So many items that differ in their number, from 0. */
export function items(count: number): Array<{ no: number }> {
	return Array.from({ length: count }, (_unused, no) => ({ no }));
}

/** Retry On Fail, without the second that n8n waits between two tries where nothing is said, or 0. */
export const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } as const;
