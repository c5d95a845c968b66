import { alarmAfter, onAbort, pause } from '../../../nodes/KingdeeJdy/gateway/waiting/timing.ts';

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

	it('ends in time, and leaves no timer', async () => {
		const { signal } = new AbortController();
		const paused = pause(5000, signal).then(() => 'ended');
		await jest.advanceTimersByTimeAsync(4999);
		expect(await Promise.race([paused, Promise.resolve('waits')])).toBe('waits');
		await jest.advanceTimersByTimeAsync(1);
		expect(await paused).toBe('ended');
		expect(jest.getTimerCount()).toBe(0);
	});

	it('adds no listener to a signal that has one from earlier', async () => {
		const { signal } = new AbortController();
		const added = jest.spyOn(signal, 'addEventListener');
		for (let no = 0; no < 20; no++) {
			const paused = pause(1000, signal);
			await jest.advanceTimersByTimeAsync(1000);
			await paused;
		}
		expect(added).toHaveBeenCalledTimes(1);
	});

	it('does not begin where the signal has aborted before', async () => {
		await pause(60_000, AbortSignal.abort());
		expect(jest.getTimerCount()).toBe(0);
	});
});

describe('what watches a signal', () => {
	it('is called once when it aborts, in order, unless it has given up', () => {
		const stop = new AbortController();
		const called: string[] = [];
		onAbort(stop.signal, () => called.push('first'));
		const giveUp = onAbort(stop.signal, () => called.push('given up'));
		onAbort(stop.signal, () => called.push('last'));
		giveUp();
		stop.abort();
		stop.abort();
		expect(called).toEqual(['first', 'last']);
	});

	it('may give up what comes after it', () => {
		const stop = new AbortController();
		const called: string[] = [];
		let giveUp = () => {};
		onAbort(stop.signal, () => giveUp());
		giveUp = onAbort(stop.signal, () => called.push('given up'));
		stop.abort();
		expect(called).toEqual([]);
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
