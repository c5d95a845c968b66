import { CODES } from './codes';
import type { KnownCode } from './codes';
import { traitsOf } from './kinds';

const TOKEN_ENDED =
	'The app token has expired; it lives about 24 hours. Paste a new one into App Token in the credential, or choose Instance ID, which renews it by itself.';

const CHECK_CLIENT = 'Check Client ID and Client Secret in the credential.';

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

function byCode(code: number | string | null): string | undefined {
	return (BY_CODE as Readonly<Record<string, string>>)[String(code)];
}

function byPattern(code: string): string | undefined {
	const advice = BY_PATTERN.find(([pattern]) => pattern.test(code))?.[1];
	return typeof advice === 'function' ? advice(code) : advice;
}

/** What to do about a failure, by its kind, its code, or the range of its code. */
export function adviceOf(kind: string, code: number | string | null): string {
	return traitsOf({ kind }).advice ?? byCode(code) ?? byPattern(String(code)) ?? 'This answer is not documented.';
}

function faults(inTest: 'errcode' | 'status'): Array<{ code: number; message: string }> {
	return [...CODES].filter(([, row]) => row.inTest === inTest).map(([code]) => ({ code, message: `${byCode(code)} (${code})` }));
}

/**
 * Answers after which the test of a credential cannot be green, with the text for the user. What the status says may stand
 * in the envelope as well: n8n 1.x lets every status pass here, and sees only that.
 */
export const credentialFaults = { statuses: faults('status'), errcodes: [...faults('errcode'), ...faults('status')] };
