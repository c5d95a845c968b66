import { sleep } from 'n8n-workflow';

/**
 * Waits for a result, but no longer than until the user stops the execution; the work behind it goes on.
 *
 * @param whenCancelled what to give back in that case
 */
export async function unlessCancelled<T>(result: Promise<T>, signal: AbortSignal | undefined, whenCancelled: () => T): Promise<T> {
	if (!signal) return await result;
	const cancelled = Promise.withResolvers<T>();
	const cancel = () => cancelled.resolve(whenCancelled());
	if (signal.aborted) cancel();
	signal.addEventListener('abort', cancel);
	try {
		return await Promise.race([result, cancelled.promise]);
	} finally {
		signal.removeEventListener('abort', cancel);
	}
}

/** Sleeps, but not on when the user stops the execution. */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
	await unlessCancelled(sleep(ms), signal, () => undefined);
}
