import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { Fault } from '../emulator/faults.mts';
import { HTML, answerWith, arrivingLate, drip, half, lost, silence } from '../emulator/replies.mts';
import type { Emulator, Tls } from '../emulator/server.mts';
import type { Account, Settings } from '../emulator/settings.mts';
import type { Way } from '../helpers/credentials.mts';
import { errcodesOf } from '../helpers/failures.mts';
import type { Random } from './random.mts';

/** What a fault may touch while a run goes on. */
export interface Scene {
	emulator: Emulator;
	account: Account;
	random: Random;
	credential: ICredentialDataDecryptedObject;
	/** The trusted certificate and one that is not, where the gateway speaks TLS. */
	tls?: { good: Tls; bad: Tls } | undefined;
}

/** One thing that goes wrong. */
export interface FaultCase {
	name: string;
	way?: Way;
	settings?: Partial<Settings>;
	usesTls?: boolean;
	/** How many of the 50 saves it hits; a tenth unless told. */
	hits?: number;
	/**
	 * Whether the facts leave no doubt about the documents it hits: then none may be reported as unknown. `alone`: only
	 * where nothing else is under way.
	 */
	isKnown: boolean | 'alone';
	/** Called for each page of documents that is read. */
	strikeRead?: (scene: Scene) => Fault | undefined;
	/** Called for each save that is hit, before it is handled. */
	strike: (scene: Scene) => Fault | undefined;
}

export const TIMEOUT_MS = 400;

/** A minute of the gateway, for those who wait for a token: nobody wants to wait for real ones. */
export const MINUTE_MS = 1_000;

/** The gateway of every run. A nonce serves any number of times, so that whatever arrives twice stands in the books twice. */
export const GATEWAY = { nonceOnce: false, callsPerSecond: Infinity, callsPerMinute: Infinity, tokenMinuteMs: MINUTE_MS };

function answer(status: number, body: string | Buffer, saves: boolean, headers: Record<string, string> = {}): Fault {
	return answerWith(status, body, { saves, headers });
}

function envelope(errcode: unknown): string {
	return JSON.stringify({ errcode, description: `code ${String(errcode)}`, data: null });
}

/** Runs something before the next request instead of changing this one. */
function after(act: (scene: Scene) => void): FaultCase['strike'] {
	return (scene) => {
		act(scene);
		return undefined;
	};
}

const transport: FaultCase[] = [
	// A connection that waits to be accepted while the port closes is cut after its request was sent.
	{ name: 'refused connection', isKnown: 'alone', strike: after(({ emulator }) => setImmediate(() => emulator.refuseFor(60))) },
	{ name: 'accepted, then closed', isKnown: false, strike: after(({ emulator }) => closeNext(emulator)) },
	{ name: 'closed after the request, not saved', isKnown: false, strike: () => lost(false) },
	{ name: 'saved, then closed', isKnown: false, strike: () => lost(true) },
	{ name: 'saved, then 504 with HTML', isKnown: false, strike: () => answer(504, HTML, true) },
	{ name: 'not saved, 502 with HTML', isKnown: false, strike: () => answer(502, HTML, false) },
	{ name: 'saved, then 500 with HTML', isKnown: false, strike: () => answer(500, HTML, true) },
	{ name: 'saved, then silence', isKnown: false, strike: () => silence(true) },
	{ name: 'not saved, silence', isKnown: false, strike: () => silence(false) },
	{ name: 'saved, half an answer', isKnown: false, strike: () => half() },
	{ name: 'saved, drip past the timeout', isKnown: false, hits: 2, strike: () => drip(20) },
	{ name: 'saved, 200 with HTML', isKnown: false, strike: () => answer(200, HTML, true) },
	{ name: 'saved, 200 with an empty body', isKnown: false, strike: () => answer(200, '', true) },
	{ name: 'saved, 200 with truncated JSON', isKnown: false, strike: () => answer(200, '{"errcode":0,"description":"succ', true) },
	{ name: 'saved, errcode as text', isKnown: true, strike: () => answer(200, envelope('0'), true) },
	{ name: 'refused, errcode as text', isKnown: true, strike: () => answer(200, envelope('1030002000'), false) },
	{ name: 'saved, no errcode', isKnown: false, strike: () => answer(200, '{"description":"success","data":{}}', true) },
	{ name: 'saved, code and msg instead', isKnown: false, strike: () => answer(200, '{"code":200,"msg":"success","data":{}}', true) },
	{ name: 'saved, byte order mark', isKnown: true, strike: () => answer(200, `\ufeff${envelope(0)}`, true) },
	{ name: 'saved, an answer of 50 MB', isKnown: false, hits: 1, strike: () => answer(200, Buffer.alloc(50_000_000, ' '), true) },
	{ name: '302 to another host', isKnown: false, strike: ({ random }) => answer(302, '', random.coin(), { Location: 'http://127.0.0.1:9/' }) },
	{ name: '307 to another host', isKnown: false, strike: ({ random }) => answer(307, '', random.coin(), { Location: 'http://127.0.0.1:9/' }) },
	{ name: 'wrong certificate', isKnown: true, usesTls: true, hits: 2, strike: after(({ emulator, tls }) => swapCertificate(emulator, tls)) },
];

