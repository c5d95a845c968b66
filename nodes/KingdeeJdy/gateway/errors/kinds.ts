/** What can be put right, so that a refused call may be sent once more. */
export type Remedy = 'token' | 'router' | 'clock';

/** What follows from a kind of failure. */
export interface KindTraits {
	/** Whether it passes by itself: a refusal, or an end without a clear answer, after which only what may be done twice is sent again. */
	passes: 'never' | 'refusal' | 'unclear';
	/** What would put it right. */
	remedy: Remedy | null;
	/** `refused` until somebody corrects them; `refusedHere` for this call only; `noToken`: no call can be made now, but that may pass. */
	credentials: 'accepted' | 'refused' | 'refusedHere' | 'noToken';
	/** What is at fault in the request: `part` if a single one of several things in it may be. */
	blames: 'nothing' | 'request' | 'part';
	/** What has to change before it can be done. */
	cause: 'configuration' | 'credential' | 'rate' | 'time' | 'package';
	/** What to do about it; null if its code says more. */
	advice: string | null;
}

/** What to enter if JDY has no account for the app or the instance, and where it is found. [R] */
export const CHECK_INSTANCE =
	'Enter the Instance ID in the credential: it is on open.jdy.com, in your app, in the table of authorisations (授权记录), column 第三方实例ID, and the node Kingdee JDY Push Trigger can show it as well. If it is not there, have the account authorised for the app. Only an app of your own firm may need none.';

const STALE_SECRET =
	"App Secret in the credential is not today's: JDY renews it every 24 hours. Copy the new App Secret from JDY, or choose Instance ID, which fetches it by itself.";
const INCOMPLETE = 'Check in JDY that the account is authorised for this app, or choose App Key and enter its values.';
const TOKEN_LIMIT = 'Wait a minute, then run again. Use one credential for all workflows: they share its token.';
const NO_TOKEN = 'Check Gateway URL in the credential, the network and any proxy; then run again.';
const NO_ENVELOPE = 'What came back is not an answer of Kingdee JDY. Check Gateway URL in the credential and any proxy on the way.';
const READ_ONLY = 'Switch off Read Only in the credential if this call may change the books, or use a credential without it.';
const REDIRECT = 'The gateway answered with a redirect, which is never followed. Check Gateway URL in the credential.';

/** A kind that concerns neither the credentials nor what was sent. */
const PLAIN = { remedy: null, credentials: 'accepted', blames: 'nothing' } as const;
/** Credentials that stay refused. */
const REFUSED = { passes: 'never', remedy: null, credentials: 'refused', blames: 'nothing', cause: 'credential' } as const;
/** Something that only the user, the app or the account can change. */
const CONFIGURED = { passes: 'never', remedy: null, credentials: 'accepted', cause: 'configuration' } as const;

/** Every kind of failure of the gateway, with all that follows from it; codes.ts names the kind of a code. */
const KINDS = {
	client: { ...REFUSED, advice: null },
	timestamp: { ...PLAIN, passes: 'never', remedy: 'clock', cause: 'time', advice: null },
	signature: { ...REFUSED, advice: null },
	tokenInvalid: { ...REFUSED, remedy: 'token', advice: null },
	tokenExpired: { ...REFUSED, remedy: 'token', advice: null },
	permission: { ...CONFIGURED, credentials: 'refusedHere', blames: 'nothing', advice: null },
	accountRefused: { ...REFUSED, advice: null },
	unauthorised: { ...REFUSED, advice: null },
	endpoint: { ...CONFIGURED, blames: 'nothing', advice: null },
	router: { ...PLAIN, passes: 'never', remedy: 'router', cause: 'time', advice: null },
	unavailable: { ...PLAIN, passes: 'refusal', cause: 'time', advice: null },
	rateLimited: { ...PLAIN, passes: 'refusal', cause: 'rate', advice: null },
	field: { ...CONFIGURED, blames: 'part', advice: null },
	configuration: { ...CONFIGURED, blames: 'nothing', advice: null },
	businessRule: { ...CONFIGURED, blames: 'part', advice: null },
	badRequest: { ...CONFIGURED, blames: 'request', advice: null },
	systemError: { ...PLAIN, passes: 'unclear', cause: 'time', advice: null },
	unlisted: { ...PLAIN, passes: 'unclear', cause: 'time', advice: null },
	noEnvelope: { ...PLAIN, passes: 'unclear', cause: 'time', advice: NO_ENVELOPE },
	contradiction: { ...PLAIN, passes: 'unclear', cause: 'time', advice: 'The answer says success and failure at once.' },
	redirect: { ...PLAIN, passes: 'never', cause: 'time', advice: REDIRECT },
	timeout: { ...PLAIN, passes: 'unclear', cause: 'time', advice: 'JDY took longer than it may.' },
	cancelled: { ...PLAIN, passes: 'never', cause: 'time', advice: 'The execution was stopped.' },
	broken: { ...PLAIN, passes: 'unclear', cause: 'time', advice: 'The network, a proxy or the gateway cut the connection.' },
	notConnected: { ...PLAIN, passes: 'refusal', cause: 'time', advice: `Nothing was sent. ${NO_TOKEN}` },
	readOnly: { ...CONFIGURED, blames: 'nothing', advice: READ_ONLY },
	appKeyRefused: { ...REFUSED, advice: 'Check App Key and App Secret in the credential.' },
	appSecretStale: { ...REFUSED, advice: STALE_SECRET },
	instanceRefused: { ...REFUSED, advice: CHECK_INSTANCE },
	accountUnclear: { ...REFUSED, advice: 'Put the ID of the account you want into Account ID in the credential.' },
	accountIncomplete: { ...REFUSED, advice: INCOMPLETE },
	tokenLimit: { ...PLAIN, passes: 'never', credentials: 'noToken', cause: 'rate', advice: TOKEN_LIMIT },
	tokenUnavailable: { ...PLAIN, passes: 'never', credentials: 'noToken', cause: 'time', advice: NO_TOKEN },
} as const satisfies Record<string, KindTraits>;

export type FailureKind = keyof typeof KINDS;

const ROWS: Readonly<Record<string, KindTraits>> = KINDS;

/** What follows from a kind that callers have of their own, as far as the gateway is concerned. */
const OF_CALLERS: KindTraits = { ...PLAIN, passes: 'never', cause: 'time', advice: null };

export function traitsOf({ kind }: { kind: string }): Readonly<KindTraits> {
	return ROWS[kind] ?? OF_CALLERS;
}
