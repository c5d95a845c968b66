import { correctClock, timestampFor } from '../../nodes/KingdeeJdy/gateway/signing/clock.ts';
import { createState } from '../../nodes/KingdeeJdy/gateway/state.ts';
import { answerWith } from '../emulator/replies.mts';
import { Emulator } from '../emulator/server.mts';
import { demoAccount } from '../emulator/settings.mts';
import { appKeyCredential } from '../helpers/credentials.mts';
import { callsOf, stateOf, save } from '../helpers/jdy.mts';
import { HOUR_MS } from '../helpers/time.mts';

const ORIGIN = 'https://api.kingdee.com';
const NOW = Date.UTC(2026, 10, 22, 11, 0, 0);
const DAY_MS = 24 * HOUR_MS;

const utc = (ms: number) => new Date(ms).toUTCString();

/** Dates that no gateway's clock shows. */
const ABSURD: Array<[name: string, date: string | null]> = [
	['none', null],
	['an empty one', ''],
	['the year 1970', utc(0)],
	['the year 1900', 'Mon, 01 Jan 1900 00:00:00 GMT'],
	['the year 9999', 'Fri, 31 Dec 9999 23:59:59 GMT'],
	['0', '0'],
	['a number', '1790000000000'],
	['words', 'yesterday'],
	['a date that does not exist', 'Sun, 99 Nov 2026 11:00:00 GMT'],
	['five years ago', utc(NOW - 5 * 365 * DAY_MS)],
];

describe('the offset of a clock', () => {
	it.each(ABSURD)('is not believed from a date that is absurd: %s', (_name, date) => {
		const state = createState();
		expect(correctClock(state, ORIGIN, date, NOW)).toBe(false);
		expect(timestampFor(state, ORIGIN, NOW)).toBe(String(NOW));
		// One that was believed before has just been refused.
		correctClock(state, ORIGIN, utc(NOW + HOUR_MS), NOW);
		expect(correctClock(state, ORIGIN, date, NOW)).toBe(true);
		expect(timestampFor(state, ORIGIN, NOW)).toBe(String(NOW));
	});

	it.each([-300 * DAY_MS, -DAY_MS, -HOUR_MS, 0, HOUR_MS, DAY_MS, 300 * DAY_MS])('is believed where it is %i ms, and each refusal corrects it again', (offsetMs) => {
		const state = createState();
		for (const ms of [offsetMs, -offsetMs, offsetMs]) {
			expect(correctClock(state, ORIGIN, utc(NOW + ms), NOW)).toBe(true);
			expect(timestampFor(state, ORIGIN, NOW)).toBe(String(NOW + ms));
		}
	});

	it('belongs to one gateway', () => {
		const state = createState();
		correctClock(state, ORIGIN, utc(NOW + HOUR_MS), NOW);
		expect(timestampFor(state, 'https://other.example', NOW)).toBe(String(NOW));
	});
});

describe('a timestamp that is refused', () => {
	let emulator: Emulator;
	let offsetMs = 0;
	beforeEach(async () => {
		offsetMs = 0;
		emulator = await Emulator.start({ now: () => Date.now() + offsetMs });
	});
	afterEach(async () => await emulator.stop());

	it.each(ABSURD.filter(([, date]) => date !== null))('with an absurd date spoils no later save: %s', async (_name, date) => {
		emulator.chooseFault = (_request, index) => (index === 0 ? answerWith(519, { errcode: 4006, description: 'timestamp' }, { headers: { Date: String(date) } }) : undefined);
		const first = await save(emulator, { items: [{}] });
		expect(first.error?.context).toMatchObject({ errcode: 4006, outcome: 'rejected' });
		expect((await save(emulator, { items: [{}, {}] })).saved).toHaveLength(2);
		expect(callsOf(emulator).save).toBe(3);
	});

	it('because of a date that was believed wrongly is corrected by the next one', async () => {
		emulator.chooseFault = (_request, index) => (index === 0 ? answerWith(519, { errcode: 4006, description: 'timestamp' }, { headers: { Date: utc(Date.now() + 30 * DAY_MS) } }) : undefined);
		const { saved } = await save(emulator, { items: [{}, {}] });
		// The first is sent with the wrong clock, is refused once more, and gives up: a remedy is used once for a call.
		const second = await save(emulator, { items: [{}] });
		expect([saved.length, second.saved.length]).toEqual([0, 1]);
	});

	it.each([-7 * HOUR_MS, 26 * HOUR_MS])('because the machine is %i ms off is corrected at once, and again when that changes', async (ms) => {
		offsetMs = ms;
		expect((await save(emulator, { items: [{}, {}] })).saved).toHaveLength(2);
		expect(callsOf(emulator).save).toBe(3);
		offsetMs = 0;
		expect((await save(emulator, { items: [{}, {}] })).saved).toHaveLength(2);
		expect(callsOf(emulator).save).toBe(6);
	});

	it('on the token call is corrected as well', async () => {
		offsetMs = 2 * HOUR_MS;
		emulator.gateway.settings.tokenCallsPerMinute = 10;
		expect((await save(emulator, { items: [{}], credential: appKeyCredential(emulator, demoAccount) })).saved).toHaveLength(1);
		expect(stateOf(emulator).clockOffsets.size).toBe(1);
	});
});
