import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';

import { call } from '../../../gateway/call';
import { CREDENTIAL_NAME } from '../../../gateway/credential/credential';
import { failed } from '../../../gateway/errors/failures';
import type { GatewayState } from '../../../gateway/state';
import type { Endpoint } from '../../../gateway/types';
import { openGateway } from '../../../shared/connection/openGateway';
import { asRead } from '../../../shared/contract/outcomes';
import type { ItemResult } from '../../../shared/contract/outcomes';
import type { Sending } from '../../../shared/contract/sending';
import { askerOf, noteRefusal, refusalOf } from '../../refusals';
import { rememberedIn } from '../../state/remembered';

/** How documents are asked for. */
export interface ReadBackConnection {
	clientSecret: string;
	/** Makes a call, unless its credential has just been refused. */
	ask: (endpoint: Endpoint, body: string) => Promise<ItemResult>;
}

/** @throws ValidationError for a field of the credential that cannot be used, and what n8n throws if there is none */
export async function openConnection(context: IExecuteFunctions, state: GatewayState, sending: Sending): Promise<ReadBackConnection> {
	const remembered = rememberedIn(state);
	const data = await context.getCredentials<ICredentialDataDecryptedObject>(CREDENTIAL_NAME, 0);
	const gateway = await openGateway(context, state)(0, sending);
	const signal = context.getExecutionCancelSignal();
	const ask: ReadBackConnection['ask'] = async (endpoint, body) => {
		const asker = askerOf(data, sending, `${endpoint.method} ${endpoint.path}`);
		const refused = refusalOf(remembered, asker, gateway.clock.now());
		if (refused) return failed(refused);
		const ended = asRead(await call(gateway, endpoint, body, { ...sending, signal, cancelSignal: signal }));
		if (ended.type === 'failed') noteRefusal(remembered, asker, ended.failure, gateway.clock.now());
		return ended;
	};
	return { clientSecret: gateway.credential.clientSecret, ask };
}
