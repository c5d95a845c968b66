import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { Emulator } from '../emulator/server.mts';
import { demoAccount, demoClient } from '../emulator/settings.mts';

/** The credential's three ways, each as an emulator accepts it. */
export type Way = 'appToken' | 'appKey' | 'instance';

function common(authentication: Way, emulator: Emulator): ICredentialDataDecryptedObject {
	const { clientId, clientSecret } = demoClient;
	return { authentication, clientId, clientSecret, gatewayUrl: emulator.url };
}

export function tokenCredential(emulator: Emulator, account = demoAccount): ICredentialDataDecryptedObject {
	return { ...common('appToken', emulator), appToken: emulator.gateway.tokens.issue(account), routerDomain: account.domain };
}

export function appKeyCredential(emulator: Emulator, account = demoAccount): ICredentialDataDecryptedObject {
	const appSecret = emulator.gateway.tokens.appSecret(account);
	return { ...common('appKey', emulator), appKey: account.appKey, appSecret, routerDomain: account.domain };
}

export function instanceCredential(emulator: Emulator, account = demoAccount): ICredentialDataDecryptedObject {
	return { ...common('instance', emulator), outerInstanceId: account.outerInstanceId, accountId: '' };
}

export const credentialFor: Record<Way, (emulator: Emulator, account?: typeof demoAccount) => ICredentialDataDecryptedObject> = {
	appToken: tokenCredential,
	appKey: appKeyCredential,
	instance: instanceCredential,
};
