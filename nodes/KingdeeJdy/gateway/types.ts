/** The gateway's wire types and the shapes that pass between the files of this folder. Marks as [D]: docs/protocol.md. */

/** What every endpoint answers. Custom endpoints nest `data` once more: `{ data: object | null }`. [D] */
export interface Envelope {
	errcode: number;
	description: string;
	data: unknown;
	[more: string]: unknown;
}

/** One call of the gateway. */
export interface Endpoint {
	method: 'GET' | 'POST' | 'DELETE';
	/** From the first slash up to the question mark. */
	path: string;
	/** In wire form, without `?`; none unless given. */
	query?: string;
	/** A read changes nothing, so it may be sent again after anything; a write only when it was surely not done. */
	effect: 'read' | 'write';
	/**
	 * A write that JDY does once only, because it checks a key in it [D]: it may be sent again although it may have been done,
	 * and is refused then. What that refusal means is for its caller to say.
	 */
	idempotent?: boolean;
	/** Set if the body is `multipart/form-data`. Such calls answer `errorCode` and `message` instead of errcode and description. [D] */
	boundary?: string;
}

/** JSON as it is sent, or the bytes of an upload; empty if there is none. */
export type Body = string | Uint8Array;

/** What names the account of a call: the two headers beside the signature. */
export interface Session {
	appToken: string;
	/** Origin of the account's data centre, sent as a header, never called. */
	routerDomain: string;
}

/** The parts of a request that are signed, exactly as they are sent. */
export interface SignedParts {
	/** Upper case, e.g. `POST`. */
	method: string;
	/** From the first slash up to the question mark. */
	path: string;
	/** Without the question mark; empty if there is none. */
	query: string;
}

/** A request that is ready to be sent. */
export interface WireRequest {
	method: Endpoint['method'];
	url: string;
	headers: Record<string, string>;
	body: Body;
	/** That of its endpoint. @default 'write' */
	effect?: Endpoint['effect'];
}

/** An answer: the status, the headers that matter (names in lower case), and the body as text. */
export interface Answer {
	status: number;
	headers: Record<string, string>;
	text: string;
}

/**
 * The end of one attempt to send. `notSent`: not a byte of the request left this machine.
 * `noAnswer`: it may have arrived, but no whole answer was received. `code` is that of the network error.
 */
export type SendResult =
	| { type: 'answer'; answer: Answer }
	| { type: 'notSent'; reason: 'notConnected' | 'cancelled'; code: string }
	| { type: 'noAnswer'; reason: 'timeout' | 'cancelled' | 'broken' | 'tooLarge'; code: string };

export interface SendOptions {
	timeoutMs: number;
	/**
	 * Aborts when nothing more may be sent. Its reason is the `Failure` of all that still waits; only one of the kind
	 * `cancelled` also ends what is under way.
	 */
	signal?: AbortSignal | undefined;
	/** The user's stop button, which also ends what is under way when `signal` has aborted before for another reason. */
	cancelSignal?: AbortSignal | undefined;
}

/** The one way out. It never throws: every end is a `SendResult`. */
export type Send = (request: WireRequest, options: SendOptions) => Promise<SendResult>;

/** What changes from call to call and what a test wants to hold still. */
export interface Clock {
	/** Epoch milliseconds. */
	now: () => number;
	/** A random positive integer. */
	nonce: () => string;
	/** From 0 up to, but not including, 1. */
	random: () => number;
}