function closeNext(emulator: Emulator): void {
	emulator.chooseConnection = () => {
		emulator.chooseConnection = () => undefined;
		return 'close';
	};
}

function swapCertificate(emulator: Emulator, tls: Scene['tls']): void {
	if (!tls) throw new Error('This fault needs TLS');
	emulator.showCertificate(tls.bad);
	setTimeout(() => emulator.showCertificate(tls.good), 100);
}

const codes: FaultCase[] = [
	...errcodesOf('rejected').map((code): FaultCase => ({ name: `errcode ${code}`, isKnown: true, strike: ({ random }) => answer(random.coin() ? 519 : 200, envelope(code), false) })),
	...errcodesOf('unknown').map((code): FaultCase => ({ name: `errcode ${code}`, isKnown: false, strike: ({ random }) => answer(random.coin() ? 519 : 200, envelope(code), random.coin()) })),
	...[400, 401, 403, 404, 503].map((status): FaultCase => ({ name: `HTTP ${status}`, isKnown: true, strike: () => answer(status, HTML, false) })),
	{ name: '429 without Retry-After', isKnown: true, hits: 1, strike: () => answer(429, envelope(429), false) },
	{ name: '429 with Retry-After', isKnown: true, hits: 2, strike: () => answer(429, envelope(429), false, { 'Retry-After': '1' }) },
	{ name: '429 as errcode', isKnown: true, hits: 1, strike: () => answer(519, envelope(429), false) },
];

/** These change the gateway itself, in the middle of the run. */
const changes: FaultCase[] = [
	...(['appKey', 'instance'] as const).map((way): FaultCase => ({ name: `token ends, ${way}`, way, isKnown: true, hits: 1, strike: after(({ emulator, account }) => emulator.gateway.tokens.endTokens(account)) })),
	{ name: 'pasted token ends', way: 'appToken', isKnown: true, hits: 1, strike: after(({ emulator, account }) => emulator.gateway.tokens.endTokens(account)) },
	...(['appKey', 'instance'] as const).map(
		(way): FaultCase => ({
			name: `app secret rotates and token ends, ${way}`,
			way,
			isKnown: true,
			hits: 1,
			strike: after(({ emulator, account }) => {
				emulator.gateway.tokens.rotate(account);
				emulator.gateway.tokens.endTokens(account);
			}),
		}),
	),
	...(['noRoute', 'badGateway', 'apiNotFound'] as const).map(
		(wrongRouter): FaultCase => ({
			name: `router domain moves, ${wrongRouter}`,
			way: 'instance',
			settings: { wrongRouter },
			isKnown: wrongRouter !== 'badGateway',
			hits: 2,
			strike: after(({ account, random }) => void (account.domain = `https://r${random.below(1000)}.jdy.com`)),
		}),
	),
	...[-600_000, 600_000].map(
		(offset): FaultCase => ({ name: `clock off by ${offset / 60_000} minutes`, settings: { now: () => Date.now() + offset }, isKnown: true, hits: 0, strike: () => undefined }),
	),
];

/** The node looks 5, 15 and 30 s after a save for its document; here time runs 100 times as fast. */
const FAST = 100;
export const LOOK_UP_TIMES_MS = [0, 5_000, 15_000, 30_000].map((ms) => ms / FAST);

/** What also happens while documents are looked for whose outcome is unknown. */
export const whileLookingUp: FaultCase[] = [
	{ name: 'saved, comes to the books 4 s late', isKnown: false, strike: () => arrivingLate(lost(), 4_000 / FAST) },
	{ name: 'saved, comes to the books 20 s late', isKnown: false, strike: () => arrivingLate(lost(), 20_000 / FAST) },
	{ name: 'saved, every third page breaks off', isKnown: false, strike: () => lost(), strikeRead: ({ random }) => (random.below(3) === 0 ? lost() : undefined) },
	{ name: 'saved, no total, newest first', isKnown: false, settings: { listShape: 'noTotal', listOrder: 'newest' }, strike: () => lost() },
	{ name: 'saved, rows are chosen', isKnown: false, settings: { listFilters: 'equality' }, strike: () => lost() },
	{ name: 'not saved, rows are chosen', isKnown: false, settings: { listFilters: 'equality' }, strike: () => lost(false) },
];

/** So late that nobody looks any more: unknown is all that can be told. */
export const afterLookingUp: FaultCase[] = [{ name: 'saved, comes to the books 40 s late', isKnown: false, strike: () => arrivingLate(lost(), 40_000 / FAST) }];

export const faults: FaultCase[] = [...transport, ...codes, ...changes];
