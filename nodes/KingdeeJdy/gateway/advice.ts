import type { Failure, FailureKind } from './failures';

const LOOK_FIRST =
	'It is not known whether this document was saved. It was not sent again. Look for it in JDY before you send it once more.';

const TOKEN_ENDED =
	'The app-token has expired; it lives about 24 hours. Paste a new one into App Token in the credential, or choose Instance ID, which renews it by itself.';

/** What to do about a listed code: which field or option to look at. */
const BY_CODE = new Map<number, string>([
	[4001, 'The gateway did not accept the version of the signature. Check Gateway URL in the credential, then update this package.'],
	[4002, 'Check Client ID and Client Secret in the credential.'],
	[4003, 'Check Client ID and Client Secret in the credential.'],
	[4004, 'Check Client ID and Client Secret in the credential.'],
	[4005, 'Check Client ID and Client Secret in the credential.'],
	[4006, 'The clock of the machine that runs n8n is more than 5 minutes off. Set it right, then run again.'],
	[4007, 'A signed header did not reach the gateway. A proxy between n8n and the gateway must pass every X-Api header on.'],
	[4008, 'Check Client Secret in the credential: it does not belong to this Client ID, or it was copied incompletely.'],
	[4009, 'Check App Token in the credential: the gateway received none.'],
	[4010, 'Check App Token in the credential: it must belong to this app and this account, and it lives about 24 hours.'],
	[4011, TOKEN_ENDED],
	[4012, 'The app may not call this API. Have the permission for custom documents (自定义接口) added to the app on open.jdy.com.'],
	[5000, 'The gateway failed inside.'],
	[5001, 'Check Router Domain in the credential: the account may have moved. Check Gateway URL as well.'],
	[5002, 'Check Gateway URL in the credential: this address does not take a save.'],
	[5003, 'The API is switched off for the moment. Run the item again later.'],
	[5004, 'The service behind the gateway did not answer in time.'],
	[5005, 'The gateway cancelled the call.'],
	[5006, 'The gateway has cut this API off after too many failures. Run the item again later.'],
	[5007, 'The gateway is overloaded. Run the item again later.'],
	[400, 'Check the data of this item: the request was malformed for the gateway.'],
	[401, 'Check App Token and Client ID in the credential.'],
	[403, 'Check the permissions of the app on open.jdy.com and App Token in the credential.'],
	[404, 'Check Router Domain and Gateway URL in the credential: the account may have moved.'],
	[429, 'More than 500 calls a minute on this account. Wait a minute, then run the rest; other programs count as well.'],
	[500, 'The service failed.'],
	[502, 'The gateway could not reach the service. Check Router Domain in the credential: the account may have moved.'],
	[503, 'The service is down for the moment. Run the item again later.'],
	[504, 'The service did not answer in time.'],
	[1000202001, TOKEN_ENDED],
	[1020002008, 'The app is not authorised for this account. Check App Token in the credential, and the authorisation in JDY.'],
	[1030002000, 'A required field is missing. Add the field named above.'],
	[1030002001, 'A field has the wrong type. Change the type of the field named above, for example from String to Number.'],
	[1030002002, 'A document with this value exists already. If it is this very document, it has been saved before.'],
	[1030002003, 'Something this document refers to does not exist in JDY. Check Document Type and the numbers and IDs in the data.'],
	[1030002004, 'What this document would change is in use in JDY.'],
	[1030002005, 'The document has too many entries. Split it.'],
	[1030002006, 'A field has a bad format. Dates are yyyy-MM-dd or yyyy-MM-dd HH:mm:ss.'],
	[1040002000, 'A setting is missing in JDY. Complete the setup of the account, then run the item again.'],
	[1040003000, 'A setting is missing in JDY. Complete the setup of the account, then run the item again.'],
]);

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

/** Defaults for codes that are not listed, by what their range says. */
const BY_RANGE: ReadonlyArray<readonly [pattern: RegExp, advice: string]> = [
	[/^102\d{7}$/, 'This code is not documented; its range is about the authorisation of the account.'],
	[/^103\d{7}$/, 'This code is not documented; its range is about the fields of the document.'],
	[/^104\d{7}$/, 'This code is not documented; its range is about the settings of the account in JDY.'],
	[/^4\d{3}$/, 'This gateway code is not documented; its range is about the credentials and the signature.'],
	[/^5\d{3}$/, 'This gateway code is not documented; its range is about the API and the service behind it.'],
];

