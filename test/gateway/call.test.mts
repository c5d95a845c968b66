import { Emulator } from '../emulator/server.mts';
import { refuse } from '../emulator/replies.mts';
import { demoAccount } from '../emulator/settings.mts';
import type { Account } from '../emulator/settings.mts';
import { appKeyCredential, instanceCredential } from '../helpers/credentials.mts';
import { callsOf, save } from '../helpers/jdy.mts';
import { HOUR_MS } from '../helpers/time.mts';

const ONCE = { parameters: { options: { maxAttempts: 1 } } } as const;

let emulator: Emulator;
let account: Account;
let offsetMs = 0;
beforeEach(async () => {
	offsetMs = 0;
	account = { ...demoAccount };
	emulator = await Emulator.start({ accounts: [account], now: () => Date.now() + offsetMs });
});
afterEach(async () => await emulator.stop());

const WAYS = [['appKey', appKeyCredential], ['instance', instanceCredential]] as const;

describe('Max Attempts 1 sends a document once, and has the cause put right before the next', () => {
	it.each(WAYS)('a token that the gateway ended early, with %s', async (_way, credentialOf) => {
		const credential = credentialOf(emulator, account);
		await save(emulator, { items: [{}], credential, ...ONCE });
		emulator.gateway.tokens.endTokens(account);
		const refused = await save(emulator, { items: [{}], credential, ...ONCE });
		expect(refused.error?.context).toMatchObject({ errcode: 4011, outcome: 'rejected' });
		expect((await save(emulator, { items: [{}], credential, ...ONCE })).saved).toHaveLength(1);
		expect(callsOf(emulator)).toMatchObject({ save: 3, token: 2 });
	});

	it.each(['noRoute', 'apiNotFound', 'apiUnavailable', 'badGateway', 'serviceFailed'] as const)('an account that moved, told by %s', async (wrongRouter) => {
		emulator.gateway.settings.wrongRouter = wrongRouter;
		const credential = instanceCredential(emulator, account);
		await save(emulator, { items: [{}], credential, ...ONCE });
		account.domain = 'https://vip2.jdy.com';
		const refused = await save(emulator, { items: [{}], credential, ...ONCE });
		expect(refused.error?.context).toMatchObject({ outcome: wrongRouter === 'badGateway' || wrongRouter === 'serviceFailed' ? 'unknown' : 'rejected' });
		expect((await save(emulator, { items: [{}], credential, ...ONCE })).saved).toHaveLength(1);
		expect(callsOf(emulator)).toMatchObject({ save: 3, token: 1, authorize: 2 });
	});

	it('a clock that is off', async () => {
		offsetMs = HOUR_MS;
		expect((await save(emulator, { items: [{}], ...ONCE })).error?.context).toMatchObject({ errcode: 4006 });
		expect((await save(emulator, { items: [{}], ...ONCE })).saved).toHaveLength(1);
		expect(callsOf(emulator).save).toBe(2);
	});

	it('each in the same run, where errors continue', async () => {
		const credential = appKeyCredential(emulator, account);
		emulator.chooseFault = (_request, index) => (index === 2 ? refuse(4006) : undefined);
		const { saved, failed } = await save(emulator, { items: [{}, {}, {}], credential, ...ONCE, settings: { onError: 'continueErrorOutput' } });
		expect([saved.length, failed.length]).toEqual([2, 1]);
	});
});
