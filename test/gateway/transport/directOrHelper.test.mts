import { createState } from '../../../nodes/KingdeeJdy/gateway/state.ts';
import { directOrHelper } from '../../../nodes/KingdeeJdy/gateway/transport/helper.ts';
import type { Send, SendResult } from '../../../nodes/KingdeeJdy/gateway/types.ts';

describe('the way that worked', () => {
	const request = { method: 'POST' as const, url: 'https://api.kingdee.com/', headers: {}, body: '{}' };
	const answer: SendResult = { type: 'answer', answer: { status: 200, headers: {}, text: '' } };
	const refused: SendResult = { type: 'notSent', reason: 'notConnected', code: 'ECONNREFUSED' };
	const broken: SendResult = { type: 'noAnswer', reason: 'broken', code: 'ECONNRESET' };

	function counting(result: SendResult): { send: Send; calls: () => number } {
		let calls = 0;
		return { send: async () => ((calls += 1), result), calls: () => calls };
	}

	it('is remembered for 10 minutes; what may have been sent takes no detour', async () => {
		let nowMs = Date.now();
		const clock = { now: () => nowMs, nonce: () => '1', random: () => 0 };
		const state = createState();
		const options = { timeoutMs: 1000 };
		const [direct, lost, helper] = [counting(refused), counting(broken), counting(answer)];
		expect(await directOrHelper(lost.send, helper.send, clock, state)(request, options)).toBe(broken);
		expect(helper.calls()).toBe(0);
		const send = directOrHelper(direct.send, helper.send, clock, state);
		for (let call = 0; call < 3; call++) expect(await send(request, options)).toBe(answer);
		expect([direct.calls(), helper.calls()]).toEqual([1, 3]);
		nowMs += 10 * 60_000;
		await send(request, options);
		expect([direct.calls(), helper.calls()]).toEqual([2, 4]);
	});
});
