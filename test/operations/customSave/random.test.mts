import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { call } from '../../../nodes/KingdeeJdy/gateway/call.ts';
import { readCredential } from '../../../nodes/KingdeeJdy/gateway/credential/credential.ts';
import { ValidationError } from '../../../nodes/KingdeeJdy/gateway/errors/validationError.ts';
import type { RateLimiter } from '../../../nodes/KingdeeJdy/gateway/rateLimit/rateLimiter.ts';
import { systemClock } from '../../../nodes/KingdeeJdy/gateway/signing/clock.ts';
import { createState } from '../../../nodes/KingdeeJdy/gateway/state.ts';
import type { Answer, Send } from '../../../nodes/KingdeeJdy/gateway/types.ts';
import { buildBody } from '../../../nodes/KingdeeJdy/operations/customSave/request.ts';
import { adviceFor } from '../../../nodes/KingdeeJdy/shared/results/advice.ts';
import { Emulator } from '../../emulator/server.mts';
import { tokenCredential } from '../../helpers/credentials.mts';
import { save } from '../../helpers/jdy.mts';

const RUNS = 10_000;
const SECRETS = { clientSecret: 'client-secret-of-the-random-test', appToken: 'app-token-of-the-random-test' };
const credential = readCredential({ authentication: 'appToken', clientId: '1', routerDomain: 'https://tf.jdy.com', ...SECRETS });

/** Answers of every kind, among them ones that echo what was sent. */
const body = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.json(),
	fc
		.record(
			{
				errcode: fc.oneof(fc.constantFrom<unknown>(0, '0', 4006, 4011, 5000, 429, 1030002000, 2000002000, null, {}, []), fc.integer(), fc.double(), fc.string()),
				code: fc.integer(),
				description: fc.oneof(fc.string(), fc.constantFrom(...Object.values(SECRETS), `x ${SECRETS.appToken} y`), fc.jsonValue()),
				description_cn: fc.oneof(fc.string({ unit: 'grapheme' }), fc.jsonValue()),
				msg: fc.string(),
				data: fc.oneof(fc.jsonValue(), fc.constant({ data: { echo: [SECRETS.clientSecret, { [SECRETS.appToken]: 1 }] } })),
			},
			{ requiredKeys: [] },
		)
		.map((envelope) => JSON.stringify(envelope)),
);
const headers = fc.dictionary(fc.constantFrom('x-api-requestid', 'date', 'retry-after', 'content-type'), fc.oneof(fc.string(), fc.constant(SECRETS.appToken), fc.constant('0')), { maxKeys: 4 });
const answer: fc.Arbitrary<Answer> = fc.record({ status: fc.oneof(fc.constantFrom(200, 519, 400, 404, 429, 500, 502, 503), fc.integer({ min: 100, max: 999 })), headers, text: body });

/** A random 429 must not hold the next answers back. */
const unhurried: RateLimiter = { tryAcquire: () => () => undefined, acquire: async () => () => undefined, recentCalls: () => 0 };

