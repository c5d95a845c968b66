import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { createState } from '../../nodes/KingdeeJdy/gateway/state.ts';
import { customSave } from '../../nodes/KingdeeJdy/operations/customSave/index.ts';
import type { Operation } from '../../nodes/KingdeeJdy/shared/contract/operation.ts';
import { runItems } from '../../nodes/KingdeeJdy/shared/runner/items.ts';
import { Emulator } from '../emulator/server.mts';
import { credentialFor } from '../helpers/credentials.mts';
import type { Way } from '../helpers/credentials.mts';

let emulator: Emulator;
let warnings: string[];
beforeEach(async () => {
	warnings = [];
	emulator = await Emulator.start();
});
afterEach(async () => await emulator.stop());

/** A context that sends with `fetch`, because nothing of n8n's is looked at here. */
function contextOf(way: Way): IExecuteFunctions {
	const credential = credentialFor[way](emulator);
	const parameters: IDataObject = { bizType: 'ts_1', dataMode: 'inputItem', options: { callsPerMinute: 0 } };
	const httpRequest = async ({ url, method, headers, body }: { url: string; method: string; headers: Record<string, string>; body?: Uint8Array<ArrayBuffer> }) => {
		const response = await fetch(url, { method, headers, ...(body && { body }) });
		return { statusCode: response.status, headers: Object.fromEntries(response.headers), body: response.body };
	};
	const warn = (message: string) => void warnings.push(message);
	return {
		getInputData: () => [{ json: { no: 1 } }],
		getNode: () => ({ id: '1', name: 'Save', type: 't', typeVersion: 1, position: [0, 0], parameters }),
		getNodeParameter: (name: string) => parameters[name],
		getWorkflow: () => ({ id: 'w' }),
		getExecuteData: () => ({}),
		getExecutionCancelSignal: () => undefined,
		getCredentials: async () => credential,
		continueOnFail: () => true,
		addExecutionHints: () => undefined,
		getTimezone: () => 'Asia/Shanghai',
		logger: { info: () => undefined, warn, error: () => undefined, debug: () => undefined },
		helpers: { httpRequest },
	} as unknown as IExecuteFunctions;
}

/** Every token that was sent so far. */
const tokens = () => [...new Set(emulator.ledger.flatMap(({ headers }) => headers['app-token'] ?? []))];

type CustomSave = typeof customSave extends Operation<infer P> ? Operation<P> : never;

const fails = () => {
	throw new Error(`out of order: ${tokens().join(' and ')}, ${encodeURIComponent(tokens()[0] ?? '')}`);
};

/** Where an operation may fail after a call was made. */
const PLACES: Array<[string, Partial<CustomSave>]> = [
	['while it is under way', { run: async ({ endpoint, body }, call) => (await call(endpoint, body), fails()) }],
	['while its answer is shown', { items: fails }],
];

describe.each<Way>(['appToken', 'appKey', 'instance'])('with %s, an error inside the node names no token', (way) => {
	it.each(PLACES)('that is held: %s', async (_place, broken) => {
		const [item] = await runItems(contextOf(way), createState(), { ...customSave, ...broken });
		expect(tokens()).toHaveLength(1);
		expect((item?.json.error as IDataObject).message).toMatch(/: out of order: \*\*\*, \*\*\*$/);
	});

	it.each([true, false])('that is held: before an item is sent, continue %s', async (continues) => {
		const [state, context] = [createState(), contextOf(way)];
		await runItems(context, state, customSave);
		const run = runItems({ ...context, continueOnFail: () => continues }, state, { ...customSave, hints: fails });
		const message = continues ? ((await run)[0]?.json.error as IDataObject).message : await run.catch((error: Error) => error.message);
		expect(message).toMatch(/^The node itself failed: out of order: \*\*\*, \*\*\*$/);
		expect(emulator.ledger.filter(({ path }) => path.endsWith('/cust/save'))).toHaveLength(1);
	});

	it('that is held: in the log, while hints are made', async () => {
		const [item] = await runItems(contextOf(way), createState(), { ...customSave, notice: fails });
		expect([item?.json.errcode, warnings]).toEqual([0, [expect.stringMatching(/: out of order: \*\*\*, \*\*\*$/)]]);
	});

	it.each(PLACES.slice(0, 1))('that has been renewed meanwhile: %s', async (_place, broken) => {
		if (way === 'appToken') return;
		const state = createState();
		await runItems(contextOf(way), state, customSave);
		emulator.gateway.tokens.endTokens(emulator.gateway.settings.accounts[0] as never);
		const [item] = await runItems(contextOf(way), state, { ...customSave, ...broken });
		expect(tokens()).toHaveLength(2);
		expect((item?.json.error as IDataObject).message).toMatch(/: out of order: \*\*\* and \*\*\*, \*\*\*$/);
	});
});
