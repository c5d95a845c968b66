import { alarmAfter, pause } from '../../../nodes/KingdeeJdy/gateway/transport/timing.ts';

describe('a pause', () => {
	beforeEach(() => jest.useFakeTimers());
	afterEach(() => jest.useRealTimers());

	it('leaves no timer when it is aborted', async () => {
		const stop = new AbortController();
		const pauses = Array.from({ length: 20 }, () => pause(60_000, stop.signal));
		expect(jest.getTimerCount()).toBe(20);
		stop.abort();
		await Promise.all(pauses);
		expect(jest.getTimerCount()).toBe(0);
	});

	it('ends in time, and leaves no timer and no listener', async () => {
		const { signal } = new AbortController();
		const added = jest.spyOn(signal, 'addEventListener');
		const removed = jest.spyOn(signal, 'removeEventListener');
		const paused = pause(5000, signal).then(() => 'ended');
		await jest.advanceTimersByTimeAsync(4999);
		expect(await Promise.race([paused, Promise.resolve('waits')])).toBe('waits');
		await jest.advanceTimersByTimeAsync(1);
		expect(await paused).toBe('ended');
		expect(jest.getTimerCount()).toBe(0);
		expect(removed.mock.calls.length).toBe(added.mock.calls.length);
	});

	it('does not begin where the signal has aborted before', async () => {
		await pause(60_000, AbortSignal.abort());
		expect(jest.getTimerCount()).toBe(0);
	});
});

describe('an alarm', () => {
	it('rings once, in the order of the times, and not at all when it is cancelled', async () => {
		const rung: string[] = [];
		alarmAfter(60, () => rung.push('late'));
		const cancel = alarmAfter(20, () => rung.push('cancelled'));
		alarmAfter(10, () => rung.push('early'));
		cancel();
		await pause(150, undefined);
		expect(rung).toEqual(['early', 'late']);
	});
});