describe('random answers', () => {
	it(`${RUNS} of them never crash the client, leak no secret, and give one outcome each`, async () => {
		const seen = new Set<string>();
		await fc.assert(
			fc.asyncProperty(answer, async (random) => {
				const send: Send = async () => ({ type: 'answer', answer: random });
				const gateway = { credential, send, clock: systemClock, state: createState(), rateLimiter: unhurried };
				const outcome = await call(gateway, { method: 'POST', path: '/jdy/v2/cust/save', effect: 'write' }, '{}', { timeoutMs: 1000, maxAttempts: 1 });
				const told = JSON.stringify(outcome.type === 'done' ? outcome.envelope : [outcome.failure.message, outcome.failure.requestId, adviceFor(outcome.failure, 'save')]);
				for (const secret of Object.values(SECRETS)) expect(told).not.toContain(secret);
				if (outcome.type === 'done') expect([random.status, outcome.envelope.errcode]).toEqual([200, 0]);
				else expect(adviceFor(outcome.failure, 'save')).not.toBe('');
				seen.add(outcome.type === 'done' ? 'done' : outcome.failure.outcome);
			}),
			{ numRuns: RUNS },
		);
		expect([...seen].sort()).toEqual(['done', 'rejected', 'unknown']);
	}, 120_000);

	it('raw bytes on the socket end in one outcome for every item', async () => {
		const bytes = fc.sample(fc.uint8Array({ maxLength: 300 }), 60);
		const starts = ['', 'HTTP/1.1 200 OK\r\n', 'HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n', 'HTTP/1.1 519 X\r\nTransfer-Encoding: chunked\r\n\r\n', 'HTTP/1.1 302 F\r\nLocation: http://127.0.0.1:9/\r\n\r\n'];
		let connections = 0;
		const server = createServer((socket) => {
			const index = connections++;
			socket.on('error', () => socket.destroy());
			socket.once('data', () => socket.end(Buffer.concat([Buffer.from(starts[index % starts.length] ?? ''), bytes[index % bytes.length] ?? Buffer.alloc(0)])));
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const emulator = await Emulator.start();
		const items = bytes.map((_unused, no) => ({ no }));
		const gatewayUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		const { saved, failed } = await save(emulator, { items, credential: { ...tokenCredential(emulator), gatewayUrl }, parameters: { options: { timeout: 500, maxAttempts: 1 } }, settings: { onError: 'continueErrorOutput' } });
		await emulator.stop();
		await new Promise((resolve) => server.close(resolve));
		expect(saved).toEqual([]);
		expect(failed.map(({ json }) => json.no)).toEqual(items.map(({ no }) => no));
		expect(new Set(failed.map(({ json }) => (json.error as { outcome: string }).outcome))).toEqual(new Set(['unknown']));
		expect(connections).toBe(items.length);
	}, 60_000);
});

/** Everything an item can hold, and what it cannot. */
const anything = fc.oneof(
	fc.object({ maxDepth: 4, values: [fc.string({ unit: 'binary' }), fc.double(), fc.maxSafeInteger(), fc.boolean(), fc.constant(null), fc.constant(undefined)], withNullPrototype: false }),
	fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ stringUnit: 'grapheme' })),
);

/** Two JSON texts hold the same value: compared as text, with sorted names and doubles written alike. */
function canonical(text: string): string {
	const sorted = (value: unknown): unknown =>
		Array.isArray(value)
			? value.map(sorted)
			: typeof value === 'object' && value !== null
				? Object.entries(value).map(([name, entry]) => [name, sorted(entry)]).sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))
				: value;
	return JSON.stringify(sorted(JSON.parse(text)));
}

describe('random inputs', () => {
	const sending = { timeoutMs: 1000, maxAttempts: 1, concurrency: 1, callsPerMinute: 0, connection: 'automatic' as const, dryRun: false };
	const parameters = { sending, bizType: 'ts_1', output: 'envelope' as const, emptyFields: [], unmatchedFields: [], timeZone: 'Asia/Shanghai', allowEmpty: true, includeInput: false, lookUp: undefined, deduplicationKey: undefined, resendUnknown: false };

	it.each(['inputItem', 'json'] as const)(`${RUNS / 2} of them as %s go out as exactly the same JSON value, or are refused`, (dataMode) => {
		const counts = { sent: 0, refused: 0 };
		fc.assert(
			fc.property(anything, (item) => {
				const text = JSON.stringify(item);
				try {
					const sent = buildBody({ ...parameters, dataMode, dataSource: text }, item as IDataObject);
					expect(canonical(sent)).toBe(canonical(`{"biz_type":"ts_1","data":${text}}`));
					counts.sent += 1;
				} catch (error) {
					if (!(error instanceof ValidationError)) throw error;
					counts.refused += 1;
				}
			}),
			{ numRuns: RUNS / 2 },
		);
		expect(Math.min(counts.sent, counts.refused)).toBeGreaterThan(0);
	});
});
