import type { Fault } from '../emulator/faults.mts';
import { html, lost, refuse, silence, tooMany } from '../emulator/replies.mts';
import { Emulator } from '../emulator/server.mts';
import { save } from '../helpers/jdy.mts';
import { items } from '../helpers/settings.mts';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start({ callsPerSecond: Infinity });
});
afterEach(async () => await emulator.stop());

/** What becomes of each item, by its number. */
function strike(faults: Record<number, Fault>): void {
	emulator.chooseFault = ({ body }) => faults[(JSON.parse(body) as { data: { no: number } }).data.no];
}

describe('the error of a run that stops', () => {
	it('is thrown with the details in its context, and nothing more is sent', async () => {
		strike({ 1: refuse(1030002000, '字段缺失 ENOENT') });
		const { error, run } = await save(emulator, { items: items(3) });
		expect(run.status).toBe('error');
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: '字段缺失 ENOENT',
			description: expect.stringMatching(/required field/),
			context: { itemIndex: 1, outcome: 'rejected', errcode: 1030002000, requestId: null, bizType: 'ts_45465632434343' },
		});
		expect(emulator.ledger).toHaveLength(2);
	});

	it('says what was saved before it', async () => {
		strike({ 52: refuse(1030002000, 'missing') });
		const { error } = await save(emulator, { items: items(60) });
		const { savedCount, saved } = error?.context as { savedCount: number; saved: unknown[] };
		expect([savedCount, saved.length]).toEqual([52, 50]);
		expect(saved[1]).toEqual({ itemIndex: 1, bizType: 'ts_45465632434343', id: '1700000000000000002' });
		expect(error?.description).toMatch(/Saved before, so do not send them again: 52 documents: item 0 \(ts_45465632434343, ID 1700000000000000001\), item 1 .* and 2 more\.$/);
	});

	it.each([
		['a refused client', refuse(4002), { cause: 'credential-invalid' }],
		['a token that has ended', refuse(4011), { cause: 'credential-invalid' }],
		['HTTP 401', html(401), { cause: 'credential-invalid' }],
		['a missing permission', refuse(4012), { cause: 'configuration-invalid' }],
		['a missing field', refuse(1030002000), { cause: 'configuration-invalid' }],
		['a rule of JDY', refuse(2016013001), { cause: 'configuration-invalid' }],
		['too many calls', refuse(429), { cause: 'rate-limited', retryAfterMs: 60_000 }],
		['too many calls, and for how long', tooMany('7'), { cause: 'rate-limited', retryAfterMs: 7000 }],
		['a service that is down', html(503), { cause: 'temporarily-unavailable' }],
		['an answer that never came', silence(), { cause: 'temporarily-unavailable' }],
	])('the error of %s tells n8n its cause', async (_name, fault, failure) => {
		emulator.chooseFault = () => fault;
		const { error } = await save(emulator, { items: [{}], parameters: { options: { maxAttempts: 1, timeout: 500 } } });
		expect(error).toMatchObject({ name: 'NodeApiError', failure });
	});

	it('so does that of an item that cannot be sent', async () => {
		const { error } = await save(emulator, { items: [{}], parameters: { bizType: ' ' } });
		expect(error).toMatchObject({ name: 'NodeOperationError', failure: { cause: 'configuration-invalid' } });
		expect(emulator.connections).toBe(0);
	});
});

describe('a run that stops with several documents under way', () => {
	it('tells of those that may have been saved, beside the one that failed', async () => {
		strike({ 0: refuse(1030002000, 'refused'), 1: lost(), 2: lost() });
		const { error } = await save(emulator, { items: items(3), parameters: { options: { concurrency: 3 } } });
		const bizType = 'ts_45465632434343';
		expect(error?.context).toMatchObject({ itemIndex: 0, outcome: 'rejected', unknown: [{ itemIndex: 1, bizType }, { itemIndex: 2, bizType }] });
		expect(error?.description).toContain(`may have been saved; look in JDY before you send them again: item 1 (${bizType}), item 2 (${bizType}).`);
	});

	it('does not send what waits for a slot, and names the item that failed', async () => {
		strike({ 1: refuse(1030002000, 'refused') });
		const { error } = await save(emulator, { items: items(4), parameters: { options: { concurrency: 4, callsPerMinute: 2 } } });
		expect(error?.context).toMatchObject({ itemIndex: 1, errcode: 1030002000, savedCount: 1 });
		expect(emulator.ledger).toHaveLength(2);
	});

	it('does not send what waits to be sent once more', async () => {
		strike({ 0: tooMany('60'), 1: refuse(1030002000, 'refused') });
		emulator.gateway.settings.serviceMs = 20;
		const { error } = await save(emulator, { items: items(2), parameters: { options: { concurrency: 2 } } });
		expect(error?.context).toMatchObject({ itemIndex: 0, outcome: 'rejected' });
		expect(emulator.ledger).toHaveLength(2);
	});
});
