/**
 * The gateway's codes: what each means, and whether the call was done. Three-digit codes count as errcode and as HTTP status.
 * Sources and marks: docs/protocol.md, "Failures" [D, S, C].
 */

import type { FailureKind } from './kinds';

export type CodeOutcome = 'rejected' | 'unknown';

/** How the test of a credential treats a code: not at all, or as a fault if it is the errcode or the HTTP status. */
type InTest = 'errcode' | 'status' | undefined;

interface Code {
	kind: FailureKind;
	outcome: CodeOutcome;
	inTest: InTest;
}

type CodeRow = readonly [code: number, kind: FailureKind, outcome: CodeOutcome, inTest: InTest];

const ROWS = [
	[4001, 'client', 'rejected', 'errcode'],
	[4002, 'client', 'rejected', 'errcode'],
	[4003, 'client', 'rejected', 'errcode'],
	[4004, 'client', 'rejected', 'errcode'],
	[4005, 'client', 'rejected', 'errcode'],
	[4006, 'timestamp', 'rejected', 'errcode'],
	[4007, 'signature', 'rejected', 'errcode'],
	[4008, 'signature', 'rejected', 'errcode'],
	[4009, 'tokenInvalid', 'rejected', 'errcode'],
	[4010, 'tokenInvalid', 'rejected', 'errcode'],
	[4011, 'tokenExpired', 'rejected', 'errcode'],
	[4012, 'permission', 'rejected', 'errcode'],
	[5000, 'systemError', 'unknown', 'errcode'],
	[5001, 'router', 'rejected', 'errcode'],
	[5002, 'endpoint', 'rejected', 'errcode'],
	[5003, 'unavailable', 'rejected', 'errcode'],
	[5004, 'systemError', 'unknown', 'errcode'],
	[5005, 'systemError', 'unknown', 'errcode'],
	[5006, 'unavailable', 'rejected', 'errcode'],
	[5007, 'unavailable', 'rejected', 'errcode'],
	[400, 'badRequest', 'rejected', undefined],
	[401, 'unauthorised', 'rejected', 'status'],
	[403, 'unauthorised', 'rejected', 'status'],
	[404, 'router', 'rejected', 'status'],
	[429, 'rateLimited', 'rejected', 'errcode'],
	[500, 'systemError', 'unknown', undefined],
	[502, 'systemError', 'unknown', 'status'],
	[503, 'unavailable', 'rejected', undefined],
	[504, 'systemError', 'unknown', undefined],
	[1000202001, 'tokenExpired', 'rejected', 'errcode'],
	[1020002008, 'accountRefused', 'rejected', 'errcode'],
	[1030002000, 'field', 'rejected', undefined],
	[1030002001, 'field', 'rejected', undefined],
	[1030002002, 'field', 'rejected', undefined],
	[1030002003, 'field', 'rejected', undefined],
	[1030002004, 'field', 'rejected', undefined],
	[1030002005, 'field', 'rejected', undefined],
	[1030002006, 'field', 'rejected', undefined],
	[1040002000, 'configuration', 'rejected', undefined],
	[1040003000, 'configuration', 'rejected', undefined],
	[3000002000, 'systemError', 'unknown', 'errcode'],
] as const satisfies readonly CodeRow[];

/** The codes that are listed one by one. */
export type KnownCode = (typeof ROWS)[number][0];

export const CODES: ReadonlyMap<number, Code> = new Map(ROWS.map(([code, kind, outcome, inTest]) => [code, { kind, outcome, inTest }]));

/** Families of codes that are not listed one by one; the first that fits counts. [D] */
export const CODE_FAMILIES: ReadonlyArray<{ pattern: RegExp; kind: FailureKind; outcome: CodeOutcome }> = [
	{ pattern: /^20\d\d002000$/, kind: 'systemError', outcome: 'unknown' },
	{ pattern: /^1000002001$/, kind: 'systemError', outcome: 'unknown' },
	{ pattern: /^20\d{8}$/, kind: 'businessRule', outcome: 'rejected' },
];
