/**
 * The gateway's codes: what each means, whether the call was done, and what the user can do about it. Three-digit codes
 * count as errcode and as HTTP status. Sources and marks: docs/protocol.md, "Failures" [D, S, C].
 */

export type CodeOutcome = 'rejected' | 'unknown';

export type CodeKind =
	| 'client'
	| 'timestamp'
	| 'signature'
	| 'tokenInvalid'
	| 'tokenExpired'
	| 'permission'
	| 'accountRefused'
	| 'unauthorised'
	| 'endpoint'
	| 'router'
	| 'unavailable'
	| 'rateLimited'
	| 'field'
	| 'configuration'
	| 'businessRule'
	| 'badRequest'
	| 'systemError';

/** What the test of a credential makes of a code: nothing, or a fault when it comes as errcode or as HTTP status. */
type InTest = 'errcode' | 'status' | undefined;

interface Code {
	kind: CodeKind;
	outcome: CodeOutcome;
	advice: string;
	inTest: InTest;
}

const TOKEN_ENDED =
	'The app token has expired; it lives about 24 hours. Paste a new one into App Token in the credential, or choose Instance ID, which renews it by itself.';

const CHECK_CLIENT = 'Check Client ID and Client Secret in the credential.';

/** What to enter where JDY has no account for the app or the instance, and where that is found. [R] */
export const CHECK_INSTANCE =
	'Enter the Instance ID in the credential: it is on open.jdy.com, in your app, in the table of authorisations (授权记录), column 第三方实例ID, and the node Kingdee JDY Push Trigger can show it as well. If it is not there, have the account authorised for the app. Only an app of your own firm may need none.';

const SETTING_MISSING = 'A setting is missing in JDY. Complete the setup of the account, then run the item again.';

type Row = readonly [code: number, kind: CodeKind, outcome: CodeOutcome, inTest: InTest, advice: string];

