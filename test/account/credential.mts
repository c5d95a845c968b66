import type { Ask } from './asking.mts';

/** Whom the requests are for. Kept in memory alone. */
export interface AccountCredential {
	/** Origin of the gateway. */
	gatewayUrl: string;
	clientId: string;
	clientSecret: string;
	/** As in n8n's credential. */
	authentication: 'instance' | 'appKey' | 'appToken';
	/** Empty for an app of one's own firm. */
	instanceId: string;
	accountId: string;
	appKey: string;
	appSecret: string;
	appToken: string;
	routerDomain: string;
}

export const OFFICIAL = 'https://api.kingdee.com';

type Name = keyof AccountCredential;

const VARIABLES: Record<Name, string> = {
	gatewayUrl: 'JDY_GATEWAY_URL',
	clientId: 'JDY_CLIENT_ID',
	clientSecret: 'JDY_CLIENT_SECRET',
	authentication: 'JDY_AUTHENTICATION',
	instanceId: 'JDY_INSTANCE_ID',
	accountId: 'JDY_ACCOUNT_ID',
	appKey: 'JDY_APP_KEY',
	appSecret: 'JDY_APP_SECRET',
	appToken: 'JDY_APP_TOKEN',
	routerDomain: 'JDY_ROUTER_DOMAIN',
};

const PROMPTS: Partial<Record<Name, string>> = {
	clientId: 'Client ID',
	clientSecret: 'Client Secret (hidden)',
	authentication: 'Authentication: instance, appKey or appToken [instance]',
	instanceId: 'Instance ID, empty for an app of your own firm (hidden)',
	appKey: 'App Key (hidden)',
	appSecret: 'App Secret (hidden)',
	appToken: 'App Token (hidden)',
	routerDomain: 'Router Domain, such as https://tf.jdy.com',
};

/** What each way of authentication needs beside the client. */
const NEEDED: Record<AccountCredential['authentication'], Name[]> = { instance: ['instanceId'], appKey: ['appKey', 'appSecret', 'routerDomain'], appToken: ['appToken', 'routerDomain'] };

const isLoopback = (host: string): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(host);

/** @throws Error for an address to which secrets must not be sent */
function originOf(text: string): string {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (!url || (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname)))) throw new Error(`${VARIABLES.gatewayUrl} has to be an https address`);
	return url.origin;
}

/**
 * The credential from the environment; what is not there is asked for.
 *
 * @param ask undefined: nobody can be asked
 * @throws Error naming the variable that is missing or wrong, never its value
 */
export async function readAccountCredential(environment: NodeJS.ProcessEnv, ask: Ask | undefined): Promise<AccountCredential> {
	const read = async (name: Name, otherwise?: string): Promise<string> => {
		const value = environment[VARIABLES[name]]?.trim();
		if (value !== undefined) return value;
		const prompt = PROMPTS[name];
		if (ask && prompt !== undefined) return (await ask(prompt, prompt.includes('hidden'))).trim() || (otherwise ?? '');
		if (otherwise === undefined) throw new Error(`${VARIABLES[name]} is not set`);
		return otherwise;
	};
	const gatewayUrl = originOf(await read('gatewayUrl', OFFICIAL));
	const [clientId, clientSecret] = [await read('clientId'), await read('clientSecret')];
	const authentication = await read('authentication', 'instance');
	if (authentication !== 'instance' && authentication !== 'appKey' && authentication !== 'appToken') throw new Error(`${VARIABLES.authentication} is instance, appKey or appToken`);
	const credential: AccountCredential = { gatewayUrl, clientId, clientSecret, authentication, instanceId: '', accountId: environment[VARIABLES.accountId]?.trim() ?? '', appKey: '', appSecret: '', appToken: '', routerDomain: '' };
	for (const name of NEEDED[authentication]) Object.assign(credential, { [name]: await read(name, name === 'instanceId' ? '' : undefined) });
	return credential;
}
