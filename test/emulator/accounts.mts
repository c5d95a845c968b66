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
	/** 1 valid, 0 not. */
	status: 0 | 1;
}

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