const ROWS: readonly Row[] = [
	[4001, 'client', 'rejected', 'errcode', 'The gateway did not accept the version of the signature. Check Gateway URL in the credential, then update this package.'],
	[4002, 'client', 'rejected', 'errcode', CHECK_CLIENT],
	[4003, 'client', 'rejected', 'errcode', CHECK_CLIENT],
	[4004, 'client', 'rejected', 'errcode', CHECK_CLIENT],
	[4005, 'client', 'rejected', 'errcode', CHECK_CLIENT],
	[4006, 'timestamp', 'rejected', 'errcode', 'The clock of the machine that runs n8n is more than 5 minutes off. Set it right, then run again.'],
	[4007, 'signature', 'rejected', 'errcode', 'A signed header did not reach the gateway. A proxy between n8n and the gateway must pass every X-Api header on.'],
	[4008, 'signature', 'rejected', 'errcode', 'Check Client Secret in the credential: it does not belong to this Client ID, or it was copied incompletely.'],
	[4009, 'tokenInvalid', 'rejected', 'errcode', 'Check App Token in the credential: the gateway received none.'],
	[4010, 'tokenInvalid', 'rejected', 'errcode', 'Check App Token in the credential: it must belong to this app and this account, and it lives about 24 hours.'],
	[4011, 'tokenExpired', 'rejected', 'errcode', TOKEN_ENDED],
	[4012, 'permission', 'rejected', 'errcode', 'The app may not call this API. Have the permission for it added to the app on open.jdy.com; for custom documents it is called 自定义接口.'],
	[5000, 'systemError', 'unknown', 'errcode', 'The gateway itself failed.'],
	[5001, 'router', 'rejected', 'errcode', 'Check Router Domain in the credential: the account may have moved. Check Gateway URL as well.'],
	[5002, 'endpoint', 'rejected', 'errcode', 'Check Gateway URL in the credential: this address does not take the call.'],
	[5003, 'unavailable', 'rejected', 'errcode', 'The API is switched off for the moment: run the item again later. If it stays so, check Router Domain in the credential: the account may have moved.'],
	[5004, 'systemError', 'unknown', 'errcode', 'The service behind the gateway did not answer in time.'],
	[5005, 'systemError', 'unknown', 'errcode', 'The gateway cancelled the call.'],
	[5006, 'unavailable', 'rejected', 'errcode', 'The gateway has cut this API off after too many failures. Run the item again later.'],
	[5007, 'unavailable', 'rejected', 'errcode', 'The gateway is overloaded. Run the item again later.'],
	[400, 'badRequest', 'rejected', undefined, 'Check the data of this item: the gateway could not read the request.'],
	[401, 'unauthorised', 'rejected', 'status', 'Check App Token and Client ID in the credential.'],
	[403, 'unauthorised', 'rejected', 'status', 'Check the permissions of the app on open.jdy.com and App Token in the credential.'],
	[404, 'router', 'rejected', 'status', 'Check Router Domain and Gateway URL in the credential: the account may have moved.'],
	[429, 'rateLimited', 'rejected', 'errcode', 'More than 500 calls a minute on this account. Wait a minute, then run the rest; other programs count as well.'],
	[500, 'systemError', 'unknown', undefined, 'The service failed.'],
	[502, 'systemError', 'unknown', 'status', 'The gateway could not reach the service. Check Router Domain in the credential: the account may have moved.'],
	[503, 'unavailable', 'rejected', undefined, 'The service is down for the moment. Run the item again later.'],
	[504, 'systemError', 'unknown', undefined, 'The service did not answer in time.'],
	[1000202001, 'tokenExpired', 'rejected', 'errcode', TOKEN_ENDED],
	[1020002008, 'accountRefused', 'rejected', 'errcode', 'The app is not authorised for this account. Check App Token in the credential, and the authorisation in JDY.'],
	[1030002000, 'field', 'rejected', undefined, 'A required field is missing. Add the field named above.'],
	[1030002001, 'field', 'rejected', undefined, 'A field has the wrong type. Change the type of the field named above, for example from String to Number.'],
	[1030002002, 'field', 'rejected', undefined, 'A document with this value exists already. If it is this very document, it has been saved before.'],
	[1030002003, 'field', 'rejected', undefined, 'Something this document refers to does not exist in JDY. Check Document Type and the numbers and IDs in the data.'],
	[1030002004, 'field', 'rejected', undefined, 'What this document would change is in use in JDY.'],
	[1030002005, 'field', 'rejected', undefined, 'The document has too many entries. Split it.'],
	[1030002006, 'field', 'rejected', undefined, 'A field has a bad format. Dates are yyyy-MM-dd or yyyy-MM-dd HH:mm:ss.'],
	[1040002000, 'configuration', 'rejected', undefined, SETTING_MISSING],
	[1040003000, 'configuration', 'rejected', undefined, SETTING_MISSING],
	[3000002000, 'systemError', 'unknown', 'errcode', 'The service behind the gateway failed. Check Router Domain in the credential: the account may have moved.'],
];

export const CODES: ReadonlyMap<number, Code> = new Map(ROWS.map(([code, kind, outcome, inTest, advice]) => [code, { kind, outcome, advice, inTest }]));

/** Codes of JDY itself read AABBCCDEEE: 20, the cloud BB, its module CC, who can solve it D, a number. [D] */
const CLOUDS = new Map<string, string>([
	['11', 'the system'],
	['12', 'development'],
	['13', 'a process'],
	['14', 'the base data'],
	['15', 'finance'],
	['16', 'the supply chain'],
	['17', 'ordering'],
	['18', 'retail'],
]);

const SOLVERS = new Map<string, string>([
	['1', 'The operations team of Kingdee has to solve it: give them the message and the request ID.'],
	['2', 'Check how the workflow builds the data; if that is right, ask Kingdee with the message and the request ID.'],
	['3', 'Change the data, or the settings in JDY, as the message says.'],
]);

