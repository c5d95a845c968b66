import { answerWith } from '../../emulator/replies.mts';
import { Emulator } from '../../emulator/server.mts';
import { appKeyCredential, instanceCredential } from '../../helpers/credentials.mts';
import { callsOf, save } from '../../helpers/jdy.mts';
import { RETRY } from '../../helpers/settings.mts';

let emulator: Emulator;
beforeEach(async () => {
	emulator = await Emulator.start();
});
afterEach(async () => await emulator.stop());

const AUTHORIZE = 'push_app_authorize';
const TOKEN = 'kingdee_auth_token';

/** Stops the execution when a call arrives, and answers it a moment later. */
async function stopAt(path: string, way: typeof appKeyCredential, settings: object) {
	let stop: () => void = () => undefined;
	emulator.gateway.settings.serviceMs = 60;
	emulator.chooseFault = ({ target }) => {
		if (target.includes(path)) setTimeout(() => stop(), 20);
		return undefined;
	};
	const run = await save(emulator, { items: [{}, {}], credential: way(emulator), settings, onStart: (cancel) => (stop = cancel) });
	// Whatever would still leave has left by then.
	await new Promise((resolve) => setTimeout(resolve, 150));
	return run;
}

describe.each([['stopWorkflow', {}], ['continueErrorOutput', { onError: 'continueErrorOutput' }], ['Retry On Fail', RETRY]])('under %s', (_name, settings) => {
	it('a stop while the account is asked for lets no token call leave', async () => {
		await stopAt(AUTHORIZE, instanceCredential, settings);
		expect(callsOf(emulator)).toEqual({ authorize: 1, token: 0, save: 0 });
	});

	it.each([['appKey', appKeyCredential], ['instance', instanceCredential]])('a stop during the token call lets no document leave, with %s', async (_way, way) => {
		await stopAt(TOKEN, way, settings);
		expect(callsOf(emulator)).toMatchObject({ token: 1, save: 0 });
	});
});

it('a stop while one execution waits takes the token away from no other', async () => {
	let stop: () => void = () => undefined;
	emulator.gateway.settings.serviceMs = 60;
	emulator.chooseFault = ({ target }) => {
		if (target.includes(AUTHORIZE)) setTimeout(() => stop(), 20);
		return undefined;
	};
	const credential = instanceCredential(emulator);
	const [stopped, other] = await Promise.all([
		save(emulator, { items: [{}], credential, onStart: (cancel) => (stop = cancel) }),
		save(emulator, { items: [{}], credential }),
	]);
	expect(stopped.error?.context).toMatchObject({ outcome: 'notSent' });
	expect(other.saved).toHaveLength(1);
	expect(callsOf(emulator)).toEqual({ authorize: 1, token: 1, save: 1 });
});

it('a stop while the two calls of the minute are used up ends at once', async () => {
	let stop: () => void = () => undefined;
	emulator.chooseFault = ({ target }) => (target.includes(TOKEN) ? answerWith(200, { errcode: 1030002006, description: 'stale' }) : undefined);
	const credential = instanceCredential(emulator);
	await save(emulator, { items: [{}], credential, settings: { onError: 'continueErrorOutput' } });
	setTimeout(() => stop(), 100);
	const startedAtMs = performance.now();
	const { error } = await save(emulator, { items: [{}], credential, parameters: { options: { timeout: 90_000 } }, onStart: (cancel) => (stop = cancel) });
	expect(error?.context).toMatchObject({ outcome: 'notSent' });
	expect(performance.now() - startedAtMs).toBeLessThan(5000);
});
