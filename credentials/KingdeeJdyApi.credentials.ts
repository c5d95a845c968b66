import type { ICredentialTestRequest, ICredentialType, INodeProperties, Icon } from 'n8n-workflow';

import { authenticateWith } from '../nodes/KingdeeJdy/gateway/authenticate';
import { credentialFaults } from '../nodes/KingdeeJdy/gateway/codes';
import { OFFICIAL_GATEWAY } from '../nodes/KingdeeJdy/gateway/credential';
import { processMemory } from '../nodes/KingdeeJdy/gateway/memory';

/** True in an expression where the Test cannot list documents, because nobody but a node may fetch a token from this gateway. */
const ASKS_FOR_TOKEN = `$credentials.authentication !== "appToken" && !$credentials.gatewayUrl.trim().startsWith("${OFFICIAL_GATEWAY}")`;

const MANAGEMENT = '"/jdyconnector/app_management/" + ($credentials.authentication === "appKey" ? "kingdee_auth_token" : "push_app_authorize")';

/** Answers that no code tells from others: what the calls for a token say where they refuse, and what is not of JDY's. */
const OTHER_FAULTS = [
	{ key: 'description', value: '授权密钥校验失败，请获取最新密钥加密', message: 'Check App Secret in the credential: JDY renews it every 24 hours. (1030002006)' },
	{ key: 'description', value: 'app_key不存在', message: 'Check App Key in the credential. (1030002003)' },
	{ key: 'data.length', value: 0, message: 'Check Instance ID in the credential, and that the instance is authorised for this app in JDY.' },
	{ key: 'data', value: undefined, message: 'What answered is not Kingdee JDY. Check Gateway URL in the credential.' },
];

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
			type: 'options',
			options: [
				{
					name: 'App Token',
					value: 'appToken',
					description: 'Paste a token. It ends after about 24 hours: good for a first try.',
				},
				{
					name: 'App Key',
					value: 'appKey',
					description: 'Tokens are fetched and renewed. For accounts whose app secret stays the same.',
				},
				{
					name: 'Instance ID',
					value: 'instance',
					description: 'Key, secret, router domain and tokens are all fetched and renewed: set up once',
				},
			],
			default: 'appToken',
			description: 'Where the app-token of the account comes from',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 205022',
			description: 'The client_id of your app on open.jdy.com, under basic information (应用ID)',
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
			displayOptions: { show: { authentication: ['appToken'] } },
			description: 'The app-token of the account (账套). It ends about 24 hours after it was made.',
		},
		{
			displayName: 'App Key',
			name: 'appKey',
			type: 'string',
			required: true,
			default: '',
			displayOptions: { show: { authentication: ['appKey'] } },
			description: 'The appKey of the account (账套), from the authorisation of the app in JDY (授权信息)',
		},
		{
			displayName: 'App Secret',
			name: 'appSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			displayOptions: { show: { authentication: ['appKey'] } },
			description: 'The appSecret beside it. JDY renews it every 24 hours unless it is fixed for your account; if it changes, take Instance ID.',
		},
		{
			displayName: 'Instance ID',
			name: 'outerInstanceId',
			type: 'string',
			required: true,
			default: '',
			displayOptions: { show: { authentication: ['instance'] } },
			description: 'The outerInstanceId of the authorisation (第三方实例ID), sent to you when the app was bought or authorised',
		},
		{
			displayName: 'Account ID',
			name: 'accountId',
			type: 'string',
			default: '',
			displayOptions: { show: { authentication: ['instance'] } },
			description: 'Only where one instance has several accounts: the accountId of the one you want (账套ID). Its serviceId or appKey will do as well.',
		},
		{
			displayName: 'Router Domain',
			name: 'routerDomain',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://tf.jdy.com',
			displayOptions: { show: { authentication: ['appToken', 'appKey'] } },
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

	authenticate = authenticateWith(processMemory);

	/**
	 * Lists a document type that need not exist: saves nothing, and tries every part of the credential. Where another gateway
	 * is named and a token would have to be fetched, the call for the token itself is tried, through n8n's own helper.
	 */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.gatewayUrl}}',
			url: `={{ ${ASKS_FOR_TOKEN} ? ${MANAGEMENT} : "/jdy/v2/cust/list" }}`,
			method: `={{ ${ASKS_FOR_TOKEN} && $credentials.authentication === "appKey" ? "GET" : "POST" }}` as 'POST',
			body: `={{ ${ASKS_FOR_TOKEN} ? {} : { biz_type: "ts_0", data: {}, page_no: "1", page_size: "1" } }}`,
			ignoreHttpStatusErrors: { ignore: true, except: credentialFaults.statuses.map(({ code }) => code) },
		},
		// n8n takes both kinds of rule in one list; its type allows only one.
		rules: [
			...credentialFaults.statuses.map(({ code, message }) => ({
				type: 'responseCode' as const,
				properties: { value: code, message },
			})),
			...credentialFaults.errcodes.map(({ code, message }) => ({
				type: 'responseSuccessBody' as const,
				properties: { key: 'errcode', value: code, message },
			})),
			...OTHER_FAULTS.map((properties) => ({ type: 'responseSuccessBody' as const, properties })),
		] as NonNullable<ICredentialTestRequest['rules']>,
	};
}
