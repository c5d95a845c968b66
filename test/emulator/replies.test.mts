import { Desk } from './client.mts';
import type { Fault } from './faults.mts';
import { answerWith, drip, half, html, refuse, succeed } from './replies.mts';

const desk = new Desk();
beforeEach(async () => await desk.start());
afterAll(async () => await desk.stop());

it.each<[string, Fault, number, string, number]>([
	['a refusal by the business service', refuse(1030002000, 'missing'), 200, '{"errcode":1030002000,"description":"missing","data":null}', 0],
	['a refusal by the gateway', refuse(5007), 519, '{"errcode":5007,"description":"code 5007","data":null}', 0],
	['a refusal with a status of its own', refuse(4011, 'ended', 200), 200, '{"errcode":4011,"description":"ended","data":null}', 0],
	['an errcode as text', refuse('1030002000', 'x'), 200, '{"errcode":"1030002000","description":"x","data":null}', 0],
	['a success', succeed({ data: null }), 200, '{"errcode":0,"description":"success","data":{"data":null}}', 1],
	['a success that is none', succeed(null, { saves: false }), 200, '{"errcode":0,"description":"success","data":null}', 0],
	['a page', html(504, { saves: true }), 504, '<html><body><h1>Gateway</h1></body></html>', 1],
	['any text', answerWith(200, 'x'), 200, 'x', 0],
	['the real answer, slowly', drip(0), 200, '{"errcode":0,"description":"success","data":{"data":{"id":"1700000000000000001"}}}', 1],
])('%s', async (_name, fault, status, text, savedCount) => {
	desk.emulator.chooseFault = () => fault;
	const answered = await desk.call({});
	expect([answered.status, answered.text, desk.emulator.savedIds.length]).toEqual([status, text, savedCount]);
});

it('half an answer is none', async () => {
	desk.emulator.chooseFault = () => half();
	await expect(desk.call({})).rejects.toThrow();
	expect(desk.emulator.savedIds).toHaveLength(1);
});