function adviceForBusinessRule(code: string): string {
	const [, cloud = '', solver = ''] = /^20(\d\d)\d\d(\d)/.exec(code) ?? [];
	const rule = `A rule of ${CLOUDS.get(cloud) ?? 'JDY'} refused the document.`;
	return `${rule} ${SOLVERS.get(solver) ?? 'Change the data as the message says.'}`;
}

/** Families of codes that nobody lists one by one; the first that fits counts. [D] */
export const PATTERNS: ReadonlyArray<{ pattern: RegExp; kind: CodeKind; outcome: CodeOutcome; advice: (code: string) => string }> = [
	{ pattern: /^20\d\d002000$/, kind: 'systemError', outcome: 'unknown', advice: () => 'JDY itself failed. Give the trace ID above to Kingdee support.' },
	{ pattern: /^1000002001$/, kind: 'systemError', outcome: 'unknown', advice: () => 'The service of JDY failed. Run the item again later.' },
	{ pattern: /^20\d{8}$/, kind: 'businessRule', outcome: 'rejected', advice: adviceForBusinessRule },
];

/** What the range of a code that nobody lists says. */
const RANGES: ReadonlyArray<readonly [pattern: RegExp, advice: string]> = [
	[/^102\d{7}$/, 'This code is not documented; its range is about the authorisation of the account.'],
	[/^103\d{7}$/, 'This code is not documented; its range is about the fields of the document.'],
	[/^104\d{7}$/, 'This code is not documented; its range is about the settings of the account in JDY.'],
	[/^4\d{3}$/, 'This gateway code is not documented; its range is about the credentials and the signature.'],
	[/^5\d{3}$/, 'This gateway code is not documented; its range is about the API and the service behind it.'],
];

/** Kinds that say more than any code: what was called, or that nothing was answered. */
const BY_KIND: Readonly<Record<string, string>> = {
	appKeyRefused: 'Check App Key and App Secret in the credential.',
	appSecretStale:
		"App Secret in the credential is not today's: JDY renews it every 24 hours. Copy the new App Secret from JDY, or choose Instance ID, which fetches it by itself.",
	instanceRefused: CHECK_INSTANCE,
	accountUnclear: 'Put the ID of the account you want into Account ID in the credential.',
	accountIncomplete: 'Check in JDY that the account is authorised for this app, or choose App Key and enter its values.',
	tokenLimit: 'Wait a minute, then run again. Use one credential for all workflows: they share its token.',
	tokenUnavailable: 'Check Gateway URL in the credential, the network and any proxy; then run again.',
	noEnvelope: 'What came back is not an answer of Kingdee JDY. Check Gateway URL in the credential and any proxy on the way.',
	contradiction: 'The answer says success and failure at once.',
	redirect: 'The gateway answered with a redirect, which is never followed. Check Gateway URL in the credential.',
	timeout: 'JDY took longer than it may.',
	notConnected: 'Nothing was sent. Check Gateway URL in the credential, the network and any proxy; then run the item again.',
	cancelled: 'The execution was stopped.',
	broken: 'The network, a proxy or the gateway cut the connection.',
};

/** What to do about a failure, by its kind, its code, or the range of its code. */
export function adviceOf(kind: string, code: number | string | null): string {
	const text = String(code);
	const advice = BY_KIND[kind] ?? CODES.get(Number(code))?.advice ?? PATTERNS.find(({ pattern }) => pattern.test(text))?.advice(text);
	return advice ?? RANGES.find(([pattern]) => pattern.test(text))?.[1] ?? 'This answer is not documented.';
}

function faults(inTest: InTest): Array<{ code: number; message: string }> {
	return [...CODES].filter(([, row]) => row.inTest === inTest).map(([code, { advice }]) => ({ code, message: `${advice} (${code})` }));
}

/**
 * Answers after which the test of a credential cannot be green, with the text for the user. What is told by the status may stand
 * in the envelope as well: n8n 1.x lets every status pass here, and sees only that.
 */
export const credentialFaults = { statuses: faults('status'), errcodes: [...faults('errcode'), ...faults('status')] };
