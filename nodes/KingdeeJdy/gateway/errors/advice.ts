import { CODES } from './codes';
import type { KnownCode } from './codes';

const TOKEN_ENDED =
	'The app token has expired; it lives about 24 hours. Paste a new one into App Token in the credential, or choose Instance ID, which renews it by itself.';

const CHECK_CLIENT = 'Check Client ID and Client Secret in the credential.';

/** What to enter if JDY has no account for the app or the instance, and where it is found. [R] */
export const CHECK_INSTANCE =
	'Enter the Instance ID in the credential: it is on open.jdy.com, in your app, in the table of authorisations (授权记录), column 第三方实例ID, and the node Kingdee JDY Push Trigger can show it as well. If it is not there, have the account authorised for the app. Only an app of your own firm may need none.';

const SETTING_MISSING = 'A setting is missing in JDY. Complete the setup of the account, then run the item again.';

/** What to do about each code. */
const BY_CODE: Readonly<Record<KnownCode, string>> = {
	4001: 'The gateway did not accept the version of the signature. Check Gateway URL in the credential, then update this package.',
	4002: CHECK_CLIENT,
	4003: CHECK_CLIENT,
	4004: CHECK_CLIENT,
	4005: CHECK_CLIENT,
	4006: 'The clock of the machine that runs n8n is more than 5 minutes off. Set it right, then run again.',
	4007: 'A signed header did not reach the gateway. A proxy between n8n and the gateway must pass every X-Api header on.',
	4008: 'Check Client Secret in the credential: it does not belong to this Client ID, or it was copied incompletely.',
	4009: 'Check App Token in the credential: the gateway received none.',
	4010: 'Check App Token in the credential: it must belong to this app and this account, and it lives about 24 hours.',
	4011: TOKEN_ENDED,
	4012: 'The app may not call this API. Have the permission for it added to the app on open.jdy.com; for custom documents it is called 自定义接口.',
	5000: 'The gateway itself failed.',
	5001: 'Check Router Domain in the credential: the account may have moved. Check Gateway URL as well.',
	5002: 'Check Gateway URL in the credential: this address does not take the call.',
	5003: 'The API is switched off for the moment: run the item again later. If it stays so, check Router Domain in the credential: the account may have moved.',
	5004: 'The service behind the gateway did not answer in time.',
	5005: 'The gateway cancelled the call.',
	5006: 'The gateway has cut this API off after too many failures. Run the item again later.',
	5007: 'The gateway is overloaded. Run the item again later.',
	400: 'Check the data of this item: the gateway could not read the request.',
	401: 'Check App Token and Client ID in the credential.',
	403: 'Check the permissions of the app on open.jdy.com and App Token in the credential.',
	404: 'Check Router Domain and Gateway URL in the credential: the account may have moved.',
	429: 'More than 500 calls a minute on this account. Wait a minute, then run the rest; other programs count as well.',
	500: 'The service failed.',
	502: 'The gateway could not reach the service. Check Router Domain in the credential: the account may have moved.',
	503: 'The service is down for the moment. Run the item again later.',
	504: 'The service did not answer in time.',
	1000202001: TOKEN_ENDED,
	1020002008: 'The app is not authorised for this account. Check App Token in the credential, and the authorisation in JDY.',
	1030002000: 'A required field is missing. Add the field named above.',
	1030002001: 'A field has the wrong type. Change the type of the field named above, for example from String to Number.',
	1030002002: 'A document with this value exists already. If it is this very document, it has been saved before.',
	1030002003: 'Something this document refers to does not exist in JDY. Check Document Type and the numbers and IDs in the data.',
	1030002004: 'What this document would change is in use in JDY.',
	1030002005: 'The document has too many entries. Split it.',
	1030002006: 'A field has a bad format. Dates are yyyy-MM-dd or yyyy-MM-dd HH:mm:ss.',
	1040002000: SETTING_MISSING,
	1040003000: SETTING_MISSING,
	3000002000: 'The service behind the gateway failed. Check Router Domain in the credential: the account may have moved.',
};

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

/** What to do about codes that are not listed one by one; the first that fits counts. What only their range says is last. [D] */
const BY_PATTERN: ReadonlyArray<readonly [pattern: RegExp, advice: string | ((code: string) => string)]> = [
	[/^20\d\d002000$/, 'JDY itself failed. Give the trace ID above to Kingdee support.'],
	[/^1000002001$/, 'The service of JDY failed. Run the item again later.'],
	[/^20\d{8}$/, adviceForBusinessRule],
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
	readOnly: 'Switch off Read Only in the credential if this call may change the books, or use a credential without it.',
	notConnected: 'Nothing was sent. Check Gateway URL in the credential, the network and any proxy; then run the item again.',
	cancelled: 'The execution was stopped.',
	broken: 'The network, a proxy or the gateway cut the connection.',
};

function byCode(code: number | string | null): string | undefined {
	return (BY_CODE as Readonly<Record<string, string>>)[String(code)];
}

function byPattern(code: string): string | undefined {
	const advice = BY_PATTERN.find(([pattern]) => pattern.test(code))?.[1];
	return typeof advice === 'function' ? advice(code) : advice;
}

/** What to do about a failure, by its kind, its code, or the range of its code. */
export function adviceOf(kind: string, code: number | string | null): string {
	return BY_KIND[kind] ?? byCode(code) ?? byPattern(String(code)) ?? 'This answer is not documented.';
}

function faults(inTest: 'errcode' | 'status'): Array<{ code: number; message: string }> {
	return [...CODES].filter(([, row]) => row.inTest === inTest).map(([code]) => ({ code, message: `${byCode(code)} (${code})` }));
}

/**
 * Answers after which the test of a credential cannot be green, with the text for the user. What the status says may stand
 * in the envelope as well: n8n 1.x lets every status pass here, and sees only that.
 */
export const credentialFaults = { statuses: faults('status'), errcodes: [...faults('errcode'), ...faults('status')] };
