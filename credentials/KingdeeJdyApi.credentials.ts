import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestOptions,
	INodeProperties,
	Icon,
} from 'n8n-workflow';

import { accountHeaders } from '../nodes/KingdeeJdy/gateway/client';
import { systemClock } from '../nodes/KingdeeJdy/gateway/clock';
import { Complaint } from '../nodes/KingdeeJdy/gateway/complaint';
import { OFFICIAL_GATEWAY, readCredential } from '../nodes/KingdeeJdy/gateway/credential';
import { signedHeaders } from '../nodes/KingdeeJdy/gateway/signature';
import { wireUrl } from '../nodes/KingdeeJdy/gateway/url';
import type { AddressedRequest } from '../nodes/KingdeeJdy/gateway/url';

/** These calls make tokens, so they carry none. [D] */
const ACCOUNTLESS_PATH = '/jdyconnector/app_management/';

/** The caller's headers without those that are about to be set, whatever their case. */
function otherHeaders(headers: IDataObject | undefined, names: string[]): IDataObject {
	const taken = new Set(names.map((name) => name.toLowerCase()));
	return Object.fromEntries(Object.entries(headers ?? {}).filter(([name]) => !taken.has(name.toLowerCase())));
}

/** How the HTTP Request node writes what the helpers write otherwise. */
interface LegacyOptions extends AddressedRequest {
	qsStringifyOptions?: { arrayFormat?: AddressedRequest['arrayFormat'] };
	useQuerystring?: boolean;
}

/** The request with its address made final: what is signed is what is sent. */
function addressed(requestOptions: IHttpRequestOptions & LegacyOptions): AddressedRequest {
	const { url, uri, baseURL, qs, arrayFormat, qsStringifyOptions, useQuerystring } = requestOptions;
	const format = arrayFormat ?? qsStringifyOptions?.arrayFormat ?? (useQuerystring ? 'repeat' : undefined);
	return { url, uri, baseURL, qs, arrayFormat: format };
}

export class KingdeeJdyApi implements ICredentialType {
	name = 'kingdeeJdyApi';

	displayName = 'Kingdee JDY API';

	icon: Icon = {
		light: 'file:../nodes/KingdeeJdy/kingdeeJdy.svg',
		dark: 'file:../nodes/KingdeeJdy/kingdeeJdy.dark.svg',
	};

	documentationUrl = 'https://homepage.invalid/#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'hidden',
			default: 'appToken',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 205022',
			description: 'The client_id of your app on open.jdy.com, under My Apps, basic information (应用ID)',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The client_secret on the same page (应用密钥). It signs every request and is never sent.',
		},
		{
			displayName: 'App Token',
			name: 'appToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The app-token of the account (账套). It ends about 24 hours after it was made.',
		},
		{
			displayName: 'Router Domain',
			name: 'routerDomain',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://tf.jdy.com',
			description: 'The "domain" that came with the account\'s app key (IDC域名). It is sent as a header, never called.',
		},
		{
			displayName: 'Gateway URL',
			name: 'gatewayUrl',
			type: 'string',
			required: true,
			default: OFFICIAL_GATEWAY,
			description: 'The address that is called. Leave it as it is unless you test against another gateway.',
		},
	];

	/**
	 * Signs any request to the credential's gateway with a fresh nonce and timestamp.
	 *
	 * Redirects are switched off: a followed one would carry the app-token to another host.
	 *
	 * @throws Complaint for a field that cannot be used, and for any host but the gateway's
	 */
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const credential = readCredential(credentials);
		const { origin, path, query } = wireUrl(addressed(requestOptions));
		if (origin !== credential.gatewayOrigin) {
			throw new Complaint('URL', `leads to ${origin}, which is not the Gateway URL of this credential; nothing was sent`);
		}
		const method = (requestOptions.method ?? 'GET').toUpperCase();
		const signature = signedHeaders(
			{ method, path, query },
			credential,
			String(systemClock.now()),
			systemClock.nonce(),
		);
		const account = accountHeaders(credential);
		const ours = path.startsWith(ACCOUNTLESS_PATH) ? signature : { ...signature, ...account };
		const signed: IHttpRequestOptions & { uri?: string; followRedirect: boolean; followAllRedirects: boolean } = {
			...requestOptions,
			url: `${origin}${path}${query === '' ? '' : `?${query}`}`,
			headers: {
				...otherHeaders(requestOptions.headers, Object.keys({ ...signature, ...account })),
				...ours,
			},
			disableFollowRedirect: true,
			followRedirect: false,
			followAllRedirects: false,
		};
		delete signed.uri;
		delete signed.baseURL;
		delete signed.qs;
		return signed;
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.gatewayUrl}}',
			url: '/jdy/v2/cust/list',
			method: 'POST',
			body: { biz_type: 'n8n', data: {}, page_no: '1', page_size: '1' },
			ignoreHttpStatusErrors: true,
		},
		rules: [],
	};
}