/** Kinds that say more than any code: what was called, or that nothing was answered. */
const BY_KIND: Partial<Record<FailureKind, string>> = {
	unknownEarlier: 'If it is not there, switch on the option Resend Unknown for one run.',
	keyStore: 'Nothing was sent for this item. Check that the workflow is saved and that the database of n8n works.',
	credential: 'Nothing was sent for this item. Open the credential and correct it.',
	input: 'Nothing was sent for this item.',
	stopped: 'Nothing was sent for this item. Correct what is named above, then run it again.',
	appKeyRefused: 'Check App Key and App Secret in the credential.',
	appSecretStale:
		"App Secret in the credential is not today's: JDY renews it every 24 hours. Copy the new App Secret from JDY, or choose Instance ID, which fetches it by itself.",
	instanceRefused: 'Check Instance ID in the credential, and that the instance is authorised for this app in JDY.',
	accountUnclear: 'Put the ID of the account you want into Account ID in the credential.',
	accountIncomplete: 'Check in JDY that the account is authorised for this app, or choose App Key and enter its values.',
	tokenLimit: 'Wait a minute, then run again. Use one credential for all workflows: they share its token.',
	tokenUnavailable: 'Check Gateway URL in the credential, the network and any proxy; then run again.',
	noEnvelope: 'What came back is not an answer of Kingdee JDY. Check Gateway URL in the credential and any proxy between.',
	contradiction: 'The answer says success and failure at once.',
	redirect: 'The gateway answered with a redirect, which is never followed. Check Gateway URL in the credential.',
	timeout: 'If JDY is often this slow, raise the option Timeout.',
	notConnected: 'Nothing was sent. Check Gateway URL in the credential, the network and any proxy; then run the item again.',
	cancelled: 'The execution was stopped.',
	broken: 'The network, a proxy or the gateway cut the connection.',
};

function adviceByRange(kind: FailureKind, code: string): string {
	if (kind === 'businessRule') return adviceForBusinessRule(code);
	if (kind === 'systemError') return 'JDY itself failed. Give the trace ID above to Kingdee support.';
	return BY_RANGE.find(([pattern]) => pattern.test(code))?.[1] ?? 'This answer is not documented.';
}

/** The code of a network error, for whoever looks after the network. */
function networkCode({ code }: Failure): string {
	return typeof code === 'string' ? ` (${code})` : '';
}

/**
 * What the user should do about a failure. Where the outcome is unknown that comes first, because sending again
 * may save the document twice.
 */
export function adviceFor(failure: Failure): string {
	const { code, kind, outcome } = failure;
	const advice = BY_KIND[kind] ?? BY_CODE.get(Number(code)) ?? adviceByRange(kind, String(code));
	return `${outcome === 'unknown' ? `${LOOK_FIRST} ` : ''}${advice}${networkCode(failure)}`;
}

/** Answers after which a credential cannot be called good, with the text for the user. */
const FAULTY_STATUSES = [401, 403, 404, 502];
const FAULTY_ERRCODES = [4001, 4002, 4003, 4004, 4005, 4006, 4007, 4008, 4009, 4010, 4011, 4012, 1000202001, 1020002008];
const UNAVAILABLE_ERRCODES = [429, 5000, 5001, 5002, 5003, 5004, 5005, 5006, 5007];

function faultOf(code: number): { code: number; message: string } {
	return { code, message: `${BY_CODE.get(code) ?? ''} (${code})` };
}

/** What the test of a credential looks for: HTTP statuses, and errcodes; no errcode means that no JDY answered. */
export const credentialFaults: {
	statuses: Array<{ code: number; message: string }>;
	errcodes: Array<{ code: number | undefined; message: string }>;
} = {
	statuses: FAULTY_STATUSES.map(faultOf),
	errcodes: [
		...[...FAULTY_ERRCODES, ...UNAVAILABLE_ERRCODES].map(faultOf),
		{ code: undefined, message: 'What answered is not Kingdee JDY. Check Gateway URL in the credential.' },
	],
};
