import type { ICredentialType, INodeProperties, Icon } from 'n8n-workflow';

import { authenticateWith } from '../nodes/KingdeeJdy/gateway/authentication/authenticate';
import { credentialTest } from '../nodes/KingdeeJdy/gateway/authentication/credentialTest';
import { DEFAULT_AUTHENTICATION, OFFICIAL_GATEWAY } from '../nodes/KingdeeJdy/gateway/credential/credential';
import { processState } from '../nodes/KingdeeJdy/gateway/state';

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
					name: 'Instance ID',
					value: 'instance',
					description: 'Recommended: key, secret, router domain and tokens are all fetched and renewed, so you set it up once',
				},
				{
					name: 'App Key',
					value: 'appKey',
					description: 'Tokens are fetched and renewed. For accounts whose app secret stays the same.',
				},
				{
					name: 'App Token',
					value: 'appToken',
					description: 'Paste a token. It ends after about 24 hours, which is enough for a first try.',
				},
			],
			default: DEFAULT_AUTHENTICATION,
			description: 'Where the app token of the account comes from',
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
			description: 'The app token of the account (账套), which JDY calls app-token. It ends about 24 hours after it was made.',
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
			default: '',
			displayOptions: { show: { authentication: ['instance'] } },
			description: 'On open.jdy.com, in your app: the table of authorisations (授权记录), column 第三方实例ID. Leave it empty for an app of your own firm; if JDY then knows no account, enter it. JDY also pushes it to your app as outerInstanceId when the app is bought or authorised.',
		},
		{
			displayName: 'Account ID',
			name: 'accountId',
			type: 'string',
			default: '',
			displayOptions: { show: { authentication: ['instance'] } },
			description: 'Only needed where one instance or app has several accounts: the accountId of the one you want (账套ID). Its serviceId or appKey works as well.',
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
			displayName: 'Read Only',
			name: 'readOnly',
			type: 'boolean',
			default: false,
			description: 'Whether every call that may change the books is refused before it is sent, in every node and for every agent. For the first days with an account, and for agents that only look things up.',
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

	authenticate = authenticateWith(processState);

	test = credentialTest;
}
