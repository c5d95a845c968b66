import { failureOf, whyAborted } from '../../nodes/KingdeeJdy/gateway/errors/failures.ts';
import { AbortScope } from '../../nodes/KingdeeJdy/shared/concurrency/abortScope.ts';
import { localFailure } from '../../nodes/KingdeeJdy/shared/contract/outcomes.ts';
import { lost, refuse, silence } from '../emulator/replies.mts';
import { Emulator } from '../emulator/server.mts';
import { save } from '../helpers/jdy.mts';
import { RETRY } from '../helpers/settings.mts';

const items = (count: number) => Array.from({ length: count }, (_unused, index) => ({ no: `N${index}` }));
const bizType = 'ts_45465632434343';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ callsPerSecond: Infinity });
});
afterEach(async () => await emulator.stop());

describe('what holds a run back', () => {
	const refusal = localFailure('credential', 'refused');

	it('one account alone where its credentials are refused', () => {
		const abortScope = new AbortScope(undefined);
		const [left, right] = [abortScope.signalFor('left'), abortScope.signalFor('right')];
		abortScope.refuse('left', refusal);
		expect([left.aborted, right.aborted]).toEqual([true, false]);
		expect(whyAborted(left)).toMatchObject({ kind: 'stopped', outcome: 'notSent', message: 'Not sent, because the gateway refused the credentials: refused' });
		expect(abortScope.signalFor('left')).toBe(left);
	});

	it.each<[name: string, act: (abortScope: AbortScope, user: AbortController) => void, message: string]>([
		['a failure in stop mode', (abortScope) => abortScope.stop(), 'Not sent, because another item failed'],
		['the user', (_halt, user) => user.abort(), 'The execution was stopped'],
		['the first reason counts', (abortScope, user) => (abortScope.stop(), user.abort()), 'Not sent, because another item failed'],
	])('all accounts, those that come later too: %s', (_name, act, message) => {
		const user = new AbortController();
		const abortScope = new AbortScope(user.signal);
		const early = abortScope.signalFor('early');
		act(abortScope, user);
		for (const signal of [early, abortScope.signalFor('late')]) expect(whyAborted(signal).message).toBe(message);
		abortScope.close();
	});

	it('an execution that was stopped before it began', () => {
		expect(whyAborted(new AbortScope(AbortSignal.abort()).signalFor('any'))).toEqual(failureOf('cancelled', 'notSent', 'The execution was stopped'));
	});

	it('nothing once it is closed', () => {
		const user = new AbortController();
		const abortScope = new AbortScope(user.signal);
		const signal = abortScope.signalFor('any');
		abortScope.close();
		user.abort();
		expect(signal.aborted).toBe(false);
	});
});

describe('Stop with Retry On Fail', () => {
	it.each([1, 3, 10])('names every document of all tries, with %i at once', async (concurrency) => {
		emulator.gateway.settings.serviceMs = 5;
		emulator.chooseFault = ({ body }) => (/"N(6|13)"/.test(body) ? refuse(1030002000) : undefined);
		const { error } = await save(emulator, { items: items(20), parameters: { options: { concurrency } }, settings: RETRY });
		const booked = emulator.gateway.documents.all.map(({ data, id }) => ({ itemIndex: Number(String(data.no).slice(1)), bizType, id })).toSorted((a, b) => a.itemIndex - b.itemIndex);
		expect(new Set(booked.map(({ itemIndex }) => itemIndex)).size).toBe(booked.length);
		expect(error?.context).toMatchObject({ itemIndex: 6, savedCount: booked.length, saved: booked });
		expect(booked.length).toBeGreaterThanOrEqual(6);
		for (const { itemIndex, id } of booked) expect(error?.description).toContain(`item ${itemIndex} (${bizType}, ID ${id})`);
	});

	it('names what an earlier try left unknown as well', async () => {
		let refusals = 0;
		emulator.chooseFault = ({ body }) => {
			if (/"N1"/.test(body)) return lost();
			return /"N0"/.test(body) && ++refusals < 3 ? refuse(1030002000) : undefined;
		};
		emulator.gateway.settings.serviceMs = 10;
		const { error } = await save(emulator, { items: items(4), parameters: { options: { concurrency: 2 } }, settings: RETRY });
		const tellsOf = error?.context as { itemIndex: number; saved: Array<{ itemIndex: number }>; unknown: Array<{ itemIndex: number }> };
		expect([tellsOf.itemIndex, ...tellsOf.unknown.map(({ itemIndex }) => itemIndex)]).toContain(1);
		expect(emulator.ledger.filter(({ body }) => /"N1"/.test(body))).toHaveLength(1);
		expect(tellsOf.saved.length + 1).toBe(emulator.savedIds.length);
	});
});

describe('the stop button', () => {
	it.each([
		['the node has stopped at a failure', {}, refuse(1030002000)],
		['the credentials were refused', { onError: 'continueRegularOutput' } as const, refuse(4008)],
	])('ends what is under way even after %s', async (_name, settings, fault) => {
		let stop: () => void = () => undefined;
		emulator.chooseFault = ({ body }) => {
			if (/"N1"/.test(body)) return silence(true);
			setTimeout(() => stop(), 60);
			return fault;
		};
		const startedAtMs = performance.now();
		await save(emulator, { items: items(5), parameters: { options: { concurrency: 2, timeout: 5000 } }, settings, onStart: (cancel) => (stop = cancel) });
		expect(performance.now() - startedAtMs).toBeLessThan(3000);
		expect(emulator.ledger).toHaveLength(2);
	});
});
