/** What an emulated gateway can be told. Times are milliseconds. */
export interface Settings {
	clients: Client[];
	accounts: Account[];
	/** The emulator's own clock; tests move it. */
	now: () => number;
	timestampToleranceMs: number;
	tokenLifeMs: number;
	appSecretLifeMs: number;
	/** Per client id and app key. */
	tokenCallsPerMinute: number;
	/** Per account, every endpoint counted. */
	callsPerMinute: number;
	/** Per account, too; the gateway counts about 100 on one API. */
	callsPerSecond: number;
	/** `push_app_authorize` in practice and in the documentation. */
	authorizeEnvelope: 'code' | 'errcode';
	/** The token call's `data` as an object or as a list of one. */
	tokenData: 'object' | 'list';
	/** How the token call tells the life of its token. */
	tokenExpires: 'seconds' | 'milliseconds' | 'missing' | 'absurd';
	/** Whether the token call tells the router domain. */
	tokenDomain: boolean;
	/** What a wrong router domain meets. */
	wrongRouter: 'noRoute' | 'badGateway' | 'apiNotFound';
	/** How a call over the limit is refused. */
	rateLimit: 'status' | 'errcode';
	/** Whether a save answers with the document or with null, as the documentation's example does. */
	saveAnswers: 'document' | 'null';
	/** How long the gateway takes for an answer. */
	serviceMs: number;
	/** The document types that exist; undefined: every well-formed one. */
	bizTypes: string[] | undefined;
}

export interface Client {
	clientId: string;
	clientSecret: string;
	/** Path prefixes the app may call. */
	permissions: string[];
}

/** A row of `push_app_authorize`, without what the emulator makes itself. */
export interface Account {
	clientId: string;
	outerInstanceId: string;
	accountId: string;
	accountName: string;
	serviceId: string;
	appKey: string;
	domain: string;
	status: 0 | 1;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** The values of the demo: nothing here opens anything outside this machine. */
export const demoClient: Client = {
	clientId: '205022',
	clientSecret: 'demo-client-secret-0000000000000',
	permissions: ['/jdy/'],
};

export const demoAccount: Account = {
	clientId: demoClient.clientId,
	outerInstanceId: '1500000000000000001',
	accountId: '1600000000000000001',
	accountName: 'Demo Trading Co.',
	serviceId: '7000000001',
	appKey: 'demoKey1',
	domain: 'https://tf.jdy.com',
	status: 1,
};

export const defaults: Settings = {
	clients: [demoClient],
	accounts: [demoAccount],
	now: () => Date.now(),
	timestampToleranceMs: 5 * 60 * 1000,
	tokenLifeMs: DAY_MS,
	appSecretLifeMs: DAY_MS,
	tokenCallsPerMinute: 2,
	callsPerMinute: 500,
	callsPerSecond: 100,
	authorizeEnvelope: 'code',
	tokenData: 'object',
	tokenExpires: 'milliseconds',
	tokenDomain: true,
	wrongRouter: 'noRoute',
	rateLimit: 'status',
	saveAnswers: 'document',
	serviceMs: 0,
	bizTypes: undefined,
};
